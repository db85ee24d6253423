"""Round trip: every value of every column is read back as it was written."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.model import Account, Interaction, Opportunity, Person
from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Kind
from graph.model.problem import InputError
from loaders import read
from loaders.formulas import as_written, neutralised
from loaders.template import write_csv_folder, write_workbook
from tests.loaders.random_datasets import datasets, records

TODAY = datetime.date(2026, 11, 23)


def _as_csv(dataset: Dataset) -> Dataset:
    return _read_back(dataset, "account", write_csv_folder)


def _as_workbook(lang: str) -> Callable[[Dataset], Dataset]:
    return lambda dataset: _read_back(dataset, "account.xlsx", lambda path, data: write_workbook(path, data, lang))


def _read_back(dataset: Dataset, name: str, write: Callable[[Path, Dataset], None]) -> Dataset:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path, dataset)
        batch = read([path], today=TODAY)
    assert batch.findings.errors == []
    return batch.dataset


def in_order(dataset: Dataset) -> list[object]:
    """The records as they are written: by kind and key."""
    return [record for kind in dataset.kinds() for record in sorted(dataset.of(kind.record), key=kind.key_of)]


FORMS = pytest.mark.parametrize(
    "there_and_back", [_as_csv, _as_workbook("en"), _as_workbook("zh")], ids=["csv", "en", "zh"]
)


@FORMS
@settings(max_examples=25, deadline=None)
@given(dataset=datasets())
@example(dataset=Dataset.collect([Account("=1", "'=1", "''", notes="<r>x</r>"), Account("-1", "_x0041_x0042_x0043_")]))
@example(dataset=Dataset.collect([Opportunity("o", "a", amount=0.1 + 0.2, bid_date=datetime.date(1900, 1, 1))]))
@example(dataset=Dataset.collect([Person("1e5", "001", name="\r\n x", interests=("=1", "-2"), kpis=("#N/A",))]))
@example(dataset=Dataset.collect([Account("-", "清空", notes="'-"), Person("'-", "-", name="－", kpis=("-", "清空"))]))
def test_a_dataset_comes_back_as_it_was(there_and_back: Callable[[Dataset], Dataset], dataset: Dataset) -> None:
    assert list(there_and_back(dataset)) == in_order(dataset)


@FORMS
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_every_kind_comes_back(there_and_back: Callable[[Dataset], Dataset], kind: Kind) -> None:
    @settings(max_examples=3, deadline=None, database=None)
    @given(record=records(kind))
    def back(record: object) -> None:
        assert list(there_and_back(Dataset.collect([record]))) == [record]

    back()


@given(st.text())
def test_a_neutralised_text_starts_no_formula_and_comes_back(text: str) -> None:
    assert as_written(neutralised(text)) == text
    assert neutralised(text)[:1] not in "=+-@\t\r\n＝＋－＠" or text == ""


def test_the_same_content_is_the_same_bytes(tmp_path: Path) -> None:
    people = [Account("a"), Person("p", "a"), Person("q", "a")]
    for name, records_written in (("1.xlsx", people), ("2.xlsx", people[::-1])):
        write_workbook(tmp_path / name, Dataset.collect(records_written))
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_a_text_longer_than_a_cell_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="accounts, row 2, notes"):
        write_workbook(tmp_path / "a.xlsx", Dataset.collect([Account("a", notes="x" * 40_000)]))
    assert not (tmp_path / "a.xlsx").exists()


def test_a_csv_file_says_that_it_is_utf_8_and_holds_no_formula(tmp_path: Path) -> None:
    meeting = Interaction("i", datetime.date(2026, 1, 2), "forum", notes="=HYPERLINK(1)")
    write_csv_folder(tmp_path / "out", Dataset.collect([meeting]))
    raw = (tmp_path / "out" / "interactions.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfid,date,method")
    assert b",'=HYPERLINK(1)" in raw
