"""An id that is not there, with the nearest ones that are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.analysis.limits import SIMILAR_IDS, SIMILAR_TEXTS, SIMILARITY
from graph.model.echo import cut
from graph.model.limits import ID_LENGTH
from graph.model.names import SEPARATOR
from graph.model.problem import NotFound
from graph.model.words import message

_CODES = {
    "accounts": "unknown_account",
    "opportunities": "unknown_opportunity",
    "people": "unknown_person",
    "team": "unknown_member",
    "anybody": "unknown_anybody",
}


class UnknownRecord(NotFound):
    """Somebody asked for a record that is not there."""


def unknown_record(sheet: str, asked: str, known: Iterable[str] | Mapping[str, str | None]) -> UnknownRecord:
    """The problem of an unknown id, offering known ones that are like it or whose name is.

    `known` are ids, or names by id.
    """
    code = _CODES[sheet]
    names = known if isinstance(known, Mapping) else dict.fromkeys(known)
    near = tuple(_nearest(asked[:ID_LENGTH], names))
    if near:
        return UnknownRecord(code, message(f"{code}.near", id=cut(asked), near=near))
    return UnknownRecord(code, message(code, id=cut(asked)))


def _nearest(asked: str, names: Mapping[str, str | None]) -> list[str]:
    """The ids that are most like a text themselves or by a part of their name, the likest first."""
    from rapidfuzz import fuzz, process

    texts = [(text.casefold(), identity) for identity, name in names.items() for text in {identity, *_parts(name)}]
    choices = [text for text, _ in texts]
    found = process.extract(asked.casefold(), choices, scorer=fuzz.ratio, score_cutoff=SIMILARITY, limit=SIMILAR_TEXTS)
    ranked = sorted((-score, texts[at][1]) for _, score, at in found)
    return list(dict.fromkeys(identity for _, identity in ranked))[:SIMILAR_IDS]


def _parts(name: str | None) -> list[str]:
    """A name and each of its scripts: of `Latin / 中文` these two as well."""
    return [] if name is None else [name, *name.split(SEPARATOR)]
