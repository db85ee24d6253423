"""Informal groups, as a page of text and as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from api.terminal import line
from api.text.output import TableColumn, printed, table
from api.text.people_table import tenths
from api.text.rows import shown, two_digits
from graph.model.words import text

if TYPE_CHECKING:
    from graph.analysis.ground.named import Named
    from graph.analysis.network.groups import Group, InformalGroups

LINKS = 3
"""How many links of a group the table shows; the JSON has all."""


def group_rows(groups: InformalGroups) -> list[dict[str, Any]]:
    """A row a person: the group, whether they are its hub, and to which other groups they link it."""
    rows = []
    for group in groups.groups:
        for person in group.people:
            links = [link for link in group.links if link.person == person.id]
            rows.append(
                {
                    "group": group.group,
                    "person": person.id,
                    "name": person.name,
                    "hub": person.id == group.hub.id,
                    "links_to": [link.group for link in links],
                    "link_weight": sum((link.weight for link in links), 0.0),
                }
            )
    return rows


def groups_text(groups: InformalGroups, lang: str) -> str:
    """The groups as a table, the most influential first, and who is in none."""
    if groups.modularity is None:
        return line(text("groups.none", lang))
    made = table(
        [{"group": group} for group in groups.groups],
        [
            TableColumn("head.group", lambda row: str(row["group"].group), right=True),
            TableColumn("head.influence", lambda row: tenths(row["group"].influence), right=True),
            TableColumn("head.hub", lambda row: _name(row["group"].hub, lang)),
            TableColumn("head.members", lambda row: _names(row["group"].people, lang), most=48),
            TableColumn("head.units", lambda row: _units(row["group"], lang), most=36),
            TableColumn("head.links", lambda row: _links(row["group"], lang), most=48),
        ],
        lang,
        text(
            "groups.title" if len(groups.groups) > 1 else "groups.title.one",
            lang,
            count=len(groups.groups),
            modularity=two_digits(groups.modularity),
        ),
    )
    alone = line(text("groups.alone", lang, people=_names(groups.alone, lang))) if groups.alone else ""
    return printed(made) + alone


def _units(group: Group, lang: str) -> str:
    return _joined(
        [
            f"{text('groups.no_unit', lang) if unit.id is None else shown(unit.name, unit.id, lang)} {unit.people}"
            for unit in group.units
        ],
        lang,
    )


def _links(group: Group, lang: str) -> str:
    return _joined(
        [
            text(
                "groups.link",
                lang,
                person=shown(link.name, link.person, lang),
                group=link.group,
                weight=two_digits(link.weight),
            )
            for link in group.links[:LINKS]
        ],
        lang,
    )


def _name(named: Named, lang: str) -> str:
    return shown(named.name, named.id, lang)


def _names(people: Sequence[Named], lang: str) -> str:
    return _joined([_name(person, lang) for person in people], lang)


def _joined(texts: Sequence[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(texts)
