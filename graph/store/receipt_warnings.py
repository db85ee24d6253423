"""Warnings of a receipt: cells emptied, names replaced, records moved elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from graph.model.dataset import EMPTY
from graph.model.kind import KINDS
from graph.store.belonging import ways_home
from graph.store.changes import Plan
from graph.store.problems import ChangeRefused, change_refused
from graph.store.protocol import CellChange, Guard, Receipt

WarningCode = Literal["emptied", "name_replaced", "moved"]

DIFFERENT_BELOW = 50
"""Similarity of two names, 0 to 100 (rapidfuzz's ratio), below which they may be those of two different people."""


@dataclass(frozen=True, slots=True)
class ReceiptWarning:
    """A changed cell that may be a mistake.

    `code` says why: a filled cell becomes empty, a name becomes a wholly different one, or a record moves to another
    unit, account, opportunity or person.
    """

    code: WarningCode
    cell: CellChange


class NamesReplaced(ChangeRefused):
    """An import that would replace names by wholly different ones. Nothing was written; `receipt` is of a dry run."""

    def __init__(self, problem: ChangeRefused, receipt: Receipt) -> None:
        super().__init__(problem.code, problem.message)
        self.receipt = receipt


def warnings_of(receipt: Receipt) -> Iterator[ReceiptWarning]:
    """The warnings of a receipt in the order of its cells."""
    for cell in receipt.cells:
        code = _code_of(cell)
        if code is not None:
            yield ReceiptWarning(code, cell)


def refuse_new_names(guard: Guard | None, plan: Plan, accounts: Iterable[str]) -> None:
    """Raise NamesReplaced where a guard does not allow what a plan would do to these accounts."""
    if guard is None or guard.new_names:
        return
    replaced = [
        (change.kind, before, after)
        for change in plan.changes
        if "name" in change.kind.by_name
        for before, after in change.changed
        if before.name and after.name and are_wholly_different(before.name, after.name)
    ]
    if replaced:
        kind, before, after = replaced[0]
        places = {"sheet": kind.sheet, "record": after.id, "old": before.name, "new": after.name}
        problem = change_refused("names_replaced", count=len(replaced), **places)
        raise NamesReplaced(problem, plan.receipt(None, accounts, dry_run=True))


def are_wholly_different(name: str, other: str) -> bool:
    """Whether two names have less than `DIFFERENT_BELOW` similarity and no two characters in a row in common.

    Case and width do not count. The same name in another script is wholly different.
    """
    first, second = _folded(name), _folded(other)
    if first == second:
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(first, second) < DIFFERENT_BELOW and _pairs(first).isdisjoint(_pairs(second))


def _code_of(cell: CellChange) -> WarningCode | None:
    if cell.old in EMPTY:
        return None
    if cell.new in EMPTY:
        return "emptied"
    if cell.column == "name":
        return "name_replaced" if are_wholly_different(cell.old, cell.new) else None
    return "moved" if _says_where(cell) else None


def _says_where(cell: CellChange) -> bool:
    """Whether a column names the account, unit, opportunity or person that a record belongs to."""
    kind = KINDS[cell.sheet]
    column = kind.by_name[cell.column]
    is_reference = column.ref is not None and not column.is_list
    return kind.edge is None and is_reference and (column.ref == "units" or column in ways_home(kind.sheet))


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _pairs(name: str) -> set[str]:
    """Each two characters in a row within a word."""
    return {first + second for first, second in pairwise(name) if " " not in (first, second)}
