"""Influence lines counted from mail between stakeholders: who is turned to has influence (measures, section 16)."""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.model.calibration_groups import Counted


@dataclass(frozen=True, slots=True)
class Mail:
    """A message: sender, time and recipients (cc too), by person id; a person's addresses are already merged."""

    sender: str
    sent: datetime.datetime
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountedLine:
    """An influence line of this weight in (0, 1): `target` turns to `source`, so `source` influences `target`."""

    source: str
    target: str
    weight: float


def counted_lines(mails: Iterable[Mail], as_of: datetime.datetime, numbers: Counted) -> tuple[CountedLine, ...]:
    """Count the influence lines of the last 365 days of messages, ordered by source and target.

    `b_ij` is the sum over days of the largest n^(-1/2) (n recipients) among messages that i began with j, i.e. without
    one from j to i in the 2 days before; `e = b_ij²/(b_ij + b_ji)`, weight `e/(e + 20)`. Being written to and
    answering give no weight.

    >>> from datetime import datetime, timedelta
    >>> mails = [Mail("ben", datetime(2026, 11, day), ("cho",)) for day in (2, 9, 16)]
    >>> [(line.source, line.target, round(line.weight, 3))
    ...  for line in counted_lines(mails, datetime(2026, 11, 23), measures.view.calibration.counted)]
    [('cho', 'ben', 0.13)]
    """
    begun = _begun(sorted(mails, key=lambda mail: (mail.sent, mail.sender, mail.recipients)), as_of, numbers)
    lines = []
    for (turns, to), b in sorted(begun.items()):
        lines.append(CountedLine(to, turns, counted_weight(b, begun.get((to, turns), 0.0), numbers)))
    return tuple(sorted(lines, key=lambda line: (line.source, line.target)))


def counted_weight(begun: float, begun_by_other: float, numbers: Counted) -> float:
    """The weight of the line to the one who began, from how much each of the two began: e/(e + 20).

    >>> round(counted_weight(6, 2, measures.view.calibration.counted), 6)
    0.183673
    """
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
