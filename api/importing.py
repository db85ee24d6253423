"""Files into a store: check everything, then all or nothing; findings in one go, a receipt at the end."""

from __future__ import annotations

import contextlib
import datetime
import getpass
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from api.counted import add_counted_lines
from api.mappings_kept import keep, kept, mappings_folder
from api.text.output import write_file
from graph.model.problem import InputError, SwaymapError
from graph.model.words import message

if TYPE_CHECKING:
    from api.progress import Stages
    from graph.model.calibration import Calibration
    from graph.store.protocol import GraphStore, Receipt, Target
    from loaders import Batch
    from loaders.asked import Asked
    from loaders.findings import Finding, Findings
    from loaders.review import Decision


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import: everything found, the receipt (none where it was refused), what went by a sync.

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
) -> Imported:
    """Read, check and store files, all or nothing.

    Rules over several records are checked by the store, on what it would hold afterwards; they are asked for even
    where the files have errors of their own, so that everything wrong is said at once. With `sync` that account
    becomes equal to the files: what they do not hold of it goes, and an empty cell is an empty one. Names are replaced
    by wholly different ones only with `new_names`. `review` is the file of matches that a person decides: it is read
    before and written after, where there is anything to decide. Influence is counted by the numbers of
    `calibration`, else by the defaults.
    """
    from graph.model.calibration import load_calibration
    from graph.store import RuleViolations
    from graph.store.protocol import Guard
    from graph.store.receipt_warnings import NamesReplaced
    from graph.store.sync import beyond
    from loaders import read
    from loaders.gc_pause import gc_paused

    folder = mappings_folder()
    decided, broken_review = _decided(review)
    asked = replace(
        asked,
        account=asked.account if asked.account_name is not None else _account_called(store, asked.account),
        known=store.known,
        stored=store.ids_stored,
        kept=partial(kept, folder),
        decided=decided,
        empty_means_empty=asked.empty_means_empty or sync is not None,
    )
    if stages is not None:
        asked = replace(asked, rows_read=stages.read)
    with gc_paused():
        batch = read(paths, asked)
        if asked.count_influence:
            numbers = (calibration or load_calibration()).counted
            add_counted_lines(batch.dataset, store.known(), batch.mails, asked.last_day, numbers)
        findings = batch.findings.plus(broken_review)
        refused = findings.has_errors
        about = _account_called(store, sync)
        gone = beyond(store, about, batch.dataset) if about is not None and not refused else []
        try:
            receipt = store.apply(
                batch.dataset,
                source=", ".join(path.name for path in paths),
                recorded_by=who(),
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
        imported = Imported(batch, findings.plus(batch.findings_of(receipt.same_names)), receipt, gone)
        if dry_run:
            return imported
        written: list[Path] = []
        try:
            written += keep(batch.used, folder)
            written += _reviewed(review, batch, decided)
        except SwaymapError as wrong:
            return replace(imported, written=written, unwritten=wrong)
        return replace(imported, written=written)


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
    """What the review file decides, and what is wrong with it."""
    from loaders.problems import Unreadable
    from loaders.review import read_review

    try:
        return ({} if review is None else read_review(review)), []
    except Unreadable as wrong:
        return {}, [wrong.finding]


def _reviewed(review: Path | None, batch: Batch, decided: dict[tuple[str, str], Decision]) -> list[Path]:
    """Write what a person is to decide, beside what is decided; the file, where there is anything to write."""
    from loaders.review import review_text

    if review is None or not batch.suggestions:
        return []
    write_file(review, review_text(batch.suggestions, decided))
    return [review]


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


def derive_for(store: GraphStore, accounts: Sequence[str], as_of: datetime.date, calibration: Calibration) -> None:
    """Write the computed ties and numbers of these accounts beside their records, where the store can show them."""
    from api.deriving import derived
    from graph.store.problems import NothingToDerive

    with contextlib.suppress(NothingToDerive):
        for account in accounts:
            store.derive(derived(store, account, as_of, calibration))


def who() -> str:
    """Who runs this, for the journal."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
