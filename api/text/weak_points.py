"""The fewest to win and the weak points, as a page of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from api.terminal import lines
from api.text.output import TableColumn, printed, table
from api.text.people_table import tenths
from api.text.rows import route_of, shown, two_digits
from graph.model.words import text
from viz.words.numbers import whole_percent

if TYPE_CHECKING:
    from graph.analysis.ground.account_view import AccountView
    from graph.analysis.network.key_sets import KeySets
    from graph.analysis.network.organisation_shape import OrganisationShape
    from graph.analysis.persons.weak_points import WeakPoints


def weak_points_text(points: WeakPoints, view: AccountView, lang: str) -> str:
    """The fewest to win as a table, then the sets and bottlenecks, a line each."""
    names = {person.id: shown(person.name, person.id, lang) for person in view.people}
    made = table(
        [
            {
                "rank": rank,
                "name": names[person.person],
                "influence": person.decision_influence,
                "total": person.total,
                "route": text("fewest.no_way", lang) if person.path is None else route_of(person.path, lang),
                "strength": None if person.path is None else person.path.strength,
            }
            for rank, person in enumerate(points.fewest.people, 1)
        ],
        [
            TableColumn("head.rank", lambda row: str(row["rank"]), right=True),
            TableColumn("head.name", lambda row: row["name"]),
            TableColumn("head.influence", lambda row: tenths(row["influence"]), right=True),
            TableColumn("head.total", lambda row: tenths(row["total"]), right=True),
            TableColumn("head.strength", lambda row: two_digits(row["strength"] or 0.0), right=True),
            TableColumn("head.route", lambda row: row["route"]),
        ],
        lang,
        text(
            "fewest.title" if points.fewest.enough else "fewest.not_enough",
            lang,
            count=len(points.fewest.people),
            share=whole_percent(points.fewest.share),
        ),
    )
    return printed(made) + lines(
        [*_sets(points, names, lang), *_passed(points, names, lang), _shape(points.shape, lang)]
    )


def _sets(points: WeakPoints, names: dict[str, str], lang: str) -> Iterator[str]:
    for key, key_sets in (("reaching", points.reaching), ("breaking", points.breaking)):
        if key_sets:
            yield text(f"fewest.{key}", lang)
            yield from (_set(key_set, names, lang) for key_set in key_sets)


def _set(key_sets: KeySets, names: dict[str, str], lang: str) -> str:
    first = _joined(key_sets.sets[0], names, lang)
    more = text("fewest.as_good", lang, count=len(key_sets.sets) - 1) if len(key_sets.sets) > 1 else ""
    searched = "" if key_sets.exact else text("fewest.searched", lang)
    return f"  {two_digits(key_sets.score)}  {first}{more}{searched}"


def _passed(points: WeakPoints, names: dict[str, str], lang: str) -> Iterator[str]:
    bottlenecks = points.bottlenecks
    for decider in bottlenecks.deciders:
        key = "unreached" if not decider.reached else "passes" if decider.passes else "free"
        yield text(f"fewest.{key}", lang, decider=names[decider.decider], people=_joined(decider.passes, names, lang))
    if bottlenecks.cut:
        yield text("fewest.cut", lang, people=_joined(bottlenecks.cut, names, lang))
    if bottlenecks.articulation:
        yield text("fewest.articulation", lang, people=_joined(bottlenecks.articulation, names, lang))


def _shape(shape: OrganisationShape, lang: str) -> str:
    shown_as = {
        name: "–" if value is None else two_digits(value)
        for name, value in (
            ("connectedness", shape.connectedness),
            ("hierarchy", shape.hierarchy),
            ("efficiency", shape.efficiency),
            ("unity", shape.unity_of_command),
        )
    }
    return text("fewest.shape", lang, **shown_as)


def _joined(people: Sequence[str], names: dict[str, str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(names[person] for person in people)
