"""Files into a batch: find out what each is, read it, understand it, and put the records of all of them together."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.model.kind import KINDS, Kind
from loaders.asked import Asked
from loaders.batch import Batch
from loaders.findings import Finding, Findings, shown_value
from loaders.forms import Form, files_in, form_of, is_folder, text_form_of, why
from loaders.gc_pause import gc_paused
from loaders.headers import GUIDES, kind_named
from loaders.identifying import Identifying
from loaders.problems import Unreadable, unreadable
from loaders.read_table import Read
from loaders.recognising import Recognising
from loaders.records import read_records
from loaders.tables import FileFacts, Table, watched
from loaders.together import together

if TYPE_CHECKING:
    from loaders.mapping import Mapping, TableMap
    from loaders.parties import ContactFile
    from loaders.sandbox_workbook import ConfinedBook


def read(paths: Sequence[Path], asked: Asked | None = None, **said: Any) -> Batch:
    """Read and check files and folders, whatever they are. Nothing is raised for what is in them: see `findings`.

    What is said beside them is an `Asked`, or its fields by name.
    """
    reading = _Reading(asked or Asked(**said))
    reading.look_at_mapping()
    with gc_paused():
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
    told: list[ContactFile] = field(default_factory=list)
    later: list[Path] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    own: tuple[Mapping, ...] = ()

    @cached_property
    def recognising(self) -> Recognising:
        """What tells which table is which."""
        return Recognising(self.asked, self.own)

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

        asked = replace(self.asked, known=cache(self.asked.known))
        identifying = Identifying(asked, self.reads)
        identifying.give_ids()
        extra = people_found(asked, self.reads, self.told, self.later)
        self.reads += extra.reads
        self.facts += extra.facts
        identifying.resolve(self.reads)
        dataset, found = together(self.reads)
        dataset.empty_is_unsaid = not self.asked.empty_means_empty
        found += [*self.found, *extra.findings, *identifying.findings]
        found += [finding for one in self.reads for finding in one.findings]
        found += _notices_of(self.facts)
        if not any(one.severity == "error" for one in found) and len(dataset) == 0:
            found.append(Finding("nothing_to_read", ", ".join(path.name for path in paths)))
        used = tuple(self.recognising.foreign.used) if self.own else ()
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
            near=identifying.near,
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
                self._unknown_sheet(file, file.stem)
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
            form = self.recognising.form(form_of(path) or text_form_of(path))
            if form is None:
                raise unreadable("empty_file" if path.stat().st_size == 0 else "unknown_file", path.name)
            readers[form](path)
        except OSError as wrong:
            raise unreadable("cannot_read", path.name, why=why(wrong)) from wrong

    def _csv(self, path: Path) -> None:
        from loaders.csv_files import open_csv

        named = kind_named(path.stem)
        opened = open_csv(path, self.asked.encoding, self.asked.caps, named.sheet if named else None)
        if self.recognising.is_connections(path.name, opened.first_rows(10)):
            self.later.append(path)
            return
        meant = self.recognising.meant(path.name, path.stem, opened.header())
        if meant is None:
            raise unreadable("unknown_csv", path.name, sheets=", ".join(KINDS))

        def table(sheet: str, headless: Sequence[str] | None = None, short: bool = False) -> Table:
            made, facts = opened.table(sheet, headless, short)
            self.facts.append(facts)
            return made

        if isinstance(meant, Kind):
            self._table(meant, table(meant.sheet))
        else:
            self._foreign(meant, path.name, partial(table, headless=meant.header, short=meant.short))

    def _foreign(self, foreign: TableMap, file: str, opened: Callable[[str], Table | None]) -> None:
        for read, lost in self.recognising.foreign.read(foreign, file, opened):
            self.reads.append(read)
            self.found += lost

    def _record_tree(self, path: Path) -> None:
        """Records of another program in JSON, a table a type."""
        from loaders.record_trees import read_record_tree

        tables, facts = read_record_tree(path, self.asked.caps)
        self.facts.append(facts)
        for table in tables:
            foreign = self.recognising.foreign.fitting(table.sheet, table.header)
            if foreign is None:
                self._unknown_sheet(path, table.sheet)
            else:
                self._foreign(foreign, path.name, lambda sheet, table=table: replace(table, sheet=sheet))  # type: ignore[misc]

    def _workbook(self, path: Path) -> None:
        from loaders.sandbox_workbook import confined_workbook

        with ExitStack() as stack:
            book = stack.enter_context(confined_workbook(path, self.asked.caps))
            self.facts.append(book.facts)
            known = 0
            for name in book.sheets:
                if name.strip().casefold() in GUIDES:
                    continue
                meant = self._meant_by_sheet(path, book, name)
                if isinstance(meant, Kind):
                    self._sheet(meant, partial(book.table, name))
                elif meant is not None:
                    self._foreign(meant, path.name, partial(book.table, name))
                else:
                    self._unknown_sheet(path, name)
                known += meant is not None
            if not known:
                raise unreadable("no_known_sheet", path.name, sheets=", ".join(KINDS))

    def _meant_by_sheet(self, path: Path, book: ConfinedBook, name: str) -> Kind | TableMap | None:
        """What a sheet is; one whose header cannot be read is what it is called, and says so when it is read."""
        try:
            return self.recognising.meant(path.name, name, book.header(name))
        except Unreadable as problem:
            named = kind_named(name)
            if named is None or problem.finding.code in ("unknown_kind", "other_columns"):
                raise
            return named

    def _unknown_sheet(self, path: Path, name: str) -> None:
        self.found.append(Finding("unknown_sheet", path.name, value=shown_value(name), strict=self.asked.strict))

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
        from loaders.mail import letters

        told, facts = letters(path, self.asked.caps, self.asked.rows_read)
        self.told.append(told)
        self.facts.append(facts)

    def _calendar(self, path: Path) -> None:
        from loaders.calendars import meetings

        told, facts = meetings(path, self.asked.last_day, self.asked.caps, self.asked.rows_read)
        self.told.append(told)
        self.facts.append(facts)


def _notices_of(facts: list[FileFacts]) -> Iterator[Finding]:
    for fact in facts:
        for sheet in fact.hidden:
            yield Finding("hidden_sheet", fact.file, sheet)
        if fact.encoding is not None and fact.encoding not in ("utf-8", "utf-8-sig"):
            said = {"encoding": fact.encoding, "preview": fact.preview or ""}
            yield Finding("encoding_found", fact.file, places=said)
        if fact.delimiter is not None and fact.delimiter != ",":
            yield Finding("delimiter_found", fact.file, value={"\t": "tab"}.get(fact.delimiter, fact.delimiter))
