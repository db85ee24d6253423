"""Read files into one batch: detect the form of each, parse its tables, and combine the records of all of them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.model.gc_pause import gc_paused
from graph.model.kind import KINDS, Kind
from loaders.asked import Asked
from loaders.batch import Batch
from loaders.combining import together
from loaders.findings import Finding, Findings, shown_value
from loaders.forms import Form, files_in, form_of, is_folder, system_message, text_form_of
from loaders.headers import GUIDES, kind_named
from loaders.identifying import Identifying
from loaders.problems import Unreadable, unreadable
from loaders.read_table import Read
from loaders.recognising import Recognising
from loaders.records import read_records
from loaders.tables import FileFacts, Table, with_progress

if TYPE_CHECKING:
    from loaders.contacts import ContactFile
    from loaders.mapping import Mapping, TableMap
    from loaders.sandbox_workbook import SandboxedWorkbook


def read(paths: Sequence[Path], asked: Asked | None = None, **options: Any) -> Batch:
    """Read and check files and folders of any known form.

    Problems of their content are not raised: they are in `findings` of the batch. Options are given as an `Asked`, or
    as its fields by name.
    """
    reading = Reading(asked or Asked(**options))
    reading.load_own_mapping()
    with gc_paused():
        for path in paths:
            reading.take(path)
        return reading.batch(", ".join(path.name for path in paths))


class _AnyId(Container[str]):
    """Contains every id: stands for the ids of a sheet that could not be read."""

    def __contains__(self, identity: object) -> bool:
        return True


@dataclass
class Reading:
    """Collects the tables, contacts and findings of one import, then combines them into a batch."""

    asked: Asked
    findings: list[Finding] = field(default_factory=list)
    facts: list[FileFacts] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    contact_files: list[ContactFile] = field(default_factory=list)
    connections: list[Path] = field(default_factory=list)
    unread_sheets: set[str] = field(default_factory=set)
    own_mappings: tuple[Mapping, ...] = ()

    @cached_property
    def recognising(self) -> Recognising:
        """Decides which kind of record a table holds."""
        return Recognising(self.asked, self.own_mappings)

    def load_own_mapping(self) -> None:
        """Load the mapping file of the caller; report its errors even where no file needs it."""
        from loaders.mapping import load_mapping

        try:
            if self.asked.mapping is not None:
                self.own_mappings = (load_mapping(self.asked.mapping),)
        except Unreadable as problem:
            self.findings.append(problem.finding)

    def take(self, path: Path) -> None:
        """Read a file, or every file of a folder."""
        try:
            if is_folder(path):
                self._folder(path)
            else:
                self._file(path)
        except Unreadable as problem:
            self.refuse(problem, KINDS)

    def refuse(self, problem: Unreadable, sheets: Iterable[str]) -> None:
        """Report input that cannot be read, which may have held records of these sheets."""
        self.findings.append(problem.finding)
        self.unread_sheets.update(sheets)

    def batch(self, source: str) -> Batch:
        """Combine everything that was read; `source` names all input in a finding about the whole."""
        from loaders.people_found import people_found

        asked = replace(self.asked, known=cache(self.asked.known))
        identifying = Identifying(asked, self.reads)
        identifying.give_ids()
        extra = people_found(asked, self.reads, self.contact_files, self.connections)
        self.reads += extra.reads
        self.facts += extra.facts
        identifying.resolve(self.reads)
        dataset, findings = together(self.reads)
        dataset.empty_is_unsaid = not self.asked.empty_means_empty
        findings += [*self.findings, *extra.findings, *identifying.findings]
        findings += [finding for read in self.reads for finding in read.findings]
        findings += _notices_of(self.facts)
        if not any(finding.severity == "error" for finding in findings) and len(dataset) == 0:
            findings.append(Finding("nothing_to_read", source))
        used = tuple(self.recognising.foreign.used) if self.own_mappings else ()
        return Batch(
            dataset,
            Findings(findings),
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
        """By sheet, the ids of rows that gave no record: references to them are not dangling."""
        claimed: dict[str, Container[str]] = {sheet: _AnyId() for sheet in self.unread_sheets}
        for sheet in set(KINDS) - self.unread_sheets:
            ids_of_tables = [read.named for read in self.reads if read.kind.sheet == sheet]
            known = [ids for ids in ids_of_tables if ids is not None]
            claimed[sheet] = set().union(*known) if len(known) == len(ids_of_tables) else _AnyId()
        return claimed

    def _folder(self, path: Path) -> None:
        """Read every file of a folder that has a known form; report the files that have none."""
        files = list(files_in(path))
        if not files:
            raise unreadable("empty_folder", path.name)
        for file in files:
            self._file_of_folder(file)

    def _file_of_folder(self, file: Path) -> None:
        kind = kind_named(file.stem) if file.suffix.casefold() in (".csv", ".parquet") else None
        try:
            if is_folder(file):
                raise unreadable("device", file.name)
            self._file(file)
        except Unreadable as problem:
            if problem.finding.code in ("unknown_csv", "no_record_tree", "no_known_sheet"):
                self._unknown_sheet(file, file.stem)
                return
            self.refuse(problem, KINDS if kind is None else (kind.sheet,))

    def _file(self, path: Path) -> None:
        """Read a file. Raises Unreadable."""
        readers: dict[Form, Callable[[Path], None]] = {
            "csv": self._csv,
            "json": self._record_tree,
            "workbook": partial(self._workbook, form="workbook"),
            "ods": partial(self._workbook, form="ods"),
            "xls": partial(self._workbook, form="xls"),
            "parquet": self._parquet,
            "mail": self._mail,
            "calendar": self._calendar,
        }
        try:
            form = self.recognising.form(form_of(path) or text_form_of(path))
            if form is None:
                raise unreadable("empty_file" if path.stat().st_size == 0 else "unknown_file", path.name)
            readers[form](path)
        except OSError as error:
            raise unreadable("cannot_read", path.name, why=system_message(error)) from error

    def _csv(self, path: Path) -> None:
        from loaders.csv_files import open_csv

        named = kind_named(path.stem)
        opened = open_csv(path, self.asked.encoding, self.asked.caps, named.sheet if named else None)
        if self.recognising.is_connections(path.name, opened.first_rows(10)):
            self.connections.append(path)
            return
        meaning = self.recognising.meaning(path.name, path.stem, opened.header())
        if meaning is None:
            raise unreadable("unknown_csv", path.name, sheets=", ".join(KINDS))

        def table(sheet: str, headless: Sequence[str] | None = None, short: bool = False) -> Table:
            made, facts = opened.table(sheet, headless, short)
            self.facts.append(facts)
            return made

        if isinstance(meaning, Kind):
            self.add_table(meaning, table(meaning.sheet))
        else:
            self.add_foreign(meaning, path.name, partial(table, headless=meaning.header, short=meaning.short))

    def _record_tree(self, path: Path) -> None:
        """Read records of another program in JSON: one table for each type of record."""
        from loaders.record_trees import read_record_tree

        tables, facts = read_record_tree(path, self.asked.caps)
        self.facts.append(facts)
        for table in tables:
            foreign = self.recognising.foreign.fitting(table.sheet, table.header)
            if foreign is None:
                self._unknown_sheet(path, table.sheet)
            else:
                self.add_foreign(foreign, path.name, lambda sheet, table=table: replace(table, sheet=sheet))  # type: ignore[misc]

    def _workbook(self, path: Path, form: str) -> None:
        from loaders.sandbox_workbook import open_workbook

        with open_workbook(form, path, self.asked.caps) as workbook:
            self.facts.append(workbook.facts)
            known = 0
            for name in workbook.sheets:
                if name.strip().casefold() in GUIDES:
                    continue
                meaning = self._meaning_of_sheet(path, workbook, name)
                if meaning is None:
                    self._unknown_sheet(path, name)
                else:
                    self._sheet(meaning, path, workbook, name)
                    known += 1
            if not known:
                raise unreadable("no_known_sheet", path.name, sheets=", ".join(KINDS))

    def _parquet(self, path: Path) -> None:
        """Read a Parquet file: a workbook with one sheet, named like the file."""
        from loaders.sandbox_workbook import open_workbook

        with open_workbook("parquet", path, self.asked.caps) as workbook:
            self.facts.append(workbook.facts)
            meaning = self._meaning_of_sheet(path, workbook, path.stem)
            if meaning is None:
                raise unreadable("unknown_csv", path.name, sheets=", ".join(KINDS))
            self._sheet(meaning, path, workbook, path.stem)

    def _sheet(self, meaning: Kind | TableMap, path: Path, workbook: SandboxedWorkbook, name: str) -> None:
        if isinstance(meaning, Kind):
            self._own_sheet(meaning, partial(workbook.table, name))
        else:
            self.add_foreign(meaning, path.name, partial(workbook.table, name))

    def _meaning_of_sheet(self, path: Path, workbook: SandboxedWorkbook, name: str) -> Kind | TableMap | None:
        """The kind of a sheet's records. An unreadable header leaves it to the name; reading reports the problem."""
        try:
            return self.recognising.meaning(path.name, name, workbook.header(name))
        except Unreadable as problem:
            named = kind_named(name)
            if named is None or problem.finding.code in ("unknown_kind", "other_columns"):
                raise
            return named

    def _unknown_sheet(self, path: Path, name: str) -> None:
        self.findings.append(Finding("unknown_sheet", path.name, value=shown_value(name), strict=self.asked.strict))

    def _own_sheet(self, kind: Kind, opened: Callable[[], Table | None]) -> None:
        """Read a sheet of a record kind. One that cannot be read does not keep the others from being checked."""
        try:
            table = opened()
            if table is not None:
                self.add_table(kind, table)
        except Unreadable as problem:
            self.refuse(problem, (kind.sheet,))

    def add_table(self, kind: Kind, table: Table) -> None:
        """Parse a table whose columns are those of a record kind. Raises Unreadable."""
        asked, table = self.asked, with_progress(table, self.asked.rows_read)
        self.reads.append(read_records(kind, table, strict=asked.strict, today=asked.today, caps=asked.caps))

    def add_foreign(self, foreign: TableMap, file: str, opened: Callable[[str], Table | None]) -> None:
        """Parse a table of another program; `opened` is called for each sheet that it becomes. Raises Unreadable."""
        for read, findings in self.recognising.foreign.read(foreign, file, opened):
            self.reads.append(read)
            self.findings += findings

    def _mail(self, path: Path) -> None:
        from loaders.mail import read_mail

        contacts, facts = read_mail(path, self.asked.caps, self.asked.rows_read)
        self.contact_files.append(contacts)
        self.facts.append(facts)

    def _calendar(self, path: Path) -> None:
        from loaders.calendars import read_calendar

        contacts, facts = read_calendar(path, self.asked.last_day, self.asked.caps, self.asked.rows_read)
        self.contact_files.append(contacts)
        self.facts.append(facts)


def _notices_of(facts: list[FileFacts]) -> Iterator[Finding]:
    for fact in facts:
        for sheet in fact.hidden:
            yield Finding("hidden_sheet", fact.file, sheet)
        if fact.encoding is not None and fact.encoding not in ("utf-8", "utf-8-sig"):
            places = {"encoding": fact.encoding, "preview": fact.preview or ""}
            yield Finding("encoding_found", fact.file, places=places)
        if fact.delimiter is not None and fact.delimiter != ",":
            yield Finding("delimiter_found", fact.file, value={"\t": "tab"}.get(fact.delimiter, fact.delimiter))
