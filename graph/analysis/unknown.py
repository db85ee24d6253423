"""An id that is not there, with the nearest one that is."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from graph.model.problem import Problem
from graph.model.words import message

_CODES = {
    "accounts": "unknown_account",
    "opportunities": "unknown_opportunity",
    "people": "unknown_person",
    "team": "unknown_member",
    "anybody": "unknown_anybody",
}


class UnknownRecord(Problem):
    """Somebody asked for a record that is not there."""


def unknown_record(sheet: str, asked: str, known: Iterable[str]) -> UnknownRecord:
    """The problem of an unknown id, naming up to three near ones."""
    code = _CODES[sheet]
    near = tuple(get_close_matches(asked, sorted(known), n=3, cutoff=0.65))
    if near:
        return UnknownRecord(code, message(f"{code}.near", id=asked, near=near))
    return UnknownRecord(code, message(code, id=asked))
