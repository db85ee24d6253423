"""Lines of influence counted from the customer's own mails, where nobody stated one (measures, section 16)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graph.model import Influence, Person
from graph.model.kind import KINDS

if TYPE_CHECKING:
    from graph.model.calibration_groups import Counted
    from graph.model.dataset import Dataset
    from loaders.people_found import MailRow

COUNTED = "counted"
_COLUMNS = frozenset(("source", "target", "weight", "basis"))


def add_counted_lines(
    batch: Dataset, known: Dataset, mails: Mapping[str, Sequence[MailRow]], today: datetime.date, numbers: Counted
) -> None:
    """Add to a batch what the mails of each account count, as of the end of a day; a stated line stays as it is."""
    from graph.analysis.measures.counted_influence import Mail, counted_lines

    end = datetime.datetime.combine(today + datetime.timedelta(days=1), datetime.time(), datetime.UTC)
    people = {person.id: person.account for data in (known, batch) for person in data.of(Person)}
    lines = [influence for data in (known, batch) for influence in data.of(Influence)]
    stated = {(one.source, one.target) for one in lines if one.basis != COUNTED}
    kind = KINDS["influences"]
    for account, rows in sorted(mails.items()):
        for line in counted_lines([Mail(*row) for row in rows], end, numbers):
            ends = people.get(line.source), people.get(line.target)
            if ends == (account, account) and (line.source, line.target) not in stated:
                record = Influence(source=line.source, target=line.target, weight=line.weight, basis=COUNTED)
                batch.add(record)
                batch.given_of.setdefault(Influence, {})[kind.key_of(record)] = _COLUMNS
