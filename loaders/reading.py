"""Files into a batch: find out what each is, read it, understand it, and put the records of all of them together."""

from __future__ import annotations

import datetime
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Kind
from loaders.batch import Batch
from loaders.caps import DEFAULT_CAPS, Caps
from loaders.findings import Finding, Findings, shown_value
from loaders.headers import GUIDES, SHEETS, kind_named, kind_of_header
from loaders.problems import Unreadable, unreadable
from loaders.records import Read, read_records
from loaders.tables import FileFacts, Table


def read(
    paths: Sequence[Path],
    *,
    today: datetime.date,
    encoding: str | None = None,
    strict: bool = False,
    caps: Caps = DEFAULT_CAPS,
) -> Batch:
    """Read and check workbooks, CSV files and folders of CSV. Nothing is raised for what is in them: see `findings`."""
    found = Findings()
    facts: list[FileFacts] = []
    reads: list[Read] = []
    for path in paths:
        try:
            for kind, table, file in _tables(path, encoding, strict, caps, found):
                if file not in facts:
                    facts.append(file)
                one = read_records(kind, table, strict=strict, today=today)
                reads.append(one)
                for finding in one.findings:
                    found.add(finding)
        except Unreadable as problem:
            found.add(problem.finding)
    for finding in _notices_of(facts):
        found.add(finding)
    dataset = _together(reads, found)
    if not found.has_errors and len(dataset) == 0:
        found.add(Finding("nothing_to_read", "error", ", ".join(path.name for path in paths)))
    claimed: dict[str, set[str]] = {}
    for one in reads:
        claimed.setdefault(one.kind.sheet, set()).update(one.named)
    return Batch(dataset, found, tuple(facts), tuple(reads), claimed)


def _tables(
    path: Path, encoding: str | None, strict: bool, caps: Caps, found: Findings
) -> Iterator[tuple[Kind, Table, FileFacts]]:
    mode = _mode(path)
    if stat.S_ISLNK(mode):
        raise unreadable("link", path.name)
    if stat.S_ISDIR(mode):
        yield from _folder(path, encoding, strict, caps, found)
    elif not stat.S_ISREG(mode):
        raise unreadable("device", path.name)
    elif path.suffix.casefold() == ".csv":
        kind = kind_named(path.stem) or kind_of_header(_header(path, encoding, caps))
        if kind is None:
            raise unreadable("unknown_csv", path.name, sheets=", ".join(KINDS))
        yield _csv(path, kind, encoding, caps)
    elif path.suffix.casefold() in (".xlsx", ".xlsm"):
        yield from _workbook(path, strict, caps, found)
    elif path.stat().st_size == 0:
        raise unreadable("empty_file", path.name)
    else:
        raise unreadable("unknown_file", path.name)


def _mode(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except FileNotFoundError as wrong:
        raise unreadable("no_such_file", str(path)) from wrong
    except OSError as wrong:
        raise unreadable("cannot_read", str(path), why=wrong.strerror or type(wrong).__name__) from wrong


def _folder(
    path: Path, encoding: str | None, strict: bool, caps: Caps, found: Findings
) -> Iterator[tuple[Kind, Table, FileFacts]]:
    files = sorted(one for one in path.iterdir() if one.suffix.casefold() == ".csv")
    if not files:
        raise unreadable("empty_folder", path.name)
    for file in files:
        kind = kind_named(file.stem)
        try:
            if kind is None:
                severity = "error" if strict else "notice"
                found.add(Finding("unknown_sheet", severity, file.name, value=file.stem))  # type: ignore[arg-type]
            elif stat.S_ISLNK(mode := _mode(file)):
                raise unreadable("link", file.name)
            elif not stat.S_ISREG(mode):
                raise unreadable("device", file.name)
            else:
                yield _csv(file, kind, encoding, caps)
        except Unreadable as problem:
            found.add(problem.finding)


def _csv(path: Path, kind: Kind, encoding: str | None, caps: Caps) -> tuple[Kind, Table, FileFacts]:
    from loaders.csv_files import read_csv

    table, facts = _opened(path, lambda: read_csv(path, kind.sheet, encoding, caps))
    return kind, table, facts


def _header(path: Path, encoding: str | None, caps: Caps) -> list[str]:
    from loaders.csv_files import header_of

    header: list[str] = _opened(path, lambda: header_of(path, encoding, caps))
    return header


def _workbook(path: Path, strict: bool, caps: Caps, found: Findings) -> Iterator[tuple[Kind, Table, FileFacts]]:
    from loaders.workbook import read_workbook

    tables, facts, others = _opened(path, lambda: read_workbook(path, SHEETS, caps))
    for name in others:
        if name.strip().casefold() not in GUIDES:
            severity = "error" if strict else "notice"
            found.add(Finding("unknown_sheet", severity, path.name, value=shown_value(name)))  # type: ignore[arg-type]
    if not tables:
        raise unreadable("no_known_sheet", path.name, sheets=", ".join(KINDS))
    for table in tables:
        kind = kind_named(table.sheet)
        assert kind is not None
        if table.header:
            yield kind, table, facts


def _opened(path: Path, reads: Any) -> Any:
    try:
        return reads()
    except PermissionError as wrong:
        raise unreadable("cannot_read", path.name, why=wrong.strerror or "") from wrong


def _notices_of(facts: list[FileFacts]) -> Iterator[Finding]:
    for one in facts:
        for sheet in one.hidden:
            yield Finding("hidden_sheet", "notice", one.file, sheet)
        if one.encoding is not None and one.encoding not in ("utf-8", "utf-8-sig"):
            places = {"encoding": one.encoding, "preview": one.preview or ""}
            yield Finding("encoding_found", "notice", one.file, places=places)
        if one.delimiter is not None and one.delimiter != ",":
            yield Finding("delimiter_found", "notice", one.file, value={"\t": "tab"}.get(one.delimiter, one.delimiter))


def _together(reads: list[Read], found: Findings) -> Dataset:
    """One dataset of all tables: identical rows merged and said so, different ones with one key refused."""
    dataset = Dataset()
    for kind in KINDS.values():
        own = [one for one in reads if one.kind is kind]
        if not own:
            continue
        given = {frozenset(one.header.at) for one in own}
        if len(given) > 1:
            for one in own[1:]:
                found.add(Finding("different_columns", "error", one.table.file, one.table.sheet))
        dataset.given[kind.record] = frozenset().union(*given)
        dataset.of(kind.record).extend(_without_twins(kind, own, found))
    return dataset


def _without_twins(kind: Kind, own: list[Read], found: Findings) -> list[Any]:
    records = [_canonical(kind, record) for one in own for record in one.records]
    keys = list(map(kind.key_of, records))
    if len(set(keys)) == len(keys):
        return records
    places = [(one.table, row) for one in own for row in one.rows]
    first: dict[Any, int] = {}
    for i, key in enumerate(keys):
        before = first.setdefault(key, i)
        if before == i:
            continue
        (table, row), (_, earlier) = places[i], places[before]
        same = records[i] == records[before]
        code, severity = ("merged_rows", "notice") if same else ("duplicate_key", "error")
        value = shown_value(" / ".join(key), kind.sheet, kind.key[0])
        spot = {"earlier": str(earlier)}
        found.add(Finding(code, severity, table.file, table.sheet, row, kind.key[0], value, spot))  # type: ignore[arg-type]
    return [records[i] for i in first.values()]


def _canonical(kind: Kind, record: Any) -> Any:
    """A record whose ends say nothing by their order has them in one order."""
    edge = kind.edge
    if edge is not None and not edge.directed:
        a, b = getattr(record, edge.source), getattr(record, edge.target)
        if b < a:
            setattr(record, edge.source, b)
            setattr(record, edge.target, a)
    return record
