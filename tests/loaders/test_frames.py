"""DataFrames are read with the checks and messages of files, and equal content gives equal records."""

from __future__ import annotations

import datetime
import decimal
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from graph.model import Influence, Interaction, Opportunity, Person
from graph.model.columns import Column
from graph.model.dataset import Dataset
from graph.model.problem import InputError
from graph.store.digest import digest_of
from loaders import Batch, read, read_frames, sample_company
from loaders.asked import Asked
from loaders.caps import Caps
from loaders.emptied_cells import escaped
from loaders.template import write_csv_folder
from tests.loaders.random_datasets import datasets

TODAY = datetime.date(2026, 11, 23)
ACCOUNTS = pd.DataFrame({"id": ["quay"], "name": ["Quay"]})
PEOPLE = pd.DataFrame({"id": ["pei", "wu"], "account": "quay", "name": ["Pei", "Wu"], "level": [3, None]})


def batch_of(asked: dict[str, Any] | None = None, **frames: Any) -> Batch:
    return read_frames(frames, Asked(today=TODAY, **(asked or {})))


def findings_of(batch: Batch) -> list[tuple[str, str]]:
    return [(finding.code, finding.place()) for finding in batch.findings]


def people(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"id": ["pei"], "account": ["quay"], "name": ["Pei"], **columns})


def only(batch: Batch, kind: type) -> Any:
    assert findings_of(batch) == []
    (record,) = batch.dataset.of(kind)
    return record


def frames_of(dataset: Dataset) -> dict[str, pd.DataFrame]:
    """A dataset as DataFrames of Python values, an empty one None; a dash alone is escaped as in a file."""

    def cell(value: Any, column: Column) -> Any:
        if isinstance(value, tuple):
            texts = [str(item) for item in value]
            return [escaped(texts[0])] if len(texts) == 1 else texts
        is_text = isinstance(value, str) and column.scale is None
        return escaped(value) if is_text else value

    return {
        kind.sheet: pd.DataFrame(
            {
                column.name: pd.Series([cell(getattr(record, column.name), column) for record in records])
                for column in kind.columns
            }
        )
        for kind in dataset.kinds()
        if (records := dataset.of(kind.record))
    }


@settings(max_examples=40, deadline=None)
@given(dataset=datasets())
def test_equal_content_gives_the_digest_of_the_csv(dataset: Dataset) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_csv_folder(Path(folder), dataset)
        from_csv = read([Path(folder)], today=TODAY)
    from_frames = read_frames(frames_of(dataset), Asked(today=TODAY))
    assert from_frames.findings.errors == []
    assert digest_of(from_frames.dataset) == digest_of(from_csv.dataset)
    assert from_frames.dataset.given == from_csv.dataset.given


@pytest.mark.parametrize(
    "types", [{"dtype": str}, {}, {"dtype_backend": "numpy_nullable"}, {"dtype_backend": "pyarrow"}]
)
def test_the_sample_read_by_pandas_is_the_sample(types: dict[str, Any]) -> None:
    with sample_company() as folder:
        from_csv = read([folder], today=TODAY)
        frames = {path.stem: pd.read_csv(path, **types) for path in folder.glob("*.csv")}
    assert list(read_frames(frames, Asked(today=TODAY)).dataset) == list(from_csv.dataset)


def test_names_are_english_or_chinese() -> None:
    batch = batch_of(人员=pd.DataFrame({"编号": ["pei"], "account": ["quay"], "姓名": ["Pei"]}), accounts=ACCOUNTS)
    assert [person.name for person in batch.dataset.of(Person)] == ["Pei"]


@pytest.mark.parametrize(
    "missing", [None, float("nan"), pd.NA, pd.NaT, np.datetime64("NaT"), decimal.Decimal("NaN"), ""]
)
def test_what_is_missing_is_empty(missing: Any) -> None:
    frame = people(title=pd.Series([missing], dtype=object), level=pd.Series([missing], dtype=object))
    person = only(batch_of(people=frame), Person)
    assert (person.title, person.level) == (None, None)


@pytest.mark.parametrize(
    ("identity", "stored"),
    [("007", "007"), (7, "7"), (7.0, "7"), (np.int64(7), "7"), (np.float64(7), "7"), (decimal.Decimal("7.0"), "7")],
)
def test_a_text_stays_and_a_whole_number_has_no_fraction(identity: Any, stored: str) -> None:
    frame = people(id=pd.Series([identity], dtype=object))
    assert only(batch_of(people=frame), Person).id == stored


def test_integers_that_became_floats_by_a_gap_are_whole_numbers() -> None:
    assert PEOPLE["level"].dtype == float
    assert [person.level for person in batch_of(people=PEOPLE).dataset.of(Person)] == [3, None]


def test_a_float_of_32_bits_is_the_decimal_that_it_stands_for() -> None:
    for name in ("float32", "Float32"):
        frame = pd.DataFrame({"source": ["a"], "target": ["b"], "weight": pd.Series([0.1], dtype=name)})
        assert only(batch_of(influences=frame), Influence).weight == 0.1


@pytest.mark.parametrize(
    "day",
    [
        datetime.date(2026, 11, 2),
        pd.Timestamp("2026-11-02"),
        np.datetime64("2026-11-02", "ns"),
        pd.Period("2026-11-02", "D"),
        "2026-11-02",
    ],
)
def test_a_timestamp_is_a_day(day: Any) -> None:
    frame = pd.DataFrame(
        {"id": ["o"], "account": ["quay"], "name": ["New"], "bid_date": pd.Series([day], dtype=object)}
    )
    assert only(batch_of(opportunities=frame), Opportunity).bid_date == datetime.date(2026, 11, 2)


def test_lists_booleans_and_categories_are_read() -> None:
    frame = pd.DataFrame({"id": ["i"], "date": ["2026-11-02"], "method": ["forum"], "members": ["li"]})
    frame["people"] = [["wu", "pei"]]
    frame["method"] = frame["method"].astype("category")
    contact = only(batch_of(interactions=frame), Interaction)
    assert (contact.people, contact.method) == (("pei", "wu"), "forum")
    assert only(batch_of(people=people(external=[True])), Person).external is True
    assert only(batch_of(people=people(external=pd.Series([False], dtype="boolean"))), Person).external is False


def test_a_named_index_is_a_column() -> None:
    batch = batch_of(
        people=PEOPLE.set_index("id"),
        influences=pd.DataFrame(
            {"weight": [0.5]}, index=pd.MultiIndex.from_tuples([("pei", "wu")], names=["source", "target"])
        ),
    )
    assert findings_of(batch) == []
    assert [person.id for person in batch.dataset.of(Person)] == ["pei", "wu"]
    assert [(line.source, line.target) for line in batch.dataset.of(Influence)] == [("pei", "wu")]


def test_an_index_without_a_name_is_not_read_and_said_where_it_means_something() -> None:
    batch = batch_of(people=PEOPLE.set_index(pd.Index(["first", "second"])))
    assert findings_of(batch) == [("index_not_read", "DataFrame:people")]
    assert "reset_index" in batch.findings.first[0].text()
    assert len(batch.dataset.of(Person)) == 2
    assert findings_of(batch_of(people=PEOPLE[PEOPLE["id"] == "wu"])) == []


def test_a_finding_names_the_frame_and_the_label_of_the_row() -> None:
    frame = pd.DataFrame({"id": ["a", "b", "c"], "account": "quay", "name": "x", "level": [1, 2, 12]})
    assert ("out_of_range", "DataFrame:people:2:level") in findings_of(batch_of(people=frame))
    assert ("out_of_range", "DataFrame:people:2:level") in findings_of(batch_of(people=frame[frame["level"] > 1]))
    named = frame.set_index(pd.Index(["x", "y", "z"]))
    assert ("out_of_range", "DataFrame:people:z:level") in findings_of(batch_of(people=named))
    pairs = frame.set_index(["account", "id"])
    assert ("out_of_range", "DataFrame:people:quay, c:level") in findings_of(batch_of(people=pairs))


def test_rows_of_one_key_name_each_other_by_label() -> None:
    frame = pd.concat([people(level=[1]), people(level=[2])], keys=["old", "new"])
    (finding,) = batch_of(people=frame).findings.errors
    assert (finding.code, finding.label) == ("duplicate_key", "new, 0")
    assert "row old, 0" in finding.text()


def test_empty_rows_are_left_out() -> None:
    frame = pd.concat([PEOPLE, pd.DataFrame([{"id": None}])], ignore_index=True)
    batch = batch_of(people=frame)
    assert findings_of(batch) == []
    assert len(batch.dataset.of(Person)) == 2
    assert batch.files[0].rows == {"people": 2}


class Failing:
    """An object that cannot be shown."""

    def __repr__(self) -> str:
        raise ZeroDivisionError


ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)
LATE = np.array(["30000-12-31"], dtype="datetime64[s]")

BAD: list[tuple[str, pd.DataFrame, str, str, str]] = [
    ("twice", pd.concat([people(), people()[["name"]]], axis=1), "column_twice", "DataFrame:people:name", "delete one"),
    ("mixed", people(level=pd.Series(["x"], dtype=object)), "unknown_word", "DataFrame:people:0:level", "“x”"),
    ("NaN in a key", people(account=[float("nan")]), "missing_value", "DataFrame:people:0:account", "must be filled"),
    ("infinity", people(level=[float("inf")]), "unknown_word", "DataFrame:people:0:level", "“inf”"),
    ("a dictionary", people(title=[{"a": 1}]), "not_a_cell_value", "DataFrame:people:0:title", "of type dict"),
    ("a list of titles", people(title=[["a", "b"]]), "not_a_cell_value", "DataFrame:people:0:title", "of type list"),
    ("bytes", people(title=[b"x"]), "not_a_cell_value", "DataFrame:people:0:title", "of type bytes"),
    (
        "a list that holds itself",
        people(addresses=[ENDLESS]),
        "not_a_cell_value",
        "DataFrame:people:0:addresses",
        "list",
    ),
    (
        "an object that fails",
        people(title=[Failing()]),
        "not_a_cell_value",
        "DataFrame:people:0:title",
        "<tests.Failing>",
    ),
    ("a year of 5 digits", people(title=LATE), "not_a_date", "DataFrame:people:0:title", "30000"),
    ("NUL", people(title=["x\0"]), "unstorable_character", "DataFrame:people:0:title", "U+0000"),
    (
        "half a character",
        people(title=pd.Series(["\ud800"], dtype=object)),
        "unstorable_character",
        "DataFrame:people:0:title",
        "U+D800",
    ),
    ("an id of 20 digits", people(id=[1.2345e19]), "inexact_number", "DataFrame:people:0:id", "dtype=str"),
    ("no name", people(**{"": ["x"]}), "value_without_header", "DataFrame:people:0", "without a header"),
    ("no columns", pd.DataFrame(), "empty_file", "DataFrame:people", "empty"),
    ("another column", people(lvel=[1]), "unknown_column_near", "DataFrame:people:lvel", "Did you mean level"),
    ("not a frame", people()["id"], "not_a_frame", "DataFrame:people", "pandas.Series, not a pandas DataFrame"),  # type: ignore[list-item]
    ("none at all", [1], "not_a_frame", "DataFrame:people", "list, not a pandas DataFrame"),  # type: ignore[list-item]
]


@pytest.mark.parametrize(("frame", "code", "place", "words"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_input_gets_one_line(frame: pd.DataFrame, code: str, place: str, words: str) -> None:
    (finding,) = batch_of(people=frame).findings
    assert (finding.code, finding.place()) == (code, place)
    assert words in finding.text()
    assert finding.text("zh") != finding.text()


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai"])
def test_a_day_with_a_time_zone_is_refused(zone: str) -> None:
    frame = pd.DataFrame({"id": ["i"], "date": pd.to_datetime(["2026-11-02"]).tz_localize(zone), "method": ["forum"]})
    (finding,) = batch_of(interactions=frame.assign(people="pei", members="li")).findings.errors
    assert (finding.code, finding.place()) == ("date_with_zone", "DataFrame:interactions:0:date")
    assert "2026-11-02" in finding.text()


def test_a_time_of_day_is_refused_as_in_a_file() -> None:
    frame = pd.DataFrame(
        {"id": ["o"], "account": ["quay"], "name": ["x"], "bid_date": pd.to_datetime(["2026-11-02 09:30"])}
    )
    assert [finding.code for finding in batch_of(opportunities=frame).findings] == ["date_with_time"]


def test_an_unknown_frame_comes_with_the_nearest_name() -> None:
    (finding,) = batch_of(peple=PEOPLE).findings
    assert (finding.code, finding.value) == ("unknown_frame", "peple")
    assert "Did you mean people" in finding.text()
    (finding,) = batch_of(xyzzy=PEOPLE).findings
    assert "accounts, units, people" in finding.text()


@pytest.mark.parametrize("frames", [PEOPLE, [PEOPLE], "people", None, {5: PEOPLE}, {None: PEOPLE}])
def test_frames_without_names_are_one_sentence(frames: Any) -> None:
    with pytest.raises(InputError, match=r"such as people"):
        read_frames(frames, Asked(today=TODAY))


def test_labels_are_shown_as_values_are() -> None:
    for label, shown in (("a\nb\x1b[31m", r"a\u000ab\u001b[31m"), ("x" * 5000, "x" * 39 + "…")):
        frame = people(level=["x"]).set_index(pd.Index([label], name="key"))
        found = batch_of(people=frame).findings.errors
        assert [finding.place() for finding in found] == [f"DataFrame:people:{shown}:level"]


def test_a_table_of_another_program_is_known_by_its_columns() -> None:
    contacts = pd.DataFrame({"Id": ["c1"], "LastName": ["Pei"], "AccountId": ["quay"], "Email": ["p@quay.example"]})
    batch = batch_of(Contact=contacts, accounts=ACCOUNTS)
    assert [person.name for person in batch.dataset.of(Person)] == ["Pei"]


def test_limits_hold_for_frames() -> None:
    found = batch_of({"caps": Caps(rows=1)}, people=PEOPLE).findings.errors
    assert [finding.code for finding in found] == ["too_many_rows"]
    wide = pd.DataFrame({str(number): [1] for number in range(300)})
    assert [finding.code for finding in batch_of(people=wide).findings.errors] == ["too_many_columns"]


def test_a_frame_is_not_changed() -> None:
    frame = PEOPLE.copy()
    batch_of(people=frame)
    pd.testing.assert_frame_equal(frame, PEOPLE)


def test_progress_is_reported() -> None:
    seen: list[int] = []
    batch_of({"rows_read": seen.append}, people=PEOPLE, accounts=ACCOUNTS)
    assert sum(seen) == 3


@pytest.mark.slow
def test_a_million_rows_are_read() -> None:
    count = 1_000_000
    frame = pd.DataFrame({"id": [f"p{number}" for number in range(count)], "account": "quay", "level": 3})
    frame["name"] = frame["id"]
    frame.loc[count - 1, "level"] = 9
    batch = batch_of(people=frame, accounts=ACCOUNTS)
    assert findings_of(batch) == [("out_of_range", f"DataFrame:people:{count - 1}:level")]
    assert len(batch.dataset.of(Person)) == count - 1
