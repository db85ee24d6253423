"""From a table of text to records of a kind, column by column, with everything that is wrong or odd."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from typing import Any

from graph.model.columns import Column
from graph.model.kind import Kind
from graph.model.scales import SUBTYPES_OF
from loaders.cells import ColumnReader, Wrong
from loaders.findings import Finding, shown_value
from loaders.headers import Header, understand
from loaders.tables import Table
from loaders.workbook_marks import FORMULA


@dataclass(frozen=True, slots=True)
class Read:
    """The good rows of a table as records, with their row numbers, and what was found.

    `named` are the ids of every row, good or bad: who refers to a bad row is not told that it does not exist.
    """

    kind: Kind
    table: Table
    header: Header
    records: list[Any]
    rows: list[int]
    findings: list[Finding]
    named: set[str]


def read_records(kind: Kind, table: Table, *, strict: bool, today: datetime.date) -> Read:
    """Understand every cell of a table. Rows with an error give no record."""
    header = understand(kind, table.header)
    findings = list(_of_header(kind, table, header, strict))
    if header.missing or header.twice:
        return Read(kind, table, header, [], [], findings, set())
    columns, found = _columns(kind, table, header)
    findings += found
    findings += [
        Finding(code, "error", table.file, table.sheet, row, column, shown_value(value))
        for row, column, code, value in table.wrong
    ]
    findings += list(_of_rows(kind, table, columns, today))
    bad = {one.row for one in findings if one.severity == "error" and one.row is not None}
    named = {one for one in columns["id"] if isinstance(one, str)} if "id" in columns else set()
    values = [columns[name] for name in kind.fields]
    if not bad:
        return Read(kind, table, header, list(map(kind.record, *values)), table.rows, findings, named)
    good = [i for i, row in enumerate(table.rows) if row not in bad]
    records = [kind.record(*(column[i] for column in values)) for i in good]
    return Read(kind, table, header, records, [table.rows[i] for i in good], findings, named)


def _of_header(kind: Kind, table: Table, header: Header, strict: bool) -> Iterator[Finding]:
    for cell, near in header.unknown:
        code = "unknown_column_near" if near else "unknown_column"
        places = {"near": near} if near else {}
        severity = "error" if strict else "notice"
        yield Finding(code, severity, table.file, table.sheet, 1, cell, shown_value(cell), places)  # type: ignore[arg-type]
    for cell in header.twice:
        yield Finding("column_twice", "error", table.file, table.sheet, 1, cell, shown_value(cell))
    for name in header.missing:
        column = kind.by_name[name]
        yield Finding("missing_column", "error", table.file, table.sheet, 1, name, name, {"zh": column.zh})


def _columns(kind: Kind, table: Table, header: Header) -> tuple[dict[str, list[Any]], list[Finding]]:
    columns: dict[str, list[Any]] = {}
    findings: list[Finding] = []
    defaults = {one.name: None if one.default is MISSING else one.default for one in fields(kind.record)}
    for column in kind.columns:
        place = header.at.get(column.name)
        if place is None:
            columns[column.name] = [defaults[column.name]] * len(table.rows)
            continue
        reader = ColumnReader(column)
        texts = table.columns[place]
        columns[column.name] = values = [reader[text] for text in texts]
        if reader.wrong:
            findings += _wrong_cells(kind, table, column, table.header[place], texts, values)
        if column.cell == "text" and column.scale is None and not all(map(str.isprintable, reader)):
            findings += _odd_characters(kind, table, column, table.header[place], texts)
    return columns, findings


def _wrong_cells(
    kind: Kind, table: Table, column: Column, head: str, texts: list[str], values: list[Any]
) -> Iterator[Finding]:
    for row, text, value in zip(table.rows, texts, values, strict=True):
        if isinstance(value, Wrong):
            code = "formula_without_value" if text == FORMULA else value.code
            shown = None if text == FORMULA else shown_value(text, kind.sheet, column.name)
            yield Finding(code, "error", table.file, table.sheet, row, head, shown, dict(value.places))


def _odd_characters(kind: Kind, table: Table, column: Column, head: str, texts: list[str]) -> Iterator[Finding]:
    for row, text in zip(table.rows, texts, strict=True):
        if text == FORMULA:
            yield Finding("formula_without_value", "error", table.file, table.sheet, row, head)
            continue
        odd = next((ch for ch in text if unicodedata.category(ch) in ("Cc", "Cf") and ch not in "\n\r\t"), None)
        if odd is not None and not _in_identity(column):
            places = {"character": f"U+{ord(odd):04X}"}
            shown = shown_value(text, kind.sheet, column.name)
            yield Finding("odd_character", "notice", table.file, table.sheet, row, head, shown, places)


def _in_identity(column: Column) -> bool:
    return column.key or column.ref is not None


def _of_rows(kind: Kind, table: Table, columns: dict[str, list[Any]], today: datetime.date) -> Iterator[Finding]:
    if kind.sheet != "interactions":
        return
    for row, date in zip(table.rows, columns["date"], strict=True):
        if isinstance(date, datetime.date) and date > today:
            places = {"today": today.isoformat()}
            yield Finding("future_contact", "error", table.file, table.sheet, row, "date", date.isoformat(), places)
    pairs = set(zip(columns["method"], columns["subtype"], strict=True))
    odd = {
        pair
        for pair in pairs
        if isinstance(pair[0], str) and isinstance(pair[1], str) and pair[1] not in SUBTYPES_OF.get(pair[0], ())
    }
    if odd:
        for row, pair in zip(table.rows, zip(columns["method"], columns["subtype"], strict=True), strict=True):
            if pair in odd:
                places = {"method": str(pair[0])}
                yield Finding("other_subtype", "notice", table.file, table.sheet, row, "subtype", str(pair[1]), places)
