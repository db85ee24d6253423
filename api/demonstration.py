"""The demonstration: the sample company loaded into a fresh embedded store, its headline, maps and reports."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from api.answers import Question, coverage, map_of, paths
from api.exports import Wanted, export
from api.importing import import_paths
from api.problems import cannot_write
from api.terminal import lines
from api.text.headline import headline_lines, title_line
from api.text.output import json_text, write_file
from api.text.report import report_text
from api.text.rows import path_rows, shown, subject_of, two_digits
from graph.model import Person
from graph.model.words import text
from graph.private_files import make_folder
from loaders.asked import Asked

if TYPE_CHECKING:
    from graph.analysis.report.results import CoverageReport
    from graph.model.calibration import Calibration
    from graph.store.protocol import GraphStore

STORE_FILE = "swaymap.db"


def demonstrate(
    out: Path, as_of: datetime.date, calibration: Calibration, lang: str, progress: Callable[[str], None]
) -> str:
    """Load the sample, write everything to the folder, and give back what to read and open."""
    from graph.store import open_store
    from loaders import sample_company

    store_path = _fresh_store(out)
    progress(text("cli.demo.loading", lang))
    with sample_company() as folder:
        store = open_store(f"sqlite:///{store_path}")
        try:
            import_paths(store, [folder], Asked(today=as_of))
            accounts = sorted(store.account_ids(), key=lambda identity: -len(store.read([identity]).of(Person)))
            said = [_account(store, Question(account, as_of, calibration), out, lang, progress) for account in accounts]
            progress(text("cli.demo.writing", lang))
            _write_sample(store, out)
        finally:
            store.close()
    return lines([*said[0], "", *_what_to_open(out, accounts, as_of, lang)])


def _fresh_store(out: Path) -> Path:
    try:
        make_folder(out)
        for ending in ("", "-wal", "-shm"):
            (out / f"{STORE_FILE}{ending}").unlink(missing_ok=True)
    except OSError as wrong:
        raise cannot_write(out, wrong) from wrong
    return out / STORE_FILE


def _account(store: GraphStore, question: Question, out: Path, lang: str, progress: Callable[[str], None]) -> list[str]:
    from graph.analysis.report.report_json import report_json
    from viz.map_page import power_map_page

    account = question.account
    progress(text("cli.demo.drawing", lang, account=account))
    report = coverage(store, question)
    write_file(out / f"{account}-map.html", power_map_page(map_of(store, question), lang))
    write_file(out / f"{account}-deck.pptx", export(store, question, ".pptx", Wanted(lang)))
    write_file(out / f"{account}-coverage.json", json_text(report_json(report, lang)))
    write_file(out / f"{account}-coverage.txt", report_text(report, lang, to_file=True))
    return [
        "",
        title_line(report, lang),
        *headline_lines(report, lang),
        *_worst(report, lang),
        *_way(store, report, question, lang),
    ]


def _worst(report: CoverageReport, lang: str) -> list[str]:
    from graph.analysis.report.gap_subjects import subjects

    lines = ["", text("cli.demo.worst", lang)]
    for subject in subjects(report)[:3]:
        gap = subject.gaps[0]
        named = subject_of(gap, report, lang)
        prefix = f"{named}: " if named and named not in gap.reason.render(lang) else ""
        lines.append(f"  {subject.number}. {prefix}{gap.reason.render(lang)}")
        lines.append(f"     → {gap.action.render(lang)}")
    return lines


def _way(store: GraphStore, report: CoverageReport, question: Question, lang: str) -> list[str]:
    decider = next((one for one in report.people if {"D", "A"} & set(one.roles)), None)
    if decider is None:
        return []
    found = path_rows(paths(store, question, decider.id, None, 1, False).paths, lang)
    person = shown(decider.name, decider.id, lang)
    if not found:
        return ["", text("line.no_path", lang, person=person)]
    return [
        "",
        text("cli.demo.path", lang, person=person),
        f"  {found[0]['route']}  = {two_digits(found[0]['strength'])}",
    ]


def _write_sample(store: GraphStore, out: Path) -> None:
    from loaders.template import write_csv_folder, write_workbook

    records = store.read()
    write_workbook(out / "sample.xlsx", records)
    write_csv_folder(out / "sample-csv", records)


def _what_to_open(out: Path, accounts: list[str], as_of: datetime.date, lang: str) -> list[str]:
    files = [
        (f"{accounts[0]}-map.html", text("cli.demo.file.map", lang)),
        (f"{accounts[0]}-deck.pptx", text("cli.demo.file.deck", lang)),
        (f"{accounts[0]}-coverage.json", text("cli.demo.file.report_json", lang)),
        (f"{accounts[0]}-coverage.txt", text("cli.demo.file.report_text", lang)),
        ("sample.xlsx", text("cli.demo.file.workbook", lang)),
        ("sample-csv/", text("cli.demo.file.csv", lang)),
        (STORE_FILE, text("cli.demo.file.store", lang, path=out / STORE_FILE)),
    ]
    width = max(len(name) for name, _ in files)
    return [
        text("cli.demo.looks_from", lang, date=as_of.isoformat()),
        text("cli.demo.wrote", lang, folder=out.resolve()),
        *(f"  {name.ljust(width)}  {what}" for name, what in files),
        "",
        text("cli.demo.open", lang, path=(out / f"{accounts[0]}-map.html").resolve()),
        text("cli.demo.next", lang),
    ]
