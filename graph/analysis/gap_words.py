"""Gaps in words: who and why, and what to do - by whom of ours, through whom, by when."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np

from graph.analysis.connection import NEVER, ROLES
from graph.analysis.gaps import Evidence, RawGap
from graph.analysis.results import InfluencePath
from graph.model import Person, TeamMember
from graph.model.scales import FUNCTION, STANCE
from graph.model.words import Day, Message, Name, ScaleWord, message

HORIZON = datetime.timedelta(days=14)
"""By when to act where neither the cadence nor the bid asks for it sooner."""


@dataclass(frozen=True)
class GapWords:
    """Puts gaps into words. `routes` are the best paths to each person, `rivals` the names of who holds each most."""

    evidence: Evidence
    routes: Mapping[str, tuple[InfluencePath, ...]]
    rivals: Mapping[str, str]

    def reason(self, gap: RawGap) -> Message:
        """Who and why."""
        return message(f"gap.{gap.type}.reason", **self._places(gap))

    def action(self, gap: RawGap) -> Message:
        """What to do, by whom of ours, through whom, by when."""
        places = self._places(gap)
        key = f"gap.{gap.type}.action"
        return message(f"{key}.through" if gap.type in _THROUGH and "via" in places else key, **places)

    def _places(self, gap: RawGap) -> dict[str, Any]:
        if gap.person is not None:
            return self._of_person(gap.person)
        if gap.unit is not None:
            return self._of_unit(gap.unit)
        return self._of_account()

    def _of_person(self, person: int) -> dict[str, Any]:
        evidence, view = self.evidence, self.evidence.view
        one, part = view.people[person], view.participation[person]
        stance = view.stances[person]
        places: dict[str, Any] = {
            "person": _person_name(one.name, one.title, one.id),
            "tie": _digits(evidence.connected.together[person]),
            "required": _digits(evidence.standards.strength[person]),
            "days": self._idle(person),
            "cadence": int(evidence.standards.cadence[person]),
            "rival": Name(self.rivals.get(one.id, "?")),
            "rival_tie": _digits(view.rival[person]),
            "stance": ScaleWord(STANCE, "0" if stance is None else str(stance)),
            "confidence": _digits(part.confidence) if part is not None and part.confidence is not None else "1.00",
            "weight": message("gap.weight.veto") if self._has_veto(person) else "",
            "member": self._best_placed(person),
            "only": self._tied_names(person),
            "asked": self._asked_role(person),
            "what": _what(one),
            "level": one.level or 0,
            "ours": self._highest_tied(person),
            "short": self._short_of(person),
            "by": Day(self._by_when(person)),
        }
        via = self._through(person)
        if via is not None:
            places["via"] = via
        return places

    def _of_unit(self, unit: str) -> dict[str, Any]:
        view = self.evidence.view
        named = next(one for one in view.units if one.id == unit)
        own = [i for i, one in enumerate(view.people) if one.unit == unit]
        best = max(own, key=lambda i: (round(float(self.evidence.influence[i]), 9), view.people[i].id))
        return {**self._of_person(best), "unit": Name(named.name or named.id)}

    def _of_account(self) -> dict[str, Any]:
        evidence = self.evidence
        tie = evidence.view.calibration.tie - 1e-9
        by_role = evidence.connected.by_role
        missing = [corner for corner in ("AR", "SR", "FR") if not (by_role[ROLES.index(corner)] >= tie).any()]
        return {"roles": tuple(missing), "by": Day(self._soonest(HORIZON.days))}

    def _idle(self, person: int) -> int:
        last = int(self.evidence.connected.last_touch[:, person].max(initial=NEVER))
        return 0 if last == NEVER else self.evidence.view.as_of.toordinal() - last

    def _has_veto(self, person: int) -> bool:
        view = self.evidence.view
        part = view.participation[person]
        in_votes = any(v.veto and v.person == view.people[person].id for step in view.steps for v in step.votes)
        return in_votes or bool(part is not None and part.veto)

    def _best_placed(self, person: int) -> Any:
        """The one of ours to act: with the best tie, else who starts the best path, else whose role is asked for."""
        view = self.evidence.view
        ties = self.evidence.connected.strength[:, person]
        if len(ties) and ties.max() > 0:
            return _member_name(view.members[int(np.argmax(ties))])
        path = self._best_path(person)
        if path is not None:
            first = path.nodes[0].id
            return _member_name(next(member for member in view.members if member.id == first))
        return self._asked_role(person)

    def _asked_role(self, person: int) -> Any:
        view = self.evidence.view
        one = view.people[person]
        high = one.level is not None and one.level >= view.calibration.executive_level
        role = "EXEC" if high else view.calibration.function_cover.get(one.function or "", "AR")
        holder = next((member for member in view.members if member.role == role), None)
        return _member_name(holder) if holder is not None else role

    def _best_path(self, person: int) -> InfluencePath | None:
        paths = self.routes.get(self.evidence.view.people[person].id, ())
        return paths[0] if paths else None

    def _through(self, person: int) -> Name | None:
        """The person next to the target on the best path that goes through somebody."""
        for path in self.routes.get(self.evidence.view.people[person].id, ()):
            if len(path.nodes) > 2:
                return Name(path.nodes[-2].name or path.nodes[-2].id)
        return None

    def _tied_names(self, person: int) -> tuple[Any, ...]:
        view = self.evidence.view
        return tuple(_member_name(m) for m, has in zip(view.members, self.evidence.tied[:, person], strict=True) if has)

    def _highest_tied(self, person: int) -> int:
        view = self.evidence.view
        return max(
            (m.level or 0 for m, has in zip(view.members, self.evidence.tied[:, person], strict=True) if has), default=0
        )

    def _short_of(self, person: int) -> Message:
        """Which of frequency, breadth and depth holds the best tie back most."""
        connected = self.evidence.connected
        if not len(connected.strength):
            return message("gap.short.frequency")
        best = int(np.argmax(connected.strength[:, person]))
        factors: list[tuple[float, str]] = [
            (float(connected.frequency[best, person]), "frequency"),
            (float(connected.breadth[best, person]), "breadth"),
            (float(connected.depth[best, person]), "depth"),
        ]
        return message(f"gap.short.{min(factors, key=itemgetter(0))[1]}")

    def _by_when(self, person: int) -> datetime.date:
        """The cadence after the last touch, the day before the bid, or the horizon: the earliest, never in the past."""
        return self._soonest(int(self.evidence.standards.cadence[person]) - self._idle(person))

    def _soonest(self, days: int) -> datetime.date:
        view = self.evidence.view
        wanted = [view.as_of + HORIZON, view.as_of + datetime.timedelta(days=days)]
        if view.opportunity is not None and view.opportunity.bid_date is not None:
            wanted.append(view.opportunity.bid_date - datetime.timedelta(days=1))
        return max(view.as_of, min(wanted))


_THROUGH = frozenset(
    {"no_contact", "hostile_unaddressed", "competitor_owned", "department_uncovered", "stance_unknown"}
)


def _person_name(name: str | None, title: str | None, identity: str) -> Name | Message:
    if name:
        return Name(name)
    return message("gap.seat", title=Name(title or identity))


def _what(person: Person) -> Message:
    """Function and level, as far as they are recorded."""
    function = ScaleWord(FUNCTION, person.function) if person.function else None
    if function is None or person.level is None:
        return (
            message("gap.what.level", level=person.level or "–")
            if function is None
            else message("gap.what.function", function=function)
        )
    return message("gap.what.both", function=function, level=person.level)


def _member_name(member: TeamMember) -> Any:
    name = Name(member.name or member.id)
    return message("gap.member", name=name, role=member.role) if member.role else name


def _digits(value: float) -> str:
    return f"{value:.2f}".removeprefix("0")
