"""What the caller says about files, beside what stands in them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from graph.model.dataset import Dataset
from loaders.caps import DEFAULT_CAPS, Caps

if TYPE_CHECKING:
    from loaders.mapping import TableMap
    from loaders.review import Decision


def _nobody_told(rows: int) -> None:
    pass


def _none_kept(header: Sequence[str]) -> TableMap | None:
    return None


@dataclass(frozen=True)
class Asked:
    """How files are to be read. Whatever is empty is found out from the files.

    `mapping` is a file that says how tables become ours, `kept` gives the mapping that was used for a header before;
    both come before the shipped. `as_kind` names what every CSV file is, a sheet or a mapped table. `strict` refuses
    unknown sheets and columns. `today` is the last day on which a contact can have been, `until` the last day that is
    asked for. `account` is whose people the files are about where they do not say it, `account_name` names a new one.
    `member` is whose connections they are. `rows_read` is told of rows as they are read. `known` gives what is stored:
    people are matched with it, and names looked up in it; `stored` tells which of some ids of a sheet are stored, so
    that ids alone need no `known`. `decided` is what was decided about suggested matches. With `empty_means_empty` an
    empty cell of a record that is stored empties it; else it says nothing.
    """

    today: datetime.date
    encoding: str | None = None
    strict: bool = False
    as_kind: str | None = None
    caps: Caps = DEFAULT_CAPS
    mapping: Path | None = None
    kept: Callable[[Sequence[str]], TableMap | None] = _none_kept
    account: str | None = None
    account_name: str | None = None
    member: str | None = None
    our_domains: frozenset[str] = frozenset()
    add_unknown: bool = False
    count_influence: bool = False
    until: datetime.date | None = None
    known: Callable[[], Dataset] = Dataset
    stored: Callable[[str, Collection[str]], Collection[str]] | None = None
    rows_read: Callable[[int], object] = _nobody_told
    decided: Mapping[tuple[str, str], Decision] = field(default_factory=dict)
    empty_means_empty: bool = False

    @property
    def last_day(self) -> datetime.date:
        """The last day of which a contact is taken."""
        return self.today if self.until is None else min(self.until, self.today)
