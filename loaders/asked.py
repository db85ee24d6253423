"""The options of an import."""

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


def _no_progress(rows: int) -> None:
    pass


def _no_kept_mapping(header: Sequence[str]) -> TableMap | None:
    return None


@dataclass(frozen=True)
class Asked:
    """How files and DataFrames are to be read. Options that are None are detected from the input.

    Attributes:
        today: the last day on which a contact can have taken place.
        encoding: the encoding of CSV files.
        strict: refuse unknown sheets and columns.
        as_kind: what every file holds: the name of a sheet, of a mapped table or of a program.
        caps: the limits of files.
        mapping: a mapping file of the caller; it takes precedence over kept and shipped mappings.
        kept: returns the mapping that was used before for a header; it takes precedence over shipped mappings.
        account: the account of the people where the files do not name one.
        account_name: the name of `account` where it is new.
        member: the team member whose LinkedIn connections the file holds.
        our_domains: mail domains of our own company.
        add_unknown: add people who take part in contacts with us and are not recorded.
        count_influence: collect the mails among the customer's people, to count lines of influence from them.
        until: the last day of which contacts are read.
        known: returns the stored records, in which people are matched and names looked up.
        stored: returns which ids of a sheet are stored, so that references by id alone need no `known`.
        rows_read: called with the number of rows of each chunk, for progress.
        decided: what a person decided about suggested matches.
        empty_means_empty: an empty cell empties the stored value; otherwise the stored value is kept.
    """

    today: datetime.date
    encoding: str | None = None
    strict: bool = False
    as_kind: str | None = None
    caps: Caps = DEFAULT_CAPS
    mapping: Path | None = None
    kept: Callable[[Sequence[str]], TableMap | None] = _no_kept_mapping
    account: str | None = None
    account_name: str | None = None
    member: str | None = None
    our_domains: frozenset[str] = frozenset()
    add_unknown: bool = False
    count_influence: bool = False
    until: datetime.date | None = None
    known: Callable[[], Dataset] = Dataset
    stored: Callable[[str, Collection[str]], Collection[str]] | None = None
    rows_read: Callable[[int], object] = _no_progress
    decided: Mapping[tuple[str, str], Decision] = field(default_factory=dict)
    empty_means_empty: bool = False

    @property
    def last_day(self) -> datetime.date:
        """The last day of which contacts are read: `until`, but never after today."""
        return self.today if self.until is None else min(self.until, self.today)
