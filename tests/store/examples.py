"""Records for the stores' tests, made from the declarations: every kind and column, content meant to break things."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

from graph.model import KINDS, Account, Interaction, Kind, Person
from graph.model.columns import Column
from graph.model.dataset import Dataset

NASTY = (
    "001",
    "NA",
    "None",
    "1e5",
    "=1+1",
    "</script>",
    "'}) DETACH DELETE n //",
    '"; DROP TABLE people; --',
    "Lin Qiuyue / 林秋月",
    "emoji 👩🏽‍💼 and a zero\u200dwidth joiner",
    "two\nlines\tand\r\na tab",
    "back\\slash $param {map} `tick`",
    "é and e\u0301, İ and ı, ﬁ",
    " spaces around ",
    "\u2028\u2029\ufeff\x00\x07",
    "x" * 20_000,
)
IDS = ("001", "NA", "=1+1", "'}) DETACH DELETE n //", "林秋月", '["a","b"]', "a/b;c", "İd", "x" * 200)


def every_kind(account: str = "acc'\"") -> Dataset:
    """Of each kind a record with every column filled and one with only what is required, all of one account."""
    made = Dataset()
    ids: dict[str, list[str]] = {}
    for at, (sheet, kind) in enumerate(KINDS.items()):
        if kind.key == ("id",):
            ids[sheet] = (
                [account] if sheet == "accounts" else [f"{IDS[(at + n) % len(IDS)]}{n}{account}" for n in range(3)]
            )
    texts = itertools.cycle(NASTY)
    for kind in KINDS.values():
        count = len(ids[kind.sheet]) if kind.key == ("id",) else 2
        for n in range(count):
            made.add(_record(kind, n, ids, texts, filled=n == 0))
    return _made_lawful(made)


def _record(kind: Kind, n: int, ids: dict[str, list[str]], texts: Any, filled: bool) -> Any:
    values: dict[str, Any] = {}
    for at, column in enumerate(kind.columns):
        if column.name == "id":
            values["id"] = ids[kind.sheet][n]
        elif column.required or filled:
            values[column.name] = _value(column, n + at, ids, texts)
    return kind.record(**values)


def _value(column: Column, n: int, ids: dict[str, list[str]], texts: Any) -> Any:
    if column.ref is not None:
        there = ids[column.ref]
        return tuple(there) if column.is_list else there[n % len(there)]
    if column.scale is not None:
        code = column.scale.choices[n % len(column.scale.choices)].code
        if column.is_list:
            return tuple(choice.code for choice in column.scale.choices)
        return int(code) if column.cell == "integer" else code
    if column.cell == "number":
        return 0.1 + 0.2 if column.most is None or column.most > 1 else 0.1 * 3 + 0.3
    by_cell = {
        "text": lambda: next(texts),
        "list": lambda: tuple(text for text in NASTY if len(text) < 100),
        "integer": lambda: 7,
        "boolean": lambda: n % 2 == 0,
        "date": lambda: (datetime.date(1, 1, 1), datetime.date(2026, 11, 23), datetime.date(9999, 12, 31))[n % 3],
    }
    return by_cell[column.cell]()


def _made_lawful(made: Dataset) -> Dataset:
    """Without self-ties, loops and quotas that nobody could reach."""
    for kind in made.kinds():
        edge = kind.edge
        for record in made.of(kind.record):
            if edge is not None and getattr(record, edge.source) == getattr(record, edge.target):
                ids = [person.id for person in made.of(Person)]
                setattr(record, edge.target, ids[(ids.index(getattr(record, edge.source)) + 1) % len(ids)])
            if kind.sheet == "units" and record.parent == record.id:
                record.parent = made.of(type(record))[1].id
            if kind.sheet == "steps":
                record.quota = record.quota and 0.1
                record.rule = record.rule and "unanimous"
    return made


def small(account: str = "a", people: int = 3) -> Dataset:
    """An account with some people and a contact with all of them."""
    persons = [Person(f"{account}-p{n}", account, name=f"Person {n}", level=n % 7 + 1) for n in range(people)]
    contact = Interaction(
        f"{account}-i", datetime.date(2026, 5, 1), "daily_contact", people=tuple(person.id for person in persons)
    )
    return Dataset.collect([Account(account, f"Account {account}"), *persons, contact])
