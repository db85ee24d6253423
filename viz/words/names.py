"""Names of people and other records in the script of a language, titles and role letters."""

from __future__ import annotations

from collections.abc import Mapping

from graph.analysis.report.results import PersonResult
from graph.model.names import in_script
from graph.model.scales import GONE
from graph.model.words import text

HEAVY_ROLES = "DAV"
"""The role letters that decide: decides, approves, veto."""


def name_of(person: PersonResult, lang: str) -> str:
    """A person's display name: `Unidentified` for a seat without a name, with a note where they left or moved."""
    if person.status == "unidentified" and not person.name:
        return text("map.unidentified", lang)
    name = record_name(person.name, person.id, lang)
    return text("map.left", lang, name=name) if person.status in GONE else name


def title_of(person: PersonResult, lang: str) -> str:
    """A person's title, empty where none is recorded."""
    return in_script(person.title, lang) if person.title else ""


def role_letters(person: PersonResult, *, only_heavy: bool = False) -> str:
    """A person's role letters with V for a veto; with `only_heavy` only those of `HEAVY_ROLES`."""
    letters = "".join(person.roles) + ("V" if person.veto else "")
    return "".join(letter for letter in letters if letter in HEAVY_ROLES) if only_heavy else letters


def record_name(name: str | None, identity: str, lang: str) -> str:
    """A record's name in the script of a language, its id where it has none."""
    return in_script(name, lang) if name else identity


def named(names: Mapping[str, str | None], identity: str, lang: str) -> str:
    """The name of an id among `names` in the script of a language, the id itself where there is none."""
    return record_name(names.get(identity), identity, lang)
