"""The race with the rival: at whom we are ahead, at whom behind (measures, section 13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from graph.analysis.ground.account_view import AccountView, Floats
from graph.analysis.ground.named_tuples import rows
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.report.gaps import RawGap
from graph.model import CompetitorTie

RaceState = Literal["ahead", "open", "behind"]


class Margin(NamedTuple):
    """Our connection less the strongest rival's at a person, in [-1, 1]; `rival` is who that is."""

    person: str
    lead: float
    standing: RaceState
    rival: str | None


@dataclass(frozen=True, slots=True)
class Race:
    """The share of decision influence where we lead, where each rival leads, and where it is open.

    `win_back` are those at whom a rival leads, by their worst gap (or else influence), then id.
    """

    ahead: float
    open: float
    behind: Mapping[str, float]
    people: tuple[Margin, ...]
    win_back: tuple[str, ...]


def race(
    view: AccountView, rival_ties: Sequence[CompetitorTie], together: Floats, influence: Floats, gaps: Sequence[RawGap]
) -> Race:
    """The race at every person of the graph; `together` is C of all of ours, one entry a person."""
    rivals = strongest_rivals(view, rival_ties)
    leads = (together - view.rival).tolist()
    influence_percentiles = [_state(one, view.calibration.ahead_from, i in rivals) for i, one in enumerate(leads)]
    held = map(rivals.get, range(len(leads)))
    people = rows(Margin, [person.id for person in view.people], leads, influence_percentiles, held)
    share = influence.tolist()
    behind = {rival.id: 0.0 for rival in view.competitors}
    for i, one in enumerate(people):
        if one.standing == "behind":
            behind[rivals[i]] = behind.get(rivals[i], 0.0) + share[i]
    worst: dict[int, float] = {}
    for gap in gaps:
        if gap.person is not None:
            worst.setdefault(gap.person, gap.severity)
    lost = [i for i, one in enumerate(people) if one.standing == "behind"]
    lost.sort(key=lambda i: (-round(worst.get(i, 0.0), DIGITS), -round(share[i], DIGITS), people[i].person))
    return Race(
        ahead=sum(share[i] for i, one in enumerate(people) if one.standing == "ahead"),
        open=sum(share[i] for i, one in enumerate(people) if one.standing == "open"),
        behind=behind,
        people=tuple(people),
        win_back=tuple(people[i].person for i in lost),
    )


def strongest_rivals(view: AccountView, rival_ties: Sequence[CompetitorTie]) -> dict[int, str]:
    """The competitor that holds each person most, by index; ties by id. Vacant seats are held by nobody."""
    held: dict[int, tuple[float, str]] = {}
    for tie in rival_ties:
        person = view.index.get(tie.person)
        if person is not None and not view.vacant[person]:
            held[person] = min(held.get(person, (0.0, "")), (-tie.strength, tie.competitor))
    return {person: competitor for person, (_, competitor) in held.items()}


def _state(lead: float, apart: float, contested: bool) -> RaceState:
    """How we stand with a lead; nobody is behind where no rival holds the person, however small `apart` is."""
    if lead >= apart - SLACK:
        return "ahead"
    return "behind" if contested and lead <= SLACK - apart else "open"
