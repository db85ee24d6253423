"""The index page: the accounts, how each stands, and the way to its map."""

from __future__ import annotations

import base64
import datetime
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, select_autoescape

from api.http.asking import After, AsOf, CalibrationOf, LangQuery, StoreOf
from api.http.computing.answer import Answer, answer
from api.http.computing.computation import bounded
from api.http.computing.route import ComputedRouter
from api.http.problems import documented
from api.http.urls import index_url, map_url
from api.text.rows import shown
from graph.analysis.report.results import CoverageReport
from graph.model.calibration import Calibration
from graph.model.words import text
from swaymap.portfolio import each_opportunity
from swaymap.store import Store, today
from viz.words.numbers import whole_percent

router = ComputedRouter()

NOTHING_ELSE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The policy of a page that loads nothing."""

ROWS = 50
"""How many opportunities a page lists at most, but for an account that has more: each is computed for it."""


@router.get("/", include_in_schema=False, responses=documented(400, 421))
@bounded(long=True, narrower="portfolio")
def index(
    store: StoreOf,
    calibration: CalibrationOf,
    as_of: AsOf = None,
    lang: LangQuery = "en",
    after: After = None,
) -> Answer:
    """The accounts with status, coverage and worst gap, each leading to its power map."""
    day = as_of or today()
    query = {"lang": lang, **({"as_of": day.isoformat()} if as_of else {})}
    reports, more = _page_of_reports(store, day, calibration, after)
    page = (
        _environment()
        .get_template("index.html")
        .render(
            lang=lang,
            say=lambda key, **values: text(f"index.{key}", lang, **values),
            rows=[_row(report, lang, query) for report in reports],
            other=index_url(**{**query, "lang": "en" if lang == "zh" else "zh"}),
            more=index_url(**query, after=more) if more else None,
            day=day.isoformat(),
            calibration=calibration.label.render(lang),
            style=_style(),
        )
    )
    policy = f"{NOTHING_ELSE}; style-src 'sha256-{_hash(_style())}'"
    return answer(
        page,
        "text/html; charset=utf-8",
        **{"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer"},
    )


def _page_of_reports(
    store: Store, day: datetime.date, calibration: Calibration, after: str | None
) -> tuple[list[CoverageReport], str | None]:
    """The reports of whole accounts after an id, as many as a page takes, and the id that the next page follows.

    Every account has a report at least, so that one account more than a page has rows tells whether there is another.
    """
    reports: list[CoverageReport] = []
    for account in store.account_ids(after, ROWS + 1):
        own = [account_seen.report for account_seen in each_opportunity(store, day, calibration, [account])]
        if reports and len(reports) + len(own) > ROWS:
            return reports, reports[-1].account.id
        reports += own
    return reports, None


def _row(report: CoverageReport, lang: str, query: dict[str, str]) -> dict[str, str | None]:
    opportunity = report.opportunity
    wanted = {**query, "opportunity": opportunity.id} if opportunity else query
    worst = report.gaps[0] if report.gaps else None
    return {
        "url": map_url(report.account.id, **wanted),
        "account": shown(report.account.name, report.account.id, lang),
        "opportunity": shown(opportunity.name, opportunity.id, lang) if opportunity else None,
        "bid_date": opportunity.bid_date.isoformat() if opportunity and opportunity.bid_date else None,
        "status": report.status,
        "status_word": text(f"status.{report.status}", lang) if report.status else None,
        "coverage": whole_percent(report.decision_chain_coverage),
        "supportive": whole_percent(report.supportive_coverage),
        "reason": worst.reason.render(lang) if worst else None,
        "action": worst.action.render(lang) if worst else None,
    }


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("api.http", "pages"), autoescape=select_autoescape(default=True))


@cache
def _style() -> str:
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), "index.css")[0]


def _hash(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
