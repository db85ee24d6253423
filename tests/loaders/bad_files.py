"""Files for tests: a small good account as a CSV folder or a workbook, with one thing in it changed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

Build = Callable[[Path], Path]

GOOD_CSV = {
    "accounts": "id,name\na,Acme\nb,Other\n",
    "people": "id,account,name\np,a,Pei\nq,a,Qin\nx,b,Xu\n",
    "team": "id,role\nm,AR\n",
}
GOOD_ROWS: dict[str, list[list[Any]]] = {
    "accounts": [["id", "name"], ["a", "Acme"], ["b", "Other"]],
    "people": [["id", "account", "name"], ["p", "a", "Pei"], ["q", "a", "Qin"], ["x", "b", "Xu"]],
    "team": [["id", "role"], ["m", "AR"]],
}


def folder(**files: str | bytes | None) -> Build:
    """A CSV folder: the good account with these files instead or besides; None leaves one out."""

    def build(at: Path) -> Path:
        made = at / "account"
        made.mkdir()
        wanted: dict[str, str | bytes | None] = {**GOOD_CSV, **files}
        for name, written in wanted.items():
            if written is not None:
                raw = written if isinstance(written, bytes) else written.encode()
                (made / f"{name}.csv").write_bytes(raw)
        return made

    return build


def one_file(name: str, raw: bytes) -> Build:
    """A single file."""

    def build(at: Path) -> Path:
        (at / name).write_bytes(raw)
        return at / name

    return build


def book(**sheets: Sequence[Sequence[Any]] | None) -> Build:
    """A workbook: the good account with these sheets instead or besides; None leaves one out."""

    def build(at: Path) -> Path:
        made = openpyxl.Workbook()
        assert made.active is not None
        made.remove(made.active)
        wanted: dict[str, Sequence[Sequence[Any]] | None] = {**GOOD_ROWS, **sheets}
        for name, rows in wanted.items():
            if rows is not None:
                sheet = made.create_sheet(name)
                for row in rows:
                    sheet.append(list(row))
        path = at / "account.xlsx"
        made.save(path)
        return path

    return build


def edited_book(edit: Callable[[Any], None], **sheets: Sequence[Sequence[Any]] | None) -> Build:
    """A workbook changed with openpyxl after its rows are in."""

    def build(at: Path) -> Path:
        path = book(**sheets)(at)
        made = openpyxl.load_workbook(path)
        edit(made)
        made.save(path)
        return path

    return build


def shared_book(at: Path) -> Path:
    """The good account as Excel writes it: each text once, in a part of its own."""
    path = at / "account.xlsx"
    with xlsxwriter.Workbook(path) as made:
        for name, rows in GOOD_ROWS.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def repacked_book(change: Callable[[dict[str, bytes]], Mapping[str, bytes]], base: Build | None = None) -> Build:
    """A workbook whose parts are changed as bytes."""

    def build(at: Path) -> Path:
        path = (base or book())(at)
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, raw in change(parts).items():
                archive.writestr(name, raw)
        return path

    return build


def replaced(part: str, old: bytes, new: bytes, base: Build | None = None) -> Build:
    """A workbook in one part of which some bytes stand for others."""

    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        assert old in parts[part], parts[part][:300]
        return {**parts, part: parts[part].replace(old, new)}

    return repacked_book(change, base)
