"""The texts of the header: account, opportunity, bid date, status with its reason, and the main figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viz.words.bilingual import Both, both_texts, named, rendered, written_date
from viz.words.numbers import NOTHING, whole_percent

if TYPE_CHECKING:
    from graph.analysis.report.results import CoverageReport, OpportunityHead


@dataclass(frozen=True, slots=True)
class Header:
    """The texts of the header strip. `status` is None without an opportunity."""

    account: Both
    opportunity: Both
    bid: Both | None
    status: str | None
    status_word: Both
    status_reason: Both
    routes: str
    seats: str
    covered: str
    covered_words: Both


def header_of(report: CoverageReport) -> Header:
    """The header of a report. Absent values are a dash, never 0."""
    opportunity = report.opportunity
    covered_words = both_texts("viz.covered")
    if report.supportive_coverage is not None:
        covered_words = both_texts("viz.covered_and_supported", supportive=whole_percent(report.supportive_coverage))
    return Header(
        account=named(report.account.name, report.account.id),
        opportunity=named(opportunity.name, opportunity.id) if opportunity else both_texts("viz.no_opportunity"),
        bid=_bid(opportunity, report),
        status=report.status,
        status_word=both_texts(f"status.{report.status}") if report.status else Both(NOTHING, NOTHING),
        status_reason=rendered(report.status_reason) or both_texts("viz.no_status"),
        routes=NOTHING if report.independent_routes is None else str(report.independent_routes),
        seats=NOTHING if report.identified is None else f"{report.seats_identified}/{report.seats}",
        covered=whole_percent(report.decision_chain_coverage),
        covered_words=covered_words,
    )


def _bid(opportunity: OpportunityHead | None, report: CoverageReport) -> Both | None:
    if opportunity is None or opportunity.bid_date is None:
        return None
    days = (opportunity.bid_date - report.as_of).days
    date = written_date(opportunity.bid_date)
    if days == 0:
        return both_texts("viz.bid.today", date=date)
    if days == 1:
        return both_texts("viz.bid.tomorrow", date=date)
    return both_texts("viz.bid.ahead" if days > 0 else "viz.bid.over", date=date, days=abs(days))
