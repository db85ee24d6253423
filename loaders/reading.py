"""Files into a batch: find out what each is, read it, understand it, and put the records of all of them together."""

from __future__ import annotations

import datetime
import gc
import stat
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from graph.model.kind import KINDS, Kind
from loaders.batch import Batch
from loaders.caps import DEFAULT_CAPS, Caps
from loaders.findings import Finding, Findings, shown_value
from loaders.headers import GUIDES, kind_named, kind_of_header
from loaders.problems import Unreadable, unreadable
from loaders.records import Read, read_records
from loaders.tables import FileFacts, Table
from loaders.together import together

if TYPE_CHECKING:
    from loaders.mapped import Mapped
    from loaders.mapping import Mapping, TableMap

T = TypeVar("T")


def read(
    paths: Sequence[Path],
    *,
    today: datetime.date,
    encoding: str | None = None,
    strict: bool = False,
    mapping: Path | None = None,
    as_kind: str | None = None,
    caps: Caps = DEFAULT_CAPS,
) -> Batch:
    """Read and check workbooks, CSV files and folders of CSV. Nothing is raised for what is in them: see `findings`.

    `today` is the last day on which a contact can have been. `encoding` is taken for every CSV file instead of what its
    bytes suggest. `strict` refuses unknown sheets and columns. `mapping` says how tables of another program become
    ours, before the mappings that are shipped. `as_kind` names what every CSV file is, a sheet or a mapped table,
    instead of what its name and header say.
    """
    reading = _Reading(today, encoding, strict, caps, as_kind)
    if mapping is not None:
        reading.take_mapping(mapping)
    with _without_collector():
        for path in paths:
            reading.take(path)
        return reading.batch(paths)


class _All(Container[str]):
    """Every id: what a file may hold that could not be read."""

    def __contains__(self, one: object) -> bool:
        return True


@dataclass
class _Reading:
    """What has been read so far."""

    today: datetime.date
    encoding: str | None
    strict: bool
    caps: Caps
    as_kind: str | None
    own_mappings: list[Mapping] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    facts: list[FileFacts] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def take_mapping(self, path: Path) -> None:
        """Have a mapping before the shipped ones."""
        from loaders.mapping import load_mapping

        try:
            self.own_mappings.append(load_mapping(path))
        except Unreadable as problem:
            self.found.append(problem.finding)

    @cached_property
    def mappings(self) -> list[Mapping]:
        """Every mapping, read where a table is not one of ours."""
        from loaders.mapping import shipped_mappings

        return [*self.own_mappings, *shipped_mappings()]

    def take(self, path: Path) -> None:
        """Read a path, whatever it is."""
        try:
            mode = _mode(path)
            if stat.S_ISDIR(mode):
                self._folder(path)
            elif path.suffix.casefold() == ".csv":
                self._csv(path, kind_named(path.stem))
            elif path.suffix.casefold() == ".json":
                self._record_tree(path)
            elif path.suffix.casefold() in (".xlsx", ".xlsm"):
                self._workbook(path)
            else:
                raise unreadable("empty_file" if path.stat().st_size == 0 else "unknown_file", path.name)
        except Unreadable as problem:
            self.found.append(problem.finding)
            self.unread.update(KINDS)

    def batch(self, paths: Sequence[Path]) -> Batch:
        """Everything read, put together."""
        dataset, found = together(self.reads)
        found += self.found
        found += [finding for one in self.reads for finding in one.findings]
        found += _notices_of(self.facts)
        if not any(one.severity == "error" for one in found) and len(dataset) == 0:
            found.append(Finding("nothing_to_read", ", ".join(path.name for path in paths)))
        return Batch(dataset, Findings(found), tuple(self.facts), tuple(self.reads), self._claimed())

    def _claimed(self) -> dict[str, Container[str]]:
        claimed: dict[str, Container[str]] = {sheet: _All() for sheet in self.unread}
        for sheet in set(KINDS) - self.unread:
            named = [one.named for one in self.reads if one.kind.sheet == sheet]
            known = [one for one in named if one is not None]
            claimed[sheet] = set().union(*known) if len(known) == len(named) else _All()
        return claimed

    def _folder(self, path: Path) -> None:
        files = sorted(one for one in _opened(path, lambda: list(path.iterdir())) if one.suffix.casefold() == ".csv")
        if not files:
            raise unreadable("empty_folder", path.name)
        for file in files:
            kind = kind_named(file.stem)
            if kind is None:
                self.found.append(Finding("unknown_sheet", file.name, value=shown_value(file.stem), strict=self.strict))
                continue
            try:
                if stat.S_ISDIR(_mode(file)):
                    raise unreadable("device", file.name)
                self._csv(file, kind)
            except Unreadable as problem:
                self.found.append(problem.finding)
                self.unread.add(kind.sheet)

    def _csv(self, path: Path, named: Kind | None) -> None:
        from loaders.csv_files import header_of, read_csv
        from loaders.mapping import table_map

        kind = named
        if self.as_kind is not None:
            kind, foreign = self._asked(path, self.as_kind)
            if foreign is not None:
                self._foreign(path, foreign)
                return
        if kind is None:
            header = _opened(path, lambda: header_of(path, self.encoding, self.caps))
            foreign = table_map(self.mappings, path.stem, header)
            if foreign is not None:
                self._foreign(path, foreign)
                return
            kind = kind_of_header(header)
        if kind is None:
            raise unreadable("unknown_csv", path.name, sheets=", ".join(KINDS))
        table, facts = _opened(path, lambda: read_csv(path, kind.sheet, self.encoding, self.caps))
        self.facts.append(facts)
        self._table(kind, table)

    def _asked(self, path: Path, name: str) -> tuple[Kind | None, TableMap | None]:
        """The sheet or the mapped table that somebody says the file is; of several tables the one that it fits."""
        from loaders.csv_files import header_of

        kind = kind_named(name)
        if kind is not None:
            return kind, None
        tables = [table for one in self.mappings for table in one.tables]
        called = [one for one in tables if one.is_called(name)]
        if not called:
            known = ", ".join((*KINDS, *(one.name for one in tables)))
            raise unreadable("unknown_kind", path.name, value=name, known=known)
        header = _opened(path, lambda: header_of(path, self.encoding, self.caps))
        return None, next((one for one in called if one.fits(name, header)), called[0])

    def _foreign(self, path: Path, foreign: TableMap) -> None:
        """A table of another program: read once for each sheet that its rows become records of."""
        from loaders.csv_files import read_csv
        from loaders.mapped import Mapped

        for number, into in enumerate(foreign.into):
            table, facts = _opened(path, partial(read_csv, path, into.sheet, self.encoding, self.caps))
            self.facts.append(facts)
            self._mapped(Mapped(table, into, main=number == 0))

    def _record_tree(self, path: Path) -> None:
        """Records of another program in JSON, a table a type."""
        from loaders.mapped import Mapped
        from loaders.mapping import table_map
        from loaders.record_trees import read_record_tree

        tables, facts = _opened(path, lambda: read_record_tree(path, self.caps))
        self.facts.append(facts)
        for table in tables:
            foreign = table_map(self.mappings, table.sheet, table.header)
            if foreign is None:
                value = shown_value(table.sheet)
                self.found.append(Finding("unknown_sheet", path.name, value=value, strict=self.strict))
            for number, into in enumerate(() if foreign is None else foreign.into):
                self._mapped(Mapped(table, into, main=number == 0))

    def _mapped(self, mapped: Mapped) -> None:
        self._table(KINDS[mapped.into.sheet], mapped.ours())
        self.found += mapped.findings()

    def _workbook(self, path: Path) -> None:
        from loaders.workbook import opened_workbook

        with ExitStack() as stack:
            book = _opened(path, lambda: stack.enter_context(opened_workbook(path, self.caps)))
            self.facts.append(book.facts)
            known = 0
            for name in book.sheets:
                kind = kind_named(name)
                if kind is not None:
                    known += 1
                    self._sheet(kind, partial(book.table, name))
                elif name.strip().casefold() not in GUIDES:
                    value = shown_value(name)
                    self.found.append(Finding("unknown_sheet", path.name, value=value, strict=self.strict))
            if not known:
                raise unreadable("no_known_sheet", path.name, sheets=", ".join(KINDS))

    def _sheet(self, kind: Kind, opened: Callable[[], Table | None]) -> None:
        """Read a sheet; one that cannot be read does not keep the others from being checked."""
        try:
            table = opened()
            if table is not None:
                self._table(kind, table)
        except Unreadable as problem:
            self.found.append(problem.finding)
            self.unread.add(kind.sheet)

    def _table(self, kind: Kind, table: Table) -> None:
        self.reads.append(read_records(kind, table, strict=self.strict, today=self.today, caps=self.caps))


def _mode(path: Path) -> int:
    """What kind of thing a path is. Raises Unreadable where it is neither a file nor a folder."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError as wrong:
        raise unreadable("no_such_file", str(path)) from wrong
    except (OSError, ValueError) as wrong:
        raise unreadable("cannot_read", str(path), why=_why(wrong)) from wrong
    if stat.S_ISLNK(mode):
        raise unreadable("link", path.name)
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise unreadable("device", path.name)
    return mode


def _opened(path: Path, opens: Callable[[], T]) -> T:
    try:
        return opens()
    except OSError as wrong:
        raise unreadable("cannot_read", path.name, why=_why(wrong)) from wrong


def _why(wrong: Exception) -> str:
    return getattr(wrong, "strerror", None) or type(wrong).__name__


def _notices_of(facts: list[FileFacts]) -> Iterator[Finding]:
    for one in facts:
        for sheet in one.hidden:
            yield Finding("hidden_sheet", one.file, sheet)
        if one.encoding is not None and one.encoding not in ("utf-8", "utf-8-sig"):
            said = {"encoding": one.encoding, "preview": one.preview or ""}
            yield Finding("encoding_found", one.file, places=said)
        if one.delimiter is not None and one.delimiter != ",":
            yield Finding("delimiter_found", one.file, value={"\t": "tab"}.get(one.delimiter, one.delimiter))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Without Python's search for reference cycles: records have none, and it would look at them all, often."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
