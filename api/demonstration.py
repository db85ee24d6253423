"""The demonstration: the sample company loaded into a fresh embedded store, its headline, maps and reports."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from api.settings import load_settings
from api.terminal import lines
from api.text.headline import headline_lines, title_line
from api.text.output import json_text, write_file
from api.text.report import report_text
from api.text.rows import path_rows, shown, subject_of, two_digits
from graph.model import Person
from graph.model.file_problems import cannot_write
from graph.model.words import text
from graph.private_files import make_folder
from loaders.asked import Asked
from swaymap.importing import import_paths
from swaymap.store import open_store

if TYPE_CHECKING:
    from graph.model.calibration import Calibration
    from swaymap.account import Account
    from swaymap.store import Store

STORE_FILE = "swaymap.db"


def demonstrate(
    out: Path, as_of: datetime.date, calibration: Calibration, lang: str, progress: Callable[[str], None]
) -> str:
    """Load the sample, write everything to the folder, and give back what to read and open."""
    from loaders import sample_company

    store_path = _fresh_store(out)
    progress(text("cli.demo.loading", lang))
    with sample_company() as folder, open_store(f"sqlite:///{store_path}") as store:
        import_paths(store.graph_store, [folder], Asked(today=as_of), recorded_by=load_settings().user)
        accounts = [store.account(identity, as_of=as_of, calibration=calibration) for identity in store.account_ids()]
        accounts.sort(key=lambda account: -len(account.records.of(Person)))
        described = [_account(account, out, lang, progress) for account in accounts]
        progress(text("cli.demo.writing", lang))
        _write_sample(store, out)
    return lines([*described[0], "", *_what_to_open(out, [account.id for account in accounts], as_of, lang)])


def _fresh_store(out: Path) -> Path:
    try:
        make_folder(out)
        for ending in ("", "-wal", "-shm"):
            (out / f"{STORE_FILE}{ending}").unlink(missing_ok=True)
    except OSError as wrong:
        raise cannot_write(out, wrong) from wrong
    return out / STORE_FILE


def _account(account: Account, out: Path, lang: str, progress: Callable[[str], None]) -> list[str]:
    from graph.analysis.report.report_json import report_json

    progress(text("cli.demo.drawing", lang, account=account.id))
    report, power_map = account.report, account.map(lang=lang)
    write_file(out / f"{account.id}-map.html", power_map.written(".html"))
    write_file(out / f"{account.id}-deck.pptx", power_map.written(".pptx"))
    write_file(out / f"{account.id}-coverage.json", json_text(report_json(report, lang)))
    write_file(out / f"{account.id}-coverage.txt", report_text(report, lang, to_file=True))
    return [
        "",
        title_line(report, lang),
        *headline_lines(report, lang),
        *_worst(account, lang),
        *_way(account, lang),
    ]


def _worst(account: Account, lang: str) -> list[str]:
    from graph.analysis.report.gap_subjects import subjects

    lines = ["", text("cli.demo.worst", lang)]
    for subject in subjects(account.report)[:3]:
        gap = subject.gaps[0]
        named = subject_of(gap, account.report, lang)
        prefix = f"{named}: " if named and named not in gap.reason.render(lang) else ""
        lines.append(f"  {subject.number}. {prefix}{gap.reason.render(lang)}")
        lines.append(f"     → {gap.action.render(lang)}")
    return lines


def _way(account: Account, lang: str) -> list[str]:
    decider = next((person for person in account.report.people if {"D", "A"} & set(person.roles)), None)
    if decider is None:
        return []
    rows = path_rows(account.paths(decider.id, k=1).paths, lang)
    person = shown(decider.name, decider.id, lang)
    if not rows:
        return ["", text("line.no_path", lang, person=person)]
    return [
        "",
        text("cli.demo.path", lang, person=person),
        f"  {rows[0]['route']}  = {two_digits(rows[0]['strength'])}",
    ]


def _write_sample(store: Store, out: Path) -> None:
    from loaders.template import write_csv_folder, write_workbook

    records = store.graph_store.read()
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
