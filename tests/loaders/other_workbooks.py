"""Writes `.ods`, `.xls` and `.parquet` files from rows, without a spreadsheet program.

The `.xls` writer makes a BIFF8 stream in a compound file: just the records that a reader of cells needs.
"""

from __future__ import annotations

import datetime
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

Rows = Sequence[Sequence[Any]]
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style", "manifest")
)


def ods_parts(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> dict[str, str]:
    """The parts of an OpenDocument spreadsheet."""
    tables = []
    for name, rows in sheets.items():
        body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        style = ' table:style-name="hidden"' if name in hidden else ""
        tables.append(f"<table:table table:name={quoteattr(name)}{style}>{body}</table:table>")
    style = (
        '<office:automatic-styles><style:style style:name="hidden" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    content = f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
    return {
        "mimetype": MIMETYPE,
        "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES}>'
        f"{style}{content}</office:document-content>",
        "META-INF/manifest.xml": f"<manifest:manifest {_NAMESPACES}>"
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/></manifest:manifest>',
    }


def write_ods(path: Path, sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> Path:
    """Write an OpenDocument spreadsheet."""
    return write_parts(path, ods_parts(sheets, hidden))


def write_parts(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write a ZIP archive of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return path


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        kind = f'"boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, int | float):
        kind = f'"float" office:value="{value}"'
    elif isinstance(value, datetime.date):
        kind = f'"date" office:date-value="{value.isoformat()}"'
    else:
        kind = '"string"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f"<table:table-cell office:value-type={kind}>{lines}</table:table-cell>"


def write_xls(path: Path, sheets: Mapping[str, Rows], hidden: Sequence[str] = (), extra: bytes = b"") -> Path:
    """Write an Excel 97 workbook; `extra` are records that stand at the head of it."""
    path.write_bytes(_compound_file(_biff8(sheets, hidden, extra)))
    return path


def record(number: int, content: bytes) -> bytes:
    """A BIFF record."""
    return struct.pack("<HH", number, len(content)) + content


def _biff8(sheets: Mapping[str, Rows], hidden: Sequence[str], extra: bytes) -> bytes:
    styles = b"".join(record(0xE0, struct.pack("<HHHHHIII", 0, form, 0, 0, 0, 0, 0, 0)) for form in (0, 14))
    head = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)) + extra + record(0x42, b"\xb0\x04") + styles
    bodies = [_sheet(rows) for rows in sheets.values()]
    names = [struct.pack("<BB", len(name), 1) + name.encode("utf-16-le") for name in sheets]
    at = len(head) + sum(4 + 6 + len(name) for name in names) + 4
    for title, name, body in zip(sheets, names, bodies, strict=True):
        head += record(0x85, struct.pack("<IBB", at, title in hidden, 0) + name)
        at += len(body)
    return head + record(0x0A, b"") + b"".join(bodies)


def _sheet(rows: Rows) -> bytes:
    cells = [_xls_cell(y, x, value) for y, row in enumerate(rows) for x, value in enumerate(row) if value is not None]
    return record(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 6)) + b"".join(cells) + record(0x0A, b"")


def _xls_cell(row: int, column: int, value: Any) -> bytes:
    place = struct.pack("<HHH", row, column, isinstance(value, datetime.date))
    if isinstance(value, bool):
        return record(0x205, place + bytes((value, 0)))
    if isinstance(value, datetime.date):
        value = (value - datetime.date(1899, 12, 30)).days
    if isinstance(value, int | float):
        return record(0x203, place + struct.pack("<d", value))
    if value == "#N/A":
        return record(0x205, place + b"\x2a\x01")
    text = value.encode("utf-16-le")
    return record(0x204, place + struct.pack("<HB", len(text) // 2, 1) + text)


def _compound_file(stream: bytes) -> bytes:
    """An OLE compound file with one stream, `Workbook`: header, allocation tables, directory, stream."""
    sector, free, end, table = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    stream += bytes(max(4096 - len(stream), 0))
    stream += bytes(-len(stream) % sector)
    sectors = len(stream) // sector
    tables = 1
    while tables * 128 < tables + 1 + sectors:
        tables += 1
    chain = [table] * tables + [end]
    chain += [tables + 2 + number for number in range(sectors - 1)] + [end]
    chain += [free] * (tables * 128 - len(chain))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, end, 0, end, 0)
    header += b"".join(struct.pack("<I", number if number < tables else free) for number in range(109))
    directory = _entry("Root Entry", 5, 1, end, 0) + _entry("Workbook", 2, free, tables + 1, len(stream)) + bytes(256)
    return header + struct.pack(f"<{len(chain)}I", *chain) + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    free = 0xFFFFFFFF
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    return head + struct.pack("<III", free, free, child) + bytes(36) + struct.pack("<IQ", start, size)


def write_parquet(path: Path, rows: Rows) -> Path:
    """Write a Parquet file; the first row is the header."""
    import pyarrow
    from pyarrow import parquet

    header, *body = rows
    columns = {name: [row[place] for row in body] for place, name in enumerate(header)}
    parquet.write_table(pyarrow.table(columns), path)
    return path
