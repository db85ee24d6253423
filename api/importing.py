"""Files into a store: check everything, then one transaction; findings in one go, a receipt at the end."""

from __future__ import annotations

import datetime
import gc
import getpass
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.model.calibration import Calibration
    from graph.store.protocol import GraphStore, Receipt, Target
    from loaders import Batch
    from loaders.findings import Findings

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import: everything found, the receipt (none where it was refused), what went by a sync."""

    batch: Batch
    findings: Findings
    receipt: Receipt | None
    gone: Sequence[Target] = ()


def import_paths(
    store: GraphStore,
    paths: Sequence[Path],
    *,
    today: datetime.date,
    encoding: str | None = None,
    strict: bool = False,
    mapping: Path | None = None,
    as_kind: str | None = None,
    sync: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Read, check and store files, all or nothing.

    Rules over several records are checked by the store, on what it would hold afterwards; they are asked for even
    where the files have errors of their own, so that everything wrong is said at once. With `sync` that account
    becomes equal to the files: what they do not hold of it goes.
    """
    from graph.store import RuleViolations
    from graph.store.sync import beyond
    from loaders import read

    with _collector_at_rest():
        batch = read(paths, encoding=encoding, strict=strict, mapping=mapping, as_kind=as_kind, today=today)
        refused = batch.findings.has_errors
        gone = beyond(store, sync, batch.dataset) if sync is not None and not refused else []
        try:
            receipt = store.apply(
                batch.dataset,
                source=", ".join(path.name for path in paths),
                recorded_by=who(),
                recorded_at=datetime.datetime.now(datetime.UTC),
                remove=gone,
                claimed=batch.claimed,
                dry_run=dry_run or refused,
                progress=progress,
            )
        except RuleViolations as broken:
            return Imported(batch, batch.findings.plus(batch.findings_of(broken.violations)), None, gone)
        return Imported(batch, batch.findings, None if refused else receipt, gone)


def suggested(paths: Sequence[Path], encoding: str | None) -> str:
    """First mappings for CSV files, one after another. Raises Problem for a file that is none."""
    from graph.model.problem import Problem
    from graph.model.words import message
    from loaders.caps import DEFAULT_CAPS
    from loaders.csv_files import first_rows
    from loaders.problems import Unreadable
    from loaders.suggesting import suggestion

    try:
        return "---\n".join(suggestion(path.stem, *first_rows(path, encoding, DEFAULT_CAPS)) for path in paths)
    except Unreadable as wrong:
        raise Problem(wrong.finding.code, message("import.no_suggestion", why=str(wrong))) from wrong
    except OSError as wrong:
        why = f"{wrong.filename}: {wrong.strerror}"
        raise Problem("cannot_read", message("import.no_suggestion", why=why)) from wrong


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Without the garbage collector: records hold no cycles, and looking for some again and again costs time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def derive_for(store: GraphStore, accounts: Sequence[str], as_of: datetime.date, calibration: Calibration) -> None:
    """Write the computed ties and numbers of these accounts beside their records, where the store can show them."""
    from api.deriving import derived
    from graph.store import StoreProblem

    try:
        for account in accounts:
            store.derive(derived(store, account, as_of, calibration))
    except StoreProblem as problem:
        if problem.code != "nothing_to_derive":
            raise


def who() -> str:
    """Who runs this, for the journal."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
