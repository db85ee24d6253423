"""Suggest a mapping for an unknown table from its header and values, to be edited by a person."""

from __future__ import annotations

import datetime
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
from loaders.csv_files import open_csv
from loaders.emptied_cells import foreign_text
from loaders.forms import form_of, is_folder, text_form_of
from loaders.problems import unreadable
from loaders.sandbox_workbook import open_workbook

NEAR = 0.82
"""The least similarity of a header cell to the word of a field."""

FIRST = 500
"""Rows that are examined."""

WORDS = 30
"""The most distinct words of a column for which a table of values is suggested."""

LOOK = "# Guessed from the header: look it over, then swaymap import FILE --map THIS."

USUAL = "daily_contact"
"""The method of contacts without a column for it."""

ALSO: dict[str, dict[str, tuple[str, ...]]] = {
    "people": {
        "id": ("person id", "contact id", "employee id", "staff number", "staff no", "number", "nr", "工号"),
        "account": ("account id", "company id", "company", "customer", "organisation", "organization", "公司"),
        "name": ("full name", "contact name", "first name", "contact", "person", "联系人"),
        "title": ("job title", "position", "job", "职位", "岗位"),
        "unit": ("department", "dept", "team", "division", "所属部门"),
        "addresses": ("email", "e-mail", "email address", "mail", "电子邮箱", "邮件"),
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
        "people": ("attendees", "participants", "contacts", "who", "with", "参会人"),
        "members": ("our side", "owner", "ours", "by", "我方人员"),
        "subtype": ("how", "type", "kind", "form", "形式"),
        "notes": ("summary", "subject", "topic", "主题"),
    },
    "reports_to": {
        "person": ("employee", "name"),
        "manager": ("manager", "reports to", "boss", "supervisor", "line manager", "领导", "上级", "汇报对象"),
    },
    "participation": {
        "opportunity": ("opportunity id", "deal id", "deal"),
        "person": ("contact id", "contact"),
        "roles": ("role",),
    },
}
"""Other words for a field, the most certain first; compared folded."""

DAYS = (
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%Y年%m月%d日",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%d-%b-%y",
    "%Y%m%d",
    "%Y/%m/%d %H:%M",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M %p",
)
"""Forms of dates that are recognised beside 2026-11-23."""

SEPARATORS = (";", "；", "、", ",", "，", "/", "\n")

PARTS = {"first name": "last name"}
"""A column that is part of a value → the column with the rest of it."""


def suggested_mapping(paths: Sequence[Path], encoding: str | None) -> str:
    """The text of one mapping for all tables of files: each sheet of a workbook is one. Raises Unreadable, OSError."""
    tables = [table for path in paths for table in _tables(path, encoding)]
    return _text(paths[0].stem, [_suggested(name, header, rows) for name, header, rows in tables])


def suggestion(name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The text of a mapping for a table of this name, header and first rows.

    It maps to the sheet of which most fields were found; comments list what was not found.
    """
    return _text(name, [_suggested(name, header, rows)])


def _tables(path: Path, encoding: str | None) -> Iterator[tuple[str, Sequence[str], list[list[str]]]]:
    """Name, header and first rows of each table of a file."""
    if is_folder(path):
        raise unreadable("device", path.name)
    form = form_of(path) or text_form_of(path)
    if form not in ("csv", "workbook", "ods", "xls", "parquet"):
        raise unreadable("no_table", path.name)
    if form != "csv":
        with open_workbook(form, path, DEFAULT_CAPS) as book:
            for sheet in book.sheets:
                if (table := book.table(sheet)) is not None:
                    cells: list[list[str]] = []
                    for chunk in table.chunks:
                        if len(cells) < FIRST:
                            cells += map(list, zip(*chunk.columns, strict=True))
                    yield sheet, table.header, cells[:FIRST]
    else:
        header, *rows = open_csv(path, encoding, DEFAULT_CAPS).first_rows(FIRST)
        yield path.stem, header, rows


def _suggested(name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], dict[str, Any]]:
    """Comments on the mapping of a table, and the mapping."""
    sample = _Sample(header, rows)
    kind, cells_of = max(((kind, _fields(kind, header)) for kind in KINDS.values()), key=lambda item: _fit(*item))
    into = _into(kind, cells_of, sample)
    return _comments(kind, into, sample), {"name": name, "columns": [cell for cell in header if cell], "into": into}


def _text(source: str, suggested: Sequence[tuple[list[str], dict[str, Any]]]) -> str:
    several = len(suggested) > 1
    comments = [LOOK]
    for lines, table in suggested:
        comments += [f"# {_line(table['name'])}:", *lines] if several else lines
    mapping = {"source": source, "tables": [table for _, table in suggested]}
    return "\n".join([*comments, yaml.dump(mapping, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)])


class _Dumper(yaml.SafeDumper):
    """Writes YAML without references."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _Sample:
    """The first rows of a table, by header cell."""

    def __init__(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.header, self._rows = header, rows
        self.unsure: dict[str, list[str]] = {}

    def cells(self, column: str) -> list[str]:
        """The cells of a column that are not empty."""
        at = list(self.header).index(column)
        return [cell for row in self._rows if at < len(row) and (cell := foreign_text(row[at]))]


def _into(kind: Kind, cells_of: dict[str, list[str]], sample: _Sample) -> list[dict[str, Any]]:
    """The sheets that the rows become: the one found, units and reporting lines if people have such columns."""
    fields: dict[str, Any] = {}
    for column in kind.columns:
        if column.name in cells_of:
            fields[column.name] = _value(column, cells_of[column.name], sample)
        elif column.name == "account" and column.required:
            fields["account"] = {"asked": "account"}
    if "id" in cells_of and fields.get("account") == {"asked": "account"}:
        fields["id"] = {"columns": cells_of["id"], "scoped": True}
    if "id" in kind.by_name and "id" not in cells_of:
        fields = {**_made_id(cells_of, fields), **fields}
    if kind.sheet == "interactions" and "method" not in cells_of:
        fields["method"] = {"constant": USUAL}
    into = [{"sheet": kind.sheet, **_needed(kind, fields), "fields": fields}]
    if kind.sheet == "people":
        into += [*_units(cells_of, fields), *_managers(cells_of, fields, sample)]
    return into


def _made_id(cells_of: dict[str, list[str]], fields: dict[str, Any]) -> dict[str, Any]:
    """An id for tables without one: the name, scoped by account; else a digest of the columns that identify a row."""
    if "name" in cells_of:
        scoped = {"scoped": True} if fields.get("account") == {"asked": "account"} else {}
        return {"id": {"columns": cells_of["name"], **scoped}}
    columns = [cell for name in ("date", "people", "members") for cell in cells_of.get(name, [])]
    return {"id": {"columns": columns, "digest": True}} if columns else {}


def _needed(kind: Kind, fields: dict[str, Any]) -> dict[str, list[str]]:
    """The columns that must not be empty: the first of each required field."""
    required = [fields[column.name] for column in kind.columns if column.required and column.name in fields]
    columns = [[value] if isinstance(value, str) else value.get("columns", []) for value in required]
    needs = list(dict.fromkeys(several[0] for several in columns if several))
    return {"needs": needs} if needs else {}


def _units(cells_of: dict[str, list[str]], fields: dict[str, Any]) -> list[dict[str, Any]]:
    """The departments of people as units, scoped by account."""
    if "unit" not in cells_of:
        return []
    (cell,) = cells_of["unit"]
    account = cells_of.get("account")
    unit = {"columns": [cell], "scoped": True} if account is None else {"columns": [*account, cell], "all": True}
    fields["unit"] = unit
    return [{"sheet": "units", "needs": [cell], "fields": {"id": unit, "account": fields["account"], "name": cell}}]


def _managers(cells_of: dict[str, list[str]], fields: dict[str, Any], sample: _Sample) -> list[dict[str, Any]]:
    """Reporting lines, if a column of managers holds ids or names of the same table."""
    left = {fold(cell)[:80]: cell for cell in sample.header if cell and [cell] not in cells_of.values()}
    near = (left[cell] for word in ALSO["reports_to"]["manager"] if (cell := _nearest(word, left)))
    cell = next(near, None)
    if cell is None or "id" not in fields:
        return []
    managers, value = set(sample.cells(cell)), fields["id"]
    own = [value] if isinstance(value, str) else value["columns"]
    name = cells_of.get("name", [])
    if len(own) == 1 and managers <= set(sample.cells(own[0])):
        manager: dict[str, Any] = {"columns": [cell]}
    elif len(own) == len(name) == 1 and managers <= set(sample.cells(name[0])):
        manager = {"columns": [cell], "lookup": {"find": name[0], "give": own[0]}}
    else:
        return []
    if isinstance(value, dict) and value.get("scoped"):
        manager["scoped"] = True
    return [{"sheet": "reports_to", "needs": [*own, cell], "fields": {"person": value, "manager": manager}}]


def _fit(kind: Kind, cells_of: dict[str, list[str]]) -> tuple[bool, int, int, int]:
    """Rank of a sheet: many fields found, few required ones missing; of equals the smaller sheet."""
    made = {"account", "method", *(["id"] if {"name", "date"} & set(cells_of) else [])}
    missing = sum(
        column.required and column.name not in cells_of and column.name not in made for column in kind.columns
    )
    return bool(cells_of), len(cells_of) - 2 * missing, -missing, -len(kind.columns)


def _fields(kind: Kind, header: Sequence[str]) -> dict[str, list[str]]:
    """Field → the header cells for it; each cell is used once."""
    left = {fold(cell)[:80]: cell for cell in reversed(header) if cell}
    cells_of: dict[str, list[str]] = {}
    for column in kind.columns:
        for word in (column.name, column.zh, *ALSO.get(kind.sheet, {}).get(column.name, ())):
            cells = [cell for part in (word, PARTS.get(word)) if part and (cell := _nearest(part, left))]
            if cells:
                cells_of[column.name] = [left.pop(cell) for cell in cells]
                break
    return cells_of


def _nearest(word: str, cells: Collection[str]) -> str | None:
    return next(iter(get_close_matches(fold(word), cells, n=1, cutoff=NEAR)), None)


def _value(column: Column, cells: list[str], sample: _Sample) -> Any:
    """The source of a field: its columns, with date forms, separator or values where needed."""
    more = _more(column, cells[0], sample)
    return cells[0] if len(cells) == 1 and not more else {"columns": cells, **more}


def _more(column: Column, cell: str, sample: _Sample) -> dict[str, Any]:
    """Date forms, separator of a list, or the words of a scale with their probable codes."""
    values = sample.cells(cell)
    if column.cell == "date":
        forms = forms_of_days(values)
        if len(forms) > 1:
            sample.unsure[cell] = forms
        return {"day": forms[0]} if forms else {}
    separator = separator_of(values) if column.is_list else None
    more = {"separator": separator} if separator else {}
    if column.scale is None:
        return more
    parts = (part.strip() for value in values for part in (value.split(separator) if separator else [value]))
    words = Counter(filter(None, parts))
    if all(column.scale.code_of(word) for word in words) or len(words) > WORDS:
        return more
    return {**more, "values": {word: column.scale.code_of(word) or "" for word, _ in words.most_common()}}


def _comments(kind: Kind, into: Sequence[dict[str, Any]], sample: _Sample) -> list[str]:
    """Notes for a person to check: required fields without a source, ambiguous dates, unused columns."""
    fields = into[0]["fields"]
    values = [value for sheet in into for value in sheet["fields"].values()]
    used = {cell for value in values for cell in ([value] if isinstance(value, str) else value.get("columns", ()))}
    missing = [column.name for column in kind.columns if column.required and column.name not in fields]
    lines = []
    if fields.get("account") == {"asked": "account"}:
        lines.append(
            "# Whose people they are is not said: import with --account ID, or --account ID=Name for a new one."
        )
    if fields.get("method") == {"constant": USUAL}:
        lines.append(f"# Every contact is taken for {USUAL}: say another of the ten methods where it was one.")
    if missing:
        lines.append(f"# Still needed (a column or a constant): {', '.join(missing)}")
    for cell, forms in sample.unsure.items():
        lines.append(f"# The days in {_line(cell)} can be read in several ways: {' or '.join(forms)}")
    left = [cell for cell in sample.header if cell and cell not in used]
    if left:
        lines.append(f"# Not used: {', '.join(map(_line, left))}")
    others = [column.name for column in kind.columns if column.name not in fields and not column.required]
    lines.append(f"# Other fields of {kind.sheet}: {', '.join(others)}")
    return lines


def _line(cell: str) -> str:
    """A header cell in one line, control characters escaped: YAML refuses them even in comments."""
    return "".join(ch if ch.isprintable() else f"\\u{ord(ch):04x}" for ch in " ".join(cell.split()))


def forms_of_days(cells: Sequence[str]) -> list[str]:
    """The forms that fit every cell that is not an ISO date; empty if there are no such cells, or no form fits all."""
    days = {cell for cell in cells if cell and not _is_iso(cell)}
    return [form for form in DAYS if days and all(_is_day(cell, form) for cell in days)]


def separator_of(cells: Sequence[str]) -> str | None:
    """The separator of lists in most cells; None if there is none, or if it is a semicolon."""
    counts = {separator: sum(separator in cell for cell in cells) for separator in SEPARATORS}
    most = max(SEPARATORS, key=lambda item: counts[item])
    return most if counts[most] and most not in (";", "；") else None


def _is_iso(cell: str) -> bool:
    try:
        datetime.datetime.fromisoformat(cell)
    except ValueError:
        return False
    return cell[4:5] == "-"


def _is_day(cell: str, form: str) -> bool:
    try:
        datetime.datetime.strptime(cell, form)
    except ValueError:
        return False
    return True
