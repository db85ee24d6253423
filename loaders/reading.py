"""Files into a batch: find out what each is, read it, understand it, and put the records of all of them together."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.model.kind import KINDS, Kind
from loaders.asked import Asked
from loaders.batch import Batch
from loaders.collector import collector_at_rest
from loaders.findings import Finding, Findings, shown_value
from loaders.forms import Form, files_in, form_of, is_folder, why
from loaders.headers import GUIDES, kind_named, kind_of_header
from loaders.problems import Unreadable, unreadable
from loaders.records import Read, read_records
from loaders.tables import FileFacts, Table, watched
from loaders.together import together

if TYPE_CHECKING:
    from loaders.foreign import Foreign
    from loaders.mapping import Mapping, TableMap
    from loaders.parties import Told


def read(paths: Sequence[Path], asked: Asked | None = None, **said: Any) -> Batch:
    """Read and check files and folders, whatever they are. Nothing is raised for what is in them: see `findings`.

    What is said beside them is an `Asked`, or its fields by name.
    """
    reading = _Reading(asked or Asked(**said))
    reading.look_at_mapping()
    with collector_at_rest():
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

    asked: Asked
    found: list[Finding] = field(default_factory=list)
    facts: list[FileFacts] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    later: list[Path] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    own: tuple[Mapping, ...] = ()

    @cached_property
    def foreign(self) -> Foreign:
        """The tables of other programs, looked at where one is not ours."""
        from loaders.foreign import Foreign

        return Foreign(self.asked, self.own)

    def look_at_mapping(self) -> None:
        """Say what is wrong with one's own mapping, whether or not a file needs it."""
        from loaders.mapping import load_mapping

        try:
            if self.asked.mapping is not None:
                self.own = (load_mapping(self.asked.mapping),)
        except Unreadable as problem:
            self.found.append(problem.finding)

    def take(self, path: Path) -> None:
        """Read a path, whatever it is."""
        try:
            if is_folder(path):
                self._folder(path)
            else:
                self._file(path)
        except Unreadable as problem:
            self._unreadable(problem, KINDS)

    def _unreadable(self, problem: Unreadable, sheets: Iterable[str]) -> None:
        self.found.append(problem.finding)
        self.unread.update(sheets)

    def batch(self, paths: Sequence[Path]) -> Batch:
        """Everything read, put together."""
        from loaders.people_found import people_found

        extra = people_found(self.asked, self.reads, self.told, self.later)
        self.reads += extra.reads
        self.facts += extra.facts
        dataset, found = together(self.reads)
        found += [*self.found, *extra.findings]
        found += [finding for one in self.reads for finding in one.findings]
        found += _notices_of(self.facts)
        if not any(one.severity == "error" for one in found) and len(dataset) == 0:
            found.append(Finding("nothing_to_read", ", ".join(path.name for path in paths)))
        used = tuple(self.foreign.used) if "foreign" in self.__dict__ else ()
        return Batch(
            dataset,
            Findings(found),
            tuple(self.facts),
            tuple(self.reads),
            self._claimed(),
            matches=extra.matches,
            suggestions=extra.suggestions,
            mails=extra.mails,
            used=used,
        )

    def _claimed(self) -> dict[str, Container[str]]:
        claimed: dict[str, Container[str]] = {sheet: _All() for sheet in self.unread}
        for sheet in set(KINDS) - self.unread:
            named = [one.named for one in self.reads if one.kind.sheet == sheet]
            known = [one for one in named if one is not None]
            claimed[sheet] = set().union(*known) if len(known) == len(named) else _All()
        return claimed

    def _folder(self, path: Path) -> None:
        """Every file in a folder that is one of ours or one that we know; what is neither is said."""
        files = list(files_in(path))
        if not files:
            raise unreadable("empty_folder", path.name)
        for file in files:
            self._of_folder(file)

    def _of_folder(self, file: Path) -> None:
        kind = kind_named(file.stem) if file.suffix.casefold() == ".csv" else None
        try:
            if is_folder(file):
                raise unreadable("device", file.name)
            self._file(file)
        except Unreadable as problem:
            if problem.finding.code in ("unknown_csv", "no_record_tree", "no_known_sheet"):
                value = shown_value(file.stem)
                self.found.append(Finding("unknown_sheet", file.name, value=value, strict=self.asked.strict))
                return
            self._unreadable(problem, KINDS if kind is None else (kind.sheet,))

    def _file(self, path: Path) -> None:
        """Read a file. Raises Unreadable."""
        readers: dict[Form, Callable[[Path], None]] = {
            "csv": self._csv,
            "json": self._record_tree,
            "workbook": self._workbook,
            "letters": self._letters,
            "calendar": self._calendar,
        }
        try:
            form = form_of(path)
            if form is None:
                raise unreadable("empty_file" if path.stat().st_size == 0 else "unknown_file", path.name)
            readers[form](path)
        except OSError as wrong:
            raise unreadable("cannot_read", path.name, why=why(wrong)) from wrong

    def _csv(self, path: Path) -> None:
        from loaders.csv_files import first_rows, header_of, read_csv
        from loaders.linkedin import is_connections

        asked = self.asked
        kind, foreign = kind_named(path.stem), None
        if asked.as_kind is not None:
            kind, foreign = self._asked_for(path, asked.as_kind)
        elif kind is None:
            head, rows = first_rows(path, asked.encoding, asked.caps, 10)
            if is_connections([head, *rows]):
                self.later.append(path)
                return
            header = header_of(path, asked.encoding, asked.caps)
            foreign = self.foreign.fitting(path.stem, header)
            kind = None if foreign else kind_of_header(header)
        if foreign is not None:

            def opened(sheet: str) -> Table:
                table, facts = read_csv(path, sheet, asked.encoding, asked.caps, foreign.header)
                self.facts.append(facts)
                return table

            self._foreign(foreign, path.name, opened)
        elif kind is None:
            raise unreadable("unknown_csv", path.name, sheets=", ".join(KINDS))
        else:
            table, facts = read_csv(path, kind.sheet, asked.encoding, asked.caps)
            self.facts.append(facts)
            self._table(kind, table)

    def _asked_for(self, path: Path, name: str) -> tuple[Kind | None, TableMap | None]:
        """The sheet or the mapped table that somebody says the file is; of several tables the one that it fits."""
        from loaders.csv_files import header_of

        kind = kind_named(name)
        if kind is not None:
            return kind, None
        try:
            called = self.foreign.called(name)
        except KeyError as unknown:
            raise unreadable("unknown_kind", path.name, value=name, known=unknown.args[0]) from None
        header = header_of(path, self.asked.encoding, self.asked.caps)
        return None, next((one for one in called if one.fits(name, header)), called[0])

    def _foreign(self, foreign: TableMap, file: str, opened: Callable[[str], Table | None]) -> None:
        for read, lost in self.foreign.read(foreign, file, opened):
            self.reads.append(read)
            self.found += lost

    def _record_tree(self, path: Path) -> None:
        """Records of another program in JSON, a table a type."""
        from loaders.record_trees import read_record_tree

        tables, facts = read_record_tree(path, self.asked.caps)
        self.facts.append(facts)
        for table in tables:
            foreign = self.foreign.fitting(table.sheet, table.header)
            if foreign is None:
                value = shown_value(table.sheet)
                self.found.append(Finding("unknown_sheet", path.name, value=value, strict=self.asked.strict))
            else:
                self._foreign(foreign, path.name, lambda sheet, table=table: replace(table, sheet=sheet))  # type: ignore[misc]

    def _workbook(self, path: Path) -> None:
        from loaders.confined_workbook import confined_workbook

        with ExitStack() as stack:
            book = stack.enter_context(confined_workbook(path, self.asked.caps))
            self.facts.append(book.facts)
            known = 0
            for name in book.sheets:
                kind = kind_named(name)
                if kind is not None:
                    known += 1
                    self._sheet(kind, partial(book.table, name))
                elif name.strip().casefold() not in GUIDES:
                    foreign = self.foreign.fitting(name, book.header(name))
                    if foreign is None:
                        value = shown_value(name)
                        self.found.append(Finding("unknown_sheet", path.name, value=value, strict=self.asked.strict))
                    else:
                        known += 1
                        self._foreign(foreign, path.name, partial(book.table, name))
            if not known:
                raise unreadable("no_known_sheet", path.name, sheets=", ".join(KINDS))

    def _sheet(self, kind: Kind, opened: Callable[[], Table | None]) -> None:
        """Read a sheet; one that cannot be read does not keep the others from being checked."""
        try:
            table = opened()
            if table is not None:
                self._table(kind, table)
        except Unreadable as problem:
            self._unreadable(problem, (kind.sheet,))

    def _table(self, kind: Kind, table: Table) -> None:
        asked = self.asked
        self.reads.append(
            read_records(kind, watched(table, asked.rows_read), strict=asked.strict, today=asked.today, caps=asked.caps)
        )

    def _letters(self, path: Path) -> None:
        from loaders.letters import letters

        told, facts = letters(path, self.asked.caps)
        self.told.append(told)
        self.facts.append(facts)

    def _calendar(self, path: Path) -> None:
        from loaders.calendars import meetings

        told, facts = meetings(path, self.asked.last_day, self.asked.caps)
        self.told.append(told)
        self.facts.append(facts)


def _notices_of(facts: list[FileFacts]) -> Iterator[Finding]:
    for one in facts:
        for sheet in one.hidden:
            yield Finding("hidden_sheet", one.file, sheet)
        if one.encoding is not None and one.encoding not in ("utf-8", "utf-8-sig"):
            said = {"encoding": one.encoding, "preview": one.preview or ""}
            yield Finding("encoding_found", one.file, places=said)
        if one.delimiter is not None and one.delimiter != ",":
            yield Finding("delimiter_found", one.file, value={"\t": "tab"}.get(one.delimiter, one.delimiter))
