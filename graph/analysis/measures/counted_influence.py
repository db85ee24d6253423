"""Influence counted from contact: who turns to whom, from who writes first (measures, section 16)."""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.model.calibration_groups import Counted


@dataclass(frozen=True, slots=True)
class Mail:
    """A message between people: who wrote, when, and to whom (cc too). One person's addresses are one id already."""

    sender: str
    sent: datetime.datetime
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountedLine:
    """`source` sways `target`, who turns to them, with this weight in (0, 1)."""

    source: str
    target: str
    weight: float


def counted_lines(mails: Iterable[Mail], as_of: datetime.datetime, numbers: Counted) -> tuple[CountedLine, ...]:
    """The lines that the last year of messages gives, by source and target.

    `b_ij` sums, over days, the largest n^(-1/2) of what i began with j (n recipients); `e = b_ij²/(b_ij + b_ji)`,
    weight `e/(e + 20)`. Being written to and answering give no weight.
    """
    begun = _begun(sorted(mails, key=lambda mail: (mail.sent, mail.sender, mail.recipients)), as_of, numbers)
    lines = []
    for (turns, to), b in sorted(begun.items()):
        lines.append(CountedLine(to, turns, counted_weight(b, begun.get((to, turns), 0.0), numbers)))
    return tuple(sorted(lines, key=lambda line: (line.source, line.target)))


def counted_weight(begun: float, begun_by_other: float, numbers: Counted) -> float:
    """The weight of the line towards who began, from how much each of the two began."""
    excess = begun * begun / (begun + begun_by_other)
    return excess / (excess + numbers.half_weight)


def _begun(mails: list[Mail], as_of: datetime.datetime, numbers: Counted) -> dict[tuple[str, str], float]:
    answer, period = datetime.timedelta(days=numbers.answer_days), datetime.timedelta(days=numbers.period)
    last: dict[tuple[str, str], datetime.datetime] = {}
    largest: dict[tuple[str, str, datetime.date], float] = {}
    for mail in mails:
        others = sorted(set(mail.recipients) - {mail.sender})
        for other in others:
            answered = last.get((other, mail.sender))
            fresh = answered is None or mail.sent - answered > answer
            if fresh and as_of - period < mail.sent <= as_of:
                at = mail.sender, other, mail.sent.date()
                largest[at] = max(largest.get(at, 0.0), 1.0 / math.sqrt(len(set(mail.recipients))))
        for other in others:
            last[mail.sender, other] = mail.sent
    begun: dict[tuple[str, str], float] = defaultdict(float)
    for (sender, other, _), value in sorted(largest.items()):
        begun[sender, other] += value
    return dict(begun)
