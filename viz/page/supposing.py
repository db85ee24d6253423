"""What a page can suppose, as its scripts take it: how the account stands without somebody, or with another stance.

Numbers are short, for there are many: a standing is a row of coverage, supportive coverage, routes, status, forecast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.analysis.map import MapContent
    from graph.analysis.scenarios.departures import AccountFigures
    from graph.analysis.scenarios.stance_shifts import StanceShift


def supposing_data(content: MapContent) -> dict[str, Any] | None:
    """Today, every departure and every stance by id, as data.js declares it; None where there are too many people."""
    found = content.single_changes
    if found is None:
        return None
    return {
        "today": _standing(found.today),
        "people": {person: _standing(one) for person, one in found.without.items()},
        "members": {member: _standing(one) for member, one in found.without_ours.items()},
        "stances": {person: _turning(one) for person, one in found.stance_shifts.items()},
        "values": dict(found.values),
    }


def _standing(one: AccountFigures) -> list[Any]:
    return [
        _short(one.decision_chain_coverage),
        _short(one.supportive_coverage),
        one.independent_routes,
        one.status,
        _short(one.forecast),
    ]


def _turning(one: StanceShift) -> list[Any]:
    """The figures that jump as pairs, then the forecast at a stance of 0 and by each unit of it."""
    return [
        _short(one.decision_chain_coverage),
        [_short(share) for share in one.supportive_coverage],
        list(one.independent_routes),
        list(one.status),
        _short(one.forecast),
        _short(one.by_stance),
    ]


def _short(value: float | None) -> float | None:
    """Without the digits that nobody sees."""
    return None if value is None else round(value, 6)
