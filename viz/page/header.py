"""The header strip: how the account stands, in facts with their reasons, and the coverage profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viz.page.bilingual import Both, named, rendered, said, written_date
from viz.page.numbers import NOTHING, whole_percent
from viz.page.people import badge_numbers, form_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.analysis.report.results import CoverageReport, OpportunityHead

PROFILE_WIDTH = 320
FILL_HEIGHT = 38
FOOT_HEIGHT = 5
LEAST_NUMBERED_WIDTH = 15
"""A column narrower than this, in pixels, has no room for its gap's number."""
LEAST_EDGED_WIDTH = 3
"""A column narrower than this would be all edge."""


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


@dataclass(frozen=True, slots=True)
class Badge:
    """A gap number in the profile, at the middle of its person's column."""

    x: float
    number: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The coverage profile as SVG paths, in pixels. The area of `fill` is the decision-chain coverage."""

    fill: str
    feet: Mapping[str, str]
    edges: str
    badges: tuple[Badge, ...]
    width: int = PROFILE_WIDTH
    fill_height: int = FILL_HEIGHT
    height: int = FILL_HEIGHT + 1 + FOOT_HEIGHT


def header_of(report: CoverageReport) -> Header:
    """The header of a report. Absent values are a dash, never 0."""
    opportunity = report.opportunity
    covered_words = said("viz.covered")
    if report.supportive_coverage is not None:
        covered_words = said("viz.covered_and_supported", supportive=whole_percent(report.supportive_coverage))
    return Header(
        account=named(report.account.name, report.account.id),
        opportunity=named(opportunity.name, opportunity.id) if opportunity else said("viz.no_opportunity"),
        bid=_bid(opportunity, report),
        status=report.status,
        status_word=said(f"status.{report.status}") if report.status else Both(NOTHING, NOTHING),
        status_reason=rendered(report.status_reason) or said("viz.no_status"),
        routes=NOTHING if report.independent_routes is None else str(report.independent_routes),
        seats=NOTHING if report.identified is None else f"{report.seats_identified}/{report.seats}",
        covered=whole_percent(report.decision_chain_coverage),
        covered_words=covered_words,
    )


def profile_of(report: CoverageReport) -> Profile:
    """The coverage profile: a column per person, width = decision influence, fill = coverage, foot = stance."""
    numbers = badge_numbers(report)
    fill, edges, badges = [], [], []
    feet: dict[str, list[str]] = {}
    x = 0.0
    for person in report.people:
        width = PROFILE_WIDTH * person.decision_influence
        covered = FILL_HEIGHT * person.coverage
        if covered > 0:
            fill.append(_box(x, FILL_HEIGHT - covered, width, covered))
        feet.setdefault(form_of(person), []).append(_box(x, FILL_HEIGHT + 1, width, FOOT_HEIGHT))
        if width > LEAST_EDGED_WIDTH:
            edges.append(f"M{x + width:.2f} 0V{FILL_HEIGHT}")
        number = numbers.get(person.id)
        if number is not None and width > LEAST_NUMBERED_WIDTH:
            badges.append(Badge(round(x + width / 2, 2), number))
        x += width
    return Profile("".join(fill), {form: "".join(boxes) for form, boxes in feet.items()}, "".join(edges), tuple(badges))


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:.2f} {y:.2f}h{width:.2f}v{height:.2f}H{x:.2f}z"


def _bid(opportunity: OpportunityHead | None, report: CoverageReport) -> Both | None:
    if opportunity is None or opportunity.bid_date is None:
        return None
    days = (opportunity.bid_date - report.as_of).days
    date = written_date(opportunity.bid_date)
    if days == 0:
        return said("viz.bid.today", date=date)
    if days == 1:
        return said("viz.bid.tomorrow", date=date)
    return said("viz.bid.ahead" if days > 0 else "viz.bid.over", date=date, days=abs(days))
