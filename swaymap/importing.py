"""Import files and DataFrames into a store: check everything, then store all or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from graph.model import Influence, Person
from graph.model.file_problems import cannot_write
from graph.model.kind import KINDS
from graph.model.problem import InputError, SwaymapError
from graph.model.words import Message, message
from graph.private_files import write_file
from loaders.kept_mappings import keep, kept, mappings_folder

if TYPE_CHECKING:
    from pandas import DataFrame

    from graph.model.calibration import Calibration
    from graph.model.calibration_groups import Counted
    from graph.model.dataset import Dataset
    from graph.store.protocol import GraphStore, Receipt, Target
    from loaders import Batch
    from loaders.asked import Asked
    from loaders.findings import Finding, Findings
    from loaders.people_found import MailRow
    from loaders.review import Decision

SHOWN = 5
"""How many findings a message in Python says; all errors are in the `findings` of a refusal."""

COUNTED = "counted"
_COUNTED_COLUMNS = frozenset(("source", "target", "weight", "basis"))


@dataclass(frozen=True, slots=True)
class Imported:
    """The outcome of an import: all findings, the receipt (None where it was refused), the records a sync removes.

    `written` are the files beside the store: mappings kept for next time, the review file. `refused` is why nothing was
    stored though nothing is wrong with the files; the receipt is then that of a dry run. `unwritten` is why a file
    beside the store could not be written, when the records were stored already.
    """

    batch: Batch
    findings: Findings
    receipt: Receipt | None
    gone: Sequence[Target] = ()
    written: Sequence[Path] = ()
    refused: SwaymapError | None = None
    unwritten: SwaymapError | None = None


class Stages(Protocol):
    """Told how far an import is."""

    def read(self, rows: int) -> None:
        """So many more rows were read."""
        ...

    def stored(self, done: int, total: int) -> None:
        """So many records of so many were stored."""
        ...


def import_paths(
    store: GraphStore,
    paths: Sequence[Path],
    asked: Asked,
    *,
    sync: str | None = None,
    new_names: bool = False,
    dry_run: bool = False,
    review: Path | None = None,
    stages: Stages | None = None,
    calibration: Calibration | None = None,
    recorded_by: str | None = None,
) -> Imported:
    """Read, check and store files, all or nothing.

    Rules over several records are checked by the store, on what it would hold afterwards; they are asked for even
    where the files have errors of their own, so that everything wrong is said at once.

    Args:
        store: where they are stored.
        paths: files, or folders of files.
        asked: how they are to be read.
        sync: an account that becomes equal to the files: what they do not hold of it goes, and an empty cell is an
            empty one.
        new_names: names may be replaced by wholly different ones.
        dry_run: store nothing.
        review: the file of matches that a person decides: read before, and written after where there is anything to
            decide.
        stages: told how far it is.
        calibration: the numbers by which influence is counted; the defaults when None.
        recorded_by: who records it, for the journal; as `acting` says when None.
    """
    from loaders import read

    decided, broken_review = _decided(review)
    asked = replace(asked, decided=decided, empty_means_empty=asked.empty_means_empty or sync is not None)
    done = _imported(
        store,
        partial(read, paths),
        asked,
        source=", ".join(path.name for path in paths),
        beside=broken_review,
        sync=sync,
        new_names=new_names,
        dry_run=dry_run,
        stages=stages,
        calibration=calibration,
        recorded_by=recorded_by,
    )
    if dry_run or done.receipt is None or done.refused is not None:
        return done
    return _with_files_beside(done, review, decided)


def import_frames(
    store: GraphStore,
    frames: Mapping[str, DataFrame],
    asked: Asked,
    *,
    new_names: bool = False,
    dry_run: bool = False,
    calibration: Calibration | None = None,
    recorded_by: str | None = None,
) -> Imported:
    """Read, check and store DataFrames by the name of their sheet, all or nothing, as `import_paths` does files."""
    from loaders.frames import read_frames

    return _imported(
        store,
        partial(read_frames, frames),
        asked,
        source=", ".join(frames),
        new_names=new_names,
        dry_run=dry_run,
        calibration=calibration,
        recorded_by=recorded_by,
    )


def _imported(
    store: GraphStore,
    read: Callable[[Asked], Batch],
    asked: Asked,
    *,
    source: str,
    new_names: bool,
    dry_run: bool,
    beside: Sequence[Finding] = (),
    sync: str | None = None,
    stages: Stages | None = None,
    calibration: Calibration | None = None,
    recorded_by: str | None = None,
) -> Imported:
    """Read with what the store knows, check, and store."""
    from graph.model.calibration import load_calibration
    from graph.model.gc_pause import gc_paused
    from graph.store import RuleViolations
    from graph.store.acting import acting
    from graph.store.protocol import Guard
    from graph.store.receipt_warnings import NamesReplaced
    from graph.store.sync import beyond

    folder = mappings_folder()
    asked = replace(
        asked,
        account=asked.account if asked.account_name is not None else _account_called(store, asked.account),
        known=store.known,
        stored=store.ids_stored,
        kept=partial(kept, folder),
    )
    if stages is not None:
        asked = replace(asked, rows_read=stages.read)
    with gc_paused():
        batch = read(asked)
        if asked.count_influence:
            numbers = (calibration or load_calibration()).counted
            _add_counted_lines(batch.dataset, store.known(), batch.mails, asked.last_day, numbers)
        findings = batch.findings.plus(beside)
        refused = findings.has_errors
        about = _account_called(store, sync)
        gone = beyond(store, about, batch.dataset) if about is not None and not refused else []
        try:
            receipt = store.apply(
                batch.dataset,
                source=source,
                recorded_by=acting(recorded_by),
                recorded_at=datetime.datetime.now(datetime.UTC),
                remove=gone,
                claimed=batch.claimed,
                dry_run=dry_run or refused,
                guard=Guard(new_names=new_names or dry_run or refused),
                progress=None if stages is None else stages.stored,
            )
        except RuleViolations as broken:
            return Imported(batch, findings.plus(batch.findings_of(broken.findings)), None, gone)
        except NamesReplaced as wrong:
            return Imported(batch, findings, wrong.receipt, gone, refused=wrong)
        if refused:
            return Imported(batch, findings, None, gone)
        return Imported(batch, findings.plus(batch.findings_of(receipt.same_names)), receipt, gone)


def _with_files_beside(done: Imported, review: Path | None, decided: dict[tuple[str, str], Decision]) -> Imported:
    """Keep the mappings that were used and write the review file, now that the records are stored."""
    from loaders.review import review_text

    written: list[Path] = []
    place = mappings_folder()
    try:
        written += keep(done.batch.used, place)
        if review is not None and done.batch.suggestions:
            place = review
            write_file(review, review_text(done.batch.suggestions, decided))
            written.append(review)
    except OSError as wrong:
        return replace(done, written=written, unwritten=cannot_write(place, wrong))
    return replace(done, written=written)


def _account_called(store: GraphStore, account: str | None) -> str | None:
    """The id of a stored account that is said by id or name; what is not stored as it was said: a file may hold it."""
    if account is None or store.ids_stored("accounts", [account]):
        return account
    from graph.analysis.ground.unknown import called
    from graph.model import Account
    from graph.model.problem import UnknownRecord

    try:
        return called("accounts", account, store.known(("accounts",)).of(Account))
    except UnknownRecord:
        return account


def _decided(review: Path | None) -> tuple[dict[tuple[str, str], Decision], list[Finding]]:
    """The decisions in the review file, and the errors in it."""
    from loaders.problems import Unreadable
    from loaders.review import read_review

    try:
        return ({} if review is None else read_review(review)), []
    except Unreadable as wrong:
        return {}, [wrong.finding]


def suggested(paths: Sequence[Path], encoding: str | None) -> str:
    """A first mapping for the tables of CSV files and workbooks. Raises InputError for a file that is none."""
    from loaders.problems import Unreadable
    from loaders.suggesting import suggested_mapping

    try:
        return suggested_mapping(paths, encoding)
    except Unreadable as wrong:
        raise InputError(wrong.finding.code, message("import.no_suggestion", why=str(wrong))) from wrong
    except OSError as wrong:
        why = f"{wrong.filename}: {wrong.strerror}"
        raise InputError("cannot_read", message("import.no_suggestion", why=why)) from wrong


def _add_counted_lines(
    batch: Dataset, known: Dataset, mails: Mapping[str, Sequence[MailRow]], today: datetime.date, numbers: Counted
) -> None:
    """Add the lines of influence that the customer's own mails count, as of the end of a day (measures, section 16).

    A line that somebody stated stays as it is.
    """
    from graph.analysis.measures.counted_influence import Mail, counted_lines

    end = datetime.datetime.combine(today + datetime.timedelta(days=1), datetime.time(), datetime.UTC)
    people = {person.id: person.account for data in (known, batch) for person in data.of(Person)}
    lines = [influence for data in (known, batch) for influence in data.of(Influence)]
    stated = {(line.source, line.target) for line in lines if line.basis != COUNTED}
    kind = KINDS["influences"]
    for account, rows in sorted(mails.items()):
        for line in counted_lines([Mail(*row) for row in rows], end, numbers):
            ends = people.get(line.source), people.get(line.target)
            if ends == (account, account) and (line.source, line.target) not in stated:
                record = Influence(source=line.source, target=line.target, weight=line.weight, basis=COUNTED)
                batch.add(record)
                batch.given_of.setdefault(Influence, {})[kind.key_of(record)] = _COUNTED_COLUMNS


def refusal(findings: Findings) -> InputError:
    """The error of an import that is refused, with the first findings in its message and all errors beside it."""
    errors = findings.errors
    first = reduce(lambda before, after: message("import.refused.and", before=before, after=after), spoken(errors))
    key = "import.refused.one" if len(errors) == 1 else "import.refused"
    return InputError("import_refused", message(key, errors=len(errors), first=first), errors)


def by_name(frames: Mapping[str, DataFrame] | None, more: Mapping[str, DataFrame]) -> Mapping[str, DataFrame]:
    """All frames by name. Raises InputError where the first are no mapping of names."""
    from loaders.frames import check_names

    if frames is None:
        return more
    check_names(frames)
    return {**frames, **more}


def spoken(findings: Sequence[Finding]) -> list[Message]:
    """The first findings, each with its place, and how many more there are."""
    first = [
        message("import.refused.finding", place=finding.place(), said=finding.message())
        if finding.place()
        else finding.message()
        for finding in findings[:SHOWN]
    ]
    more = len(findings) - len(first)
    return [*first, message("cli.import.more", more=more)] if more > 0 else first
