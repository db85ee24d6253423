"""Texts of coverage gaps: the reason, and the action with team member, helper and date."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from string import Formatter
from typing import Any

import numpy as np

from graph.analysis.ground.arrays import Flags
from graph.analysis.ground.rounding import DIGITS
from graph.analysis.measures.connection import NEVER
from graph.analysis.measures.coverage import CORNERS
from graph.analysis.measures.measures import Measures
from graph.analysis.network.introductions import Introductions
from graph.analysis.report.gaps import RawGap, missing_corners
from graph.model import CompetitorTie, Person, TeamMember
from graph.model.scales import FUNCTION, STANCE
from graph.model.words import Day, Message, Name, ScaleWord, catalogue, message

_THROUGH = frozenset(
    {"no_contact", "hostile_unaddressed", "competitor_owned", "department_uncovered", "stance_unknown"}
)
"""Types of gap that are best closed with the help of another stakeholder."""


@dataclass(frozen=True)
class GapWords:
    """Renders gaps as messages of the catalogue."""

    measures: Measures
    introduced: Introductions
    rival_ties: Sequence[CompetitorTie]

    def reason(self, gap: RawGap) -> Message:
        """The person, unit or account with the gap, and why it is one."""
        return self._message(f"gap.{gap.type}.reason", gap)

    def action(self, gap: RawGap) -> Message:
        """The action: the team member, the stakeholder who helps, and the date."""
        return self._message_with_helper("action", gap)

    def brief(self, gap: RawGap) -> Message:
        """The action in the fewest words, for places that name the person and the type of gap already."""
        return self._message_with_helper("brief", gap)

    def _message_with_helper(self, part: str, gap: RawGap) -> Message:
        key = f"gap.{gap.type}.{part}"
        helped = gap.type in _THROUGH and self.introduced.to(self._person_of(gap)) is not None
        return self._message(f"{key}.through" if helped else key, gap)

    def _message(self, key: str, gap: RawGap) -> Message:
        """The message of a key; only the values that its text uses are computed."""
        values: dict[str, Any] = {}
        for place in _places(key):
            if place == "unit":
                values[place] = self._unit(gap)
            elif place == "roles":
                values[place] = self._missing_corners
            elif place == "by":
                values[place] = Day(self._by_when(gap))
            else:
                values[place] = _OF_PERSON[place](self, self._person_of(gap))
        return message(key, **values)

    def _person_of(self, gap: RawGap) -> int:
        """The person to go to: the gap's own, or the most influential one of its unit; -1 for the account."""
        if gap.person is not None:
            return gap.person
        if gap.unit is None:
            return -1
        view, influence = self.measures.view, self.measures.influence
        return min(view.unit_people[gap.unit], key=lambda i: (-round(float(influence[i]), DIGITS), view.people[i].id))

    def _unit(self, gap: RawGap) -> Name:
        return Name(next(unit.name or unit.id for unit in self.measures.view.units if unit.id == gap.unit))

    @cached_property
    def _missing_corners(self) -> tuple[str, ...]:
        missing = missing_corners(self.measures.whole)[:, 0].tolist()
        return tuple([corner for corner, lacks in zip(CORNERS, missing, strict=True) if lacks])

    @cached_property
    def _ties(self) -> Flags:
        """Whether each member has a tie with each person: members x people."""
        return self.measures.connected.ties(self.measures.view.calibration.tie)

    @cached_property
    def _rivals(self) -> dict[str, str]:
        """The name of the rival that holds each person most, by person id."""
        names = {rival.id: rival.name or rival.id for rival in self.measures.view.competitors}
        ties = sorted(self.rival_ties, key=lambda tie: (tie.strength, tie.competitor))
        return {tie.person: names.get(tie.competitor, tie.competitor) for tie in ties}

    def _name(self, person: int) -> Name | Message:
        record = self.measures.view.people[person]
        return Name(record.name) if record.name else message("gap.seat", title=Name(record.title or record.id))

    def _through(self, person: int) -> Name:
        """The stakeholder who can introduce us to the person."""
        introduction = self.introduced.to(person)
        assert introduction is not None
        helper = self.measures.view.people[introduction.through]
        return Name(helper.name or helper.id)

    def _best_placed(self, person: int) -> Any:
        """The team member to act: with the best tie, else the one who can be introduced, else of the required role."""
        view = self.measures.view
        ties = self.measures.connected.strength[:, person]
        if len(ties) and ties.max() > 0:
            return _member_name(view.members[int(np.argmax(ties))])
        introduction = self.introduced.to(person)
        return self._asked_role(person) if introduction is None else _member_name(view.members[introduction.member])

    def _asked_role(self, person: int) -> Any:
        view = self.measures.view
        record = view.people[person]
        high = record.level is not None and record.level >= view.calibration.executive_level
        role = "EXEC" if high else view.calibration.function_cover.get(record.function or "", "AR")
        holder = next((member for member in view.members if member.role == role), None)
        return _member_name(holder) if holder is not None else role

    def _tied(self, person: int) -> list[TeamMember]:
        members, tied = self.measures.view.members, self._ties[:, person].tolist()
        return [member for member, has in zip(members, tied, strict=True) if has]

    def _veto(self, person: int) -> Message | str:
        view = self.measures.view
        return message("gap.weight.veto") if person in view.vetoes else ""

    def _stance(self, person: int) -> ScaleWord:
        return ScaleWord(STANCE, str(self.measures.view.stances[person] or 0))

    def _confidence(self, person: int) -> str:
        part = self.measures.view.participation[person]
        assert part is not None
        assert part.confidence is not None
        return _digits(part.confidence)

    def _short_of(self, person: int) -> str:
        """The smallest factor (frequency, breadth or depth) of the best tie."""
        connected = self.measures.connected
        if not len(connected.strength):
            return "frequency"
        best = int(np.argmax(connected.strength[:, person]))
        factors = (
            ("frequency", float(connected.frequency[best, person])),
            ("breadth", float(connected.breadth[best, person])),
            ("depth", float(connected.depth[best, person])),
        )
        return min(factors, key=lambda factor: factor[1])[0]

    def _idle(self, person: int) -> int:
        last = int(self.measures.connected.last_touch[:, person].max(initial=NEVER))
        return 0 if last == NEVER else self.measures.view.as_of.toordinal() - last

    def _by_when(self, gap: RawGap) -> datetime.date:
        """The earliest of the cadence after the last touch, the day before the bid, and the horizon; never past."""
        view, person = self.measures.view, self._person_of(gap)
        days = [view.calibration.gaps.act_within]
        if person >= 0:
            days.append(int(self.measures.standards.cadence[person]) - self._idle(person))
        if view.opportunity is not None and view.opportunity.bid_date is not None:
            days.append((view.opportunity.bid_date - view.as_of).days - 1)
        return view.as_of + datetime.timedelta(days=max(0, min(days)))


@dataclass(frozen=True, slots=True)
class WordedGap:
    """One gap with its texts."""

    words: GapWords
    gap: RawGap

    def reason(self) -> Message:
        """The person, unit or account with the gap, and why it is one."""
        return self.words.reason(self.gap)

    def action(self) -> Message:
        """The action: the team member, the stakeholder who helps, and the date."""
        return self.words.action(self.gap)

    def brief(self) -> Message:
        """The action in the fewest words."""
        return self.words.brief(self.gap)


@cache
def _places(key: str) -> tuple[str, ...]:
    """The placeholders in the texts of a key, in any language."""
    parsed = (place for text in catalogue()[key].values() for _, place, _, _ in Formatter().parse(text))
    return tuple(dict.fromkeys(place for place in parsed if place))


_OF_PERSON: dict[str, Callable[[GapWords, int], Any]] = {
    "person": GapWords._name,
    "weight": GapWords._veto,
    "tie": lambda words, i: _digits(words.measures.connected.together[i]),
    "required": lambda words, i: _digits(words.measures.standards.strength[i]),
    "days": GapWords._idle,
    "cadence": lambda words, i: int(words.measures.standards.cadence[i]),
    "rival": lambda words, i: Name(words._rivals[words.measures.view.people[i].id]),
    "rival_tie": lambda words, i: _digits(words.measures.view.rival[i]),
    "stance": GapWords._stance,
    "confidence": GapWords._confidence,
    "member": GapWords._best_placed,
    "only": lambda words, i: tuple(map(_member_name, words._tied(i))),
    "asked": GapWords._asked_role,
    "what": lambda words, i: _what(words.measures.view.people[i]),
    "level": lambda words, i: words.measures.view.people[i].level,
    "ours": lambda words, i: max(member.level or 0 for member in words._tied(i)),
    "short": lambda words, i: message(f"gap.short.{words._short_of(i)}"),
    "briefly": lambda words, i: message(f"gap.briefly.{words._short_of(i)}"),
    "member_name": lambda words, i: _without_role(words._best_placed(i)),
    "asked_name": lambda words, i: _without_role(words._asked_role(i)),
    "via": GapWords._through,
}
"""The value of each placeholder in a text about a person."""


def _what(person: Person) -> Message:
    """Function and level, if recorded."""
    if person.function is None:
        return message("gap.what.level", level=person.level)
    function = ScaleWord(FUNCTION, person.function)
    if person.level is None:
        return message("gap.what.function", function=function)
    return message("gap.what.both", function=function, level=person.level)


def _member_name(member: TeamMember) -> Any:
    name = Name(member.name or member.id)
    return message("gap.member", name=name, role=member.role) if member.role else name


def _without_role(member: Any) -> Any:
    """A team member's name without the role; the role itself where nobody holds it."""
    return member.values["name"] if isinstance(member, Message) else member


def _digits(value: float) -> str:
    return f"{value:.2f}".removeprefix("0")
