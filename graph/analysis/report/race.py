"""The race with the rivals: our margin over the strongest rival at each person (measures, section 13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from graph.analysis.ground.account_view import AccountView
from graph.analysis.ground.arrays import Floats
from graph.analysis.ground.named_tuples import rows
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.report.gaps import RawGap
from graph.model import CompetitorTie

RaceState = Literal["ahead", "open", "behind"]


class Margin(NamedTuple):
    """Our connection less the strongest rival's with a person, `lead` in [-1, 1]; `rival` is that rival's id."""

    person: str
    lead: float
    standing: RaceState
    rival: str | None


@dataclass(frozen=True, slots=True)
class Race:
    """The share of decision influence where we are ahead, where each rival is, and where it is open.

    `win_back` lists the people with whom a rival is ahead, by worst gap, then influence, then id.
    """

    ahead: float
    open: float
    behind: Mapping[str, float]
    people: tuple[Margin, ...]
    win_back: tuple[str, ...]


def race(
    view: AccountView, rival_ties: Sequence[CompetitorTie], together: Floats, influence: Floats, gaps: Sequence[RawGap]
) -> Race:
    """The race with every person of the graph: ahead from a margin C - K of .1, behind from -.1, else open.

    `together` is the team's connection strength C, one entry per person; K is the strongest rival's tie.

    >>> [(margin.person, margin.standing, margin.rival) for margin in report.race.people][2:]
    [('cho', 'ahead', None), ('dev', 'behind', 'rival')]
    """
    rivals = strongest_rivals(view, rival_ties)
    leads = (together - view.rival).tolist()
    states = [_state(lead, view.calibration.ahead_from, i in rivals) for i, lead in enumerate(leads)]
    strongest = map(rivals.get, range(len(leads)))
    people = rows(Margin, [person.id for person in view.people], leads, states, strongest)
    share = influence.tolist()
    behind = {rival.id: 0.0 for rival in view.competitors}
    for i, margin in enumerate(people):
        if margin.standing == "behind":
            behind[rivals[i]] = behind.get(rivals[i], 0.0) + share[i]
    worst: dict[int, float] = {}
    for gap in gaps:
        if gap.person is not None:
            worst.setdefault(gap.person, gap.severity)
    lost = [i for i, margin in enumerate(people) if margin.standing == "behind"]
    lost.sort(key=lambda i: (-round(worst.get(i, 0.0), DIGITS), -round(share[i], DIGITS), people[i].person))
    return Race(
        ahead=sum(share[i] for i, margin in enumerate(people) if margin.standing == "ahead"),
        open=sum(share[i] for i, margin in enumerate(people) if margin.standing == "open"),
        behind=behind,
        people=tuple(people),
        win_back=tuple(people[i].person for i in lost),
    )


def strongest_rivals(view: AccountView, rival_ties: Sequence[CompetitorTie]) -> dict[int, str]:
    """The competitor with the strongest tie to each person, by index; equal ties by id. Vacant seats have none."""
    strongest: dict[int, tuple[float, str]] = {}
    for tie in rival_ties:
        person = view.index.get(tie.person)
        if person is not None and not view.vacant[person]:
            strongest[person] = min(strongest.get(person, (0.0, "")), (-tie.strength, tie.competitor))
    return {person: competitor for person, (_, competitor) in strongest.items()}


def _state(lead: float, apart: float, contested: bool) -> RaceState:
    """The state of the race at a lead; without a rival's tie nobody is behind, however small `apart` is."""
    if lead >= apart - SLACK:
        return "ahead"
    return "behind" if contested and lead <= SLACK - apart else "open"
