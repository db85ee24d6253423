"""Arguments that are of another type or out of range are one sentence, before anything is computed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from swaymap import Account, InputError, Scope, Store, open_store
from tests.swaymap.conftest import AS_OF

NAN = float("nan")

BY_NAME: list[Callable[[Account, Any], object]] = [
    lambda account, name: account.paths(to=name),
    lambda account, name: account.paths(to="lin-qiuyue", member=name) if name is not None else account.paths(name),
    lambda account, name: account.whom(name),
    lambda account, name: account.introductions(name),
    lambda account, name: account.explained(name),
    lambda account, name: account.brief(name),
    lambda account, name: account.without(name),
    lambda account, name: account.with_stance(name, 2),
    lambda account, name: account.with_touch(name, "su-wen", "visit"),
    lambda account, name: account.with_touch("sun-li", name, "visit"),
]


@pytest.mark.parametrize("name", [None, 7, NAN, pd.NA, ["wu-tao"], b"wu-tao"], ids=repr)
def test_an_id_or_name_is_a_text(qinglan: Account, store: Store, name: Any) -> None:
    for ask in BY_NAME:
        with pytest.raises(InputError, match="as text"):
            ask(qinglan, name)
    for find in (store.account, store.account_id, store.find_person):
        with pytest.raises(InputError, match="as text"):
            find(name)


BY_NUMBER: list[tuple[str, Callable[[Account, Any], object]]] = [
    ("k", lambda account, number: account.paths(to="lin-qiuyue", k=number)),
    ("days", lambda account, number: account.plan(days=number)),
    ("top", lambda account, number: account.plan(top=number)),
    ("capacity", lambda account, number: account.plan(capacity=number)),
    ("capacity", lambda account, number: account.team(capacity=number)),
]


@pytest.mark.parametrize("number", [0, -1, 2.5, NAN, float("inf"), "3", 10**30, [1]], ids=repr)
@pytest.mark.parametrize(("argument", "ask"), BY_NUMBER)
def test_a_count_is_a_whole_number(
    qinglan: Account, argument: str, ask: Callable[[Account, Any], object], number: Any
) -> None:
    with pytest.raises(InputError, match=rf"^{argument}: “.*” is not a whole number from 1 to \d+\.$"):
        ask(qinglan, number)


@pytest.mark.parametrize("number", [np.int64(3), 3.0, np.float64(3)], ids=repr)
def test_numbers_of_data_frames_are_counts(qinglan: Account, number: Any) -> None:
    assert len(qinglan.paths(to="lin-qiuyue", k=number).paths) == 3


@pytest.mark.parametrize("day", [AS_OF, "2026-11-23", pd.Timestamp(AS_OF), datetime.datetime(2026, 11, 23)], ids=repr)
def test_a_moment_at_midnight_is_a_day(store: Store, day: Any) -> None:
    assert type(store.account("qinglan", as_of=day).as_of) is datetime.date
    assert store.account("qinglan", as_of=day).as_of == AS_OF


@pytest.mark.parametrize(
    "day",
    ["", 5, NAN, pd.NaT, datetime.date(1500, 1, 1), datetime.datetime(2026, 11, 23, 5), pd.Timestamp(AS_OF, tz="UTC")],
    ids=repr,
)
def test_other_days_are_refused(store: Store, qinglan: Account, day: Any) -> None:
    for ask in (
        lambda: store.account("qinglan", as_of=day),
        lambda: store.portfolio(as_of=day),
        lambda: store.history(since=day),
        lambda: store.compare("qinglan", day, AS_OF),
        lambda: qinglan.compare("2026-11-01", day),
        lambda: qinglan.compare(day),
    ):
        with pytest.raises(InputError, match="is not a day from 1900-01-01"):
            ask()


def test_a_side_is_one_of_two(qinglan: Account) -> None:
    with pytest.raises(InputError, match="side: “them” is none of person, member"):
        qinglan.without("wu-tao", side="them")  # type: ignore[arg-type]


def test_a_store_may_be_a_path(tmp_path: Path) -> None:
    with open_store(tmp_path / "own.db") as store:
        assert store.accounts().empty


def test_accounts_of_a_scope_are_a_set() -> None:
    with pytest.raises(TypeError, match="set of ids"):
        Scope("qinglan")  # type: ignore[arg-type]
    assert Scope(["qinglan"]) == Scope(frozenset({"qinglan"}))  # type: ignore[arg-type]
    assert hash(Scope(["qinglan"])) == hash(Scope(frozenset({"qinglan"})))  # type: ignore[arg-type]


def test_what_is_left_out_of_frames_is_a_warning(own_store: Store) -> None:
    people = pd.DataFrame({"id": ["wu-tao"], "account": ["qinglan"], "titel": ["x"]}, index=["first"])
    with pytest.warns(UserWarning, match="people") as told:
        own_store.import_frames(people=people)
    assert [str(warning.message) for warning in told] == [
        "DataFrame:people: The index has no name and is not read: name it after its column (df.index.name = 'id'), "
        "or call reset_index().",
        "DataFrame:people:titel: The column “titel” is not known and was left out. Did you mean title?",
    ]
    assert {Path(warning.filename).name for warning in told} == {Path(__file__).name}


def test_a_refusal_counts_its_errors(own_store: Store) -> None:
    people = pd.DataFrame({"id": ["wu-tao"], "account": ["qinglan"], "level": ["x"]})
    with pytest.raises(InputError, match=r"^1 error; nothing was stored\. DataFrame:people:0:level: “x” "):
        own_store.import_frames(people=people)
    with pytest.raises(InputError, match=r"^9 errors; nothing was stored\. .*… and 4 more\.$"):
        own_store.import_frames(people=pd.concat([people.assign(id=str(number)) for number in range(9)]))
    with pytest.raises(InputError, match=r"^1 error; nothing was stored\. There is"):
        own_store.import_files()
    for frames in (people, [people], {5: people}):
        with pytest.raises(InputError, match="such as people"):
            own_store.import_frames(frames)  # type: ignore[arg-type]
