"""Read LinkedIn's Connections.csv: the people of a company whom a team member is connected with, and since when."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from loaders.caps import Caps
from loaders.contacts import Contact, ContactFile, Party, folded, identity, plain
from loaders.csv_files import open_csv
from loaders.emptied_cells import foreign_text
from loaders.problems import unreadable
from loaders.tables import FileFacts

COLUMNS = ("First Name", "Last Name", "URL", "Company", "Connected On")
"""Columns that its header must have; notes stand above the header."""

_HEADER_WITHIN = 10
_FORMS = ("%d %b %Y", "%Y-%m-%d", "%d-%b-%y", "%m/%d/%y")


def is_connections(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first rows of a CSV file are those of a Connections.csv."""
    return _header_at(rows) is not None


def read_connections(
    path: Path, encoding: str | None, companies: frozenset[str], member: str, caps: Caps
) -> tuple[ContactFile, FileFacts]:
    """The contacts of a team member with people of a company, which is given by its folded names.

    The file must be one for which `is_connections` is true. Raises Unreadable.
    """
    from loaders.directory import normal

    table = open_csv(path, encoding, caps).first_rows(caps.rows + 1)
    if len(table) > caps.rows:
        raise unreadable("too_many_rows", path.name, most=caps.rows)
    at = _header_at(table)
    assert at is not None, "is_connections must be true"
    places = {cell.strip(): place for place, cell in enumerate(table[at])}
    contact_file = ContactFile(path.name)
    for row in table[at + 1 :]:
        cells = {name: foreign_text(row[place]) if place < len(row) else "" for name, place in places.items()}
        if not any(cells.values()):
            continue
        day = _day(cells["Connected On"])
        if normal(cells["Company"]) not in companies:
            contact_file.left_out["other_company"] += 1
        elif day is None:
            contact_file.left_out["no_date"] += 1
        else:
            contact_file.contacts.append(_contact(cells, day, member))
    total = len(contact_file.contacts) + contact_file.left_out.total()
    return contact_file, FileFacts(path.name, "csv", rows={"interactions": total})


def _header_at(rows: Sequence[Sequence[str]]) -> int | None:
    there = (at for at, row in enumerate(rows[:_HEADER_WITHIN]) if {cell.strip() for cell in row}.issuperset(COLUMNS))
    return next(there, None)


def _contact(cells: dict[str, str], day: datetime.date, member: str) -> Contact:
    name = plain(f"{cells['First Name']} {cells['Last Name']}")
    page = cells["URL"].rstrip("/").rpartition("/")[2]
    address = folded(cells.get("Email Address", "")) or f"linkedin:{page or name}"
    return Contact(
        id=identity("connection", member, cells["URL"] or name),
        day=day,
        method="daily_contact",
        subtype="social_post",
        parties=(Party(address, name, plain(cells.get("Position", ""))), Party(member)),
        source="LinkedIn",
    )


def _day(text: str) -> datetime.date | None:
    for form in _FORMS:
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
