"""A first mapping for a table that nobody knows: guessed from its header and its values, to be edited by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from graph.model.columns import Column
from graph.model.kind import KINDS, Kind
from graph.model.scales import fold
from loaders.caps import DEFAULT_CAPS
from loaders.confined_workbook import confined_workbook
from loaders.csv_files import first_rows
from loaders.forms import form_of

NEAR = 0.82
"""How alike a header cell must be to a field's word."""

FIRST = 500
"""Rows that are looked at."""

WORDS = 30
"""Of a column with more different words than this no table of values is made."""

ALSO: dict[str, dict[str, tuple[str, ...]]] = {
    "people": {
        "id": ("person id", "contact id", "employee id", "工号", "email", "e-mail", "邮箱"),
        "account": ("account id", "company id", "company", "customer", "organisation", "organization", "公司"),
        "name": ("full name", "contact name", "first name", "contact", "person", "联系人"),
        "title": ("job title", "position", "job", "职位", "岗位"),
        "unit": ("department", "team", "division"),
    },
    "accounts": {
        "id": ("account id", "company id", "domain"),
        "name": ("company name", "account name", "company", "公司"),
    },
    "opportunities": {
        "id": ("opportunity id", "deal id"),
        "account": ("account id", "company id", "company", "customer", "公司"),
        "name": ("opportunity name", "deal name", "project", "项目名称"),
        "stage": ("deal stage", "phase"),
        "decision_date": ("close date", "closing date"),
        "amount": ("deal value", "value", "revenue"),
    },
    "interactions": {
        "id": ("meeting id", "activity id"),
        "date": ("meeting date", "day", "when", "start", "时间"),
        "people": ("attendees", "participants", "contacts", "参会人"),
        "members": ("our side", "owner", "我方人员"),
        "notes": ("summary", "subject", "主题"),
    },
    "reports_to": {"person": ("employee", "name"), "manager": ("reports to", "boss", "supervisor", "领导")},
    "participation": {
        "opportunity": ("opportunity id", "deal id", "deal"),
        "person": ("contact id", "contact"),
        "roles": ("role",),
    },
}
"""Other words for a field, the surest first; folded when compared."""

PARTS = {"first name": "last name"}
"""A column that is only a part, and the one that goes with it."""


def suggestions(path: Path, encoding: str | None) -> Iterator[str]:
    """The texts of mappings for the tables of a file, a workbook's sheets each. Raises Unreadable, OSError."""
    if form_of(path) == "workbook":
        with confined_workbook(path, DEFAULT_CAPS) as book:
            for sheet in book.sheets:
                table = book.table(sheet)
                if table is not None:
                    rows = [row for chunk in table.chunks for row in zip(*chunk.columns, strict=True)]
                    yield suggestion(sheet, table.header, rows[:FIRST])
    else:
        yield suggestion(path.stem, *first_rows(path, encoding, DEFAULT_CAPS, FIRST))


def suggestion(name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The text of a mapping for a table of this name, header and first rows.

    It is the sheet of which most fields were found; what was not found stands in comments.
    """
    kind, found = max(((kind, _fields(kind, header)) for kind in KINDS.values()), key=lambda one: _fit(*one))
    at = {cell: place for place, cell in enumerate(header)}
    fields = {field: _value(kind.by_name[field], columns, at, rows) for field, columns in found.items()}
    mapping = {
        "source": name,
        "tables": [{"name": name, "columns": list(header), "into": [{"sheet": kind.sheet, "fields": fields}]}],
    }
    text = yaml.safe_dump(mapping, allow_unicode=True, sort_keys=False, width=120)
    return "\n".join([*_comments(kind, found, header), text])


def _fit(kind: Kind, found: dict[str, list[str]]) -> tuple[int, int, int]:
    """Few required fields missing first, then many found; a large sheet is no better for being large."""
    missing = sum(column.required and column.name not in found for column in kind.columns)
    return len(found) - 2 * missing, -missing, -len(kind.columns)


def _fields(kind: Kind, header: Sequence[str]) -> dict[str, list[str]]:
    """Field → the cells of the header that mean it; each cell means one field."""
    left = {fold(cell)[:80]: cell for cell in reversed(header) if cell}
    found: dict[str, list[str]] = {}
    for column in kind.columns:
        for word in (column.name, column.zh, *ALSO.get(kind.sheet, {}).get(column.name, ())):
            cells = [cell for part in (word, PARTS.get(word)) if part and (cell := _nearest(part, left))]
            if cells:
                found[column.name] = [left.pop(cell) for cell in cells]
                break
    return found


def _nearest(word: str, cells: Collection[str]) -> str | None:
    return next(iter(get_close_matches(fold(word), cells, n=1, cutoff=NEAR)), None)


def _value(column: Column, cells: list[str], at: dict[str, int], rows: Sequence[Sequence[str]]) -> Any:
    """The value of a field: its columns, and for a scale every word that stands there with what it may mean."""
    if column.scale is None:
        return cells[0] if len(cells) == 1 else {"columns": cells}
    words = Counter(row[at[cells[0]]].strip() for row in rows if at[cells[0]] < len(row))
    words.pop("", None)
    if all(column.scale.code_of(word) for word in words) or len(words) > WORDS:
        return cells[0]
    return {"columns": cells, "values": {word: column.scale.code_of(word) or "" for word, _ in words.most_common()}}


def _comments(kind: Kind, found: dict[str, list[str]], header: Sequence[str]) -> list[str]:
    """What a person has to look at: fields that must be filled and are not, and columns that are not used."""
    used = {cell for cells in found.values() for cell in cells}
    missing = [column.name for column in kind.columns if column.required and column.name not in found]
    lines = ["# Guessed from the header: look it over, then swaymap import FILE --map THIS."]
    if missing:
        lines.append(f"# Still needed (a column or a constant): {', '.join(missing)}")
    left = [cell for cell in header if cell and cell not in used]
    if left:
        lines.append(f"# Not used: {', '.join(' '.join(cell.split()) for cell in left)}")
    others = [column.name for column in kind.columns if column.name not in found and not column.required]
    lines.append(f"# Other fields of {kind.sheet}: {', '.join(others)}")
    return lines
