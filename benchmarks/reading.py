"""A CSV file of a million rows, a workbook and a mailbox of a hundred thousand, beside bare readers of the same."""

from __future__ import annotations

import csv
import datetime
import mailbox
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import xlsxwriter

from benchmarks.measuring import Result, peak_memory, seconds, side_by_side
from graph.model import Account, Person, TeamMember
from graph.model.dataset import Dataset
from graph.model.gc_pause import gc_paused
from graph.store import open_store
from loaders import read
from loaders.asked import Asked
from swaymap.importing import import_paths

TODAY = datetime.date(2026, 11, 23)
FIRST = datetime.date(2026, 1, 1)
ROWS, SHEET_ROWS, MAILS = 1_000_000, 100_000, 100_000
PEOPLE, MEMBERS = 20_000, 10
MEMORY_LIMIT_MB = 1_500.0
STORED_A_SECOND = 50_000.0
HEADER = "id date method subtype people members response customer_headcount source notes".split()


def read_csv_1m() -> Result:
    """Rows a second of a CSV of interactions parsed and checked; the peer is pandas.read_csv of the file as text."""
    with _folder() as folder:
        path = write_interactions(folder, ROWS)
        return side_by_side(
            lambda: ROWS / seconds(lambda: read_rows(path)),
            lambda: ROWS / seconds(lambda: pd.read_csv(path, dtype=str)),
            unit="rows/s",
            runs=3,
            better="higher",
        )


def read_csv_1m_memory() -> Result:
    """Peak memory of a whole process that does it, in MB; the peer is the limit."""
    with _folder() as folder:
        path = write_interactions(folder, ROWS)
        command = [sys.executable, "-c", f"from benchmarks.reading import *; read_rows(Path({str(path)!r}))"]
        return side_by_side(lambda: peak_memory(command), lambda: MEMORY_LIMIT_MB, unit="MB", runs=1, warmup=0)


def import_csv_1m() -> Result:
    """Rows a second of the same, with their people, into a fresh SQLite store; the peer is the limit."""
    with _folder() as folder:
        write_parties(folder)
        write_interactions(folder, ROWS)
        rows = ROWS + PEOPLE + MEMBERS + 1

        def ours() -> float:
            with tempfile.TemporaryDirectory() as name:
                return rows / seconds(lambda: _stored(folder, f"sqlite:///{Path(name) / 'ours.db'}"))

        return side_by_side(ours, lambda: STORED_A_SECOND, unit="rows/s", runs=3, better="higher", warmup=0)


def read_xlsx_100k() -> Result:
    """Rows a second of a workbook parsed and checked in a process of its own; the peer is openpyxl's bare pass."""
    with _folder() as folder:
        path = folder / "interactions.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            sheet = book.add_worksheet("interactions")
            for number, row in enumerate([HEADER, *_interactions(SHEET_ROWS)]):
                sheet.write_row(number, 0, row)
        return side_by_side(
            lambda: SHEET_ROWS / seconds(lambda: read_rows(path)),
            lambda: SHEET_ROWS / seconds(lambda: _bare_workbook(path)),
            unit="rows/s",
            runs=3,
            better="higher",
        )


def read_mbox_100k() -> Result:
    """Mails a second of a mailbox that become interactions; the peer is the library's bare pass over headers."""
    with _folder() as folder:
        path = folder / "team.mbox"
        _write_mails(path)
        return side_by_side(
            lambda: MAILS / seconds(lambda: _mails_read(path)),
            lambda: MAILS / seconds(lambda: _bare_mailbox(path)),
            unit="mails/s",
            runs=3,
            better="higher",
        )


def read_rows(path: Path) -> None:
    """Read one file as an import does; every row must be good."""
    with gc_paused():
        batch = read([path], Asked(today=TODAY))
    assert not batch.findings.has_errors
    assert len(batch.dataset) in (ROWS, SHEET_ROWS)


def write_interactions(folder: Path, rows: int) -> Path:
    """A CSV file of interactions."""
    path = folder / "interactions.csv"
    _write(path, HEADER, _interactions(rows))
    return path


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def _interactions(rows: int) -> Iterator[list[Any]]:
    days = [(FIRST + datetime.timedelta(days=i)).isoformat() for i in range(300)]
    for i in range(rows):
        yield [
            f"i{i}", days[i % 300], "daily_contact", "visit", f"p{i % PEOPLE}", f"m{i % MEMBERS}",
            "two_way", i % 5 + 1, "calendar", f"Talked about the project, part {i}",
        ]  # fmt: skip


def write_parties(folder: Path) -> None:
    """CSV files of an account, its people and our team, as the interactions name them."""
    _write(folder / "accounts.csv", ["id", "name"], iter([["a", "Account"]]))
    _write(folder / "team.csv", ["id", "name", "role"], ([f"m{i}", f"Member {i}", "AR"] for i in range(MEMBERS)))
    people = ([f"p{i}", "a", f"Person {i}", "Manager", i % 7 + 1] for i in range(PEOPLE))
    _write(folder / "people.csv", ["id", "account", "name", "title", "level"], people)


def _write(path: Path, header: list[str], rows: Iterator[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _stored(folder: Path, url: str) -> None:
    store = open_store(url)
    try:
        assert import_paths(store, [folder], Asked(today=TODAY)).receipt is not None
    finally:
        store.close()


def _bare_workbook(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True)
    for _ in book["interactions"].iter_rows(values_only=True):
        pass
    book.close()


def _write_mails(path: Path) -> None:
    """Mails between 50 people of the customer and our team, every second one an answer to the one before."""
    with path.open("w", encoding="utf-8") as file:
        for i in range(MAILS):
            day = FIRST + datetime.timedelta(days=i % 300)
            ours, theirs = (
                f"Member {i % MEMBERS} <m{i % MEMBERS}@ours.example>",
                f"Person {i % 50} <p{i % 50}@theirs.example>",
            )
            sender, to = (ours, theirs) if i % 2 else (theirs, ours)
            answer = f"In-Reply-To: <{i - 1}@mail>\nReferences: <{i - 1}@mail>\n" if i % 2 else ""
            file.write(
                f"From {i} Mon Jan  1 00:00:00 2026\nFrom: {sender}\nTo: {to}\nCc: p{(i + 7) % 50}@theirs.example\n"
                f"Date: {day:%a, %d %b %Y} 10:{i % 60:02}:00 +0000\nMessage-ID: <{i}@mail>\n{answer}"
                f"Subject: Point {i}\nContent-Type: text/plain; charset=utf-8\n\n"
                + "A line of the letter that nobody reads here.\n" * 10
                + "\n"
            )


def _mails_read(path: Path) -> None:
    people = [Person(f"p{i}", "a", name=f"Person {i}", addresses=(f"p{i}@theirs.example",)) for i in range(50)]
    team = [TeamMember(f"m{i}", name=f"Member {i}", addresses=(f"m{i}@ours.example",)) for i in range(MEMBERS)]
    known = Dataset.collect([Account("a", name="Account"), *people, *team])
    batch = read([path], Asked(today=TODAY, account="a", our_domains=frozenset({"ours.example"}), known=lambda: known))
    assert not batch.findings.has_errors
    assert len(batch.dataset) == MAILS


def _bare_mailbox(path: Path) -> None:
    box = mailbox.mbox(path, factory=BytesHeaderParser().parse, create=False)  # type: ignore[arg-type]
    assert sum(1 for _ in box) == MAILS
    box.close()
