"""The headline of a report in words: what a person reads first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.text.rows import shown, two_digits
from graph.model.words import text
from viz.words.numbers import whole_percent

if TYPE_CHECKING:
    from graph.analysis.report.results import CoverageReport


def title_line(report: CoverageReport, lang: str) -> str:
    """Account, opportunity, bid date and days left."""
    account = shown(report.account.name, report.account.id, lang)
    opportunity = report.opportunity
    if opportunity is None:
        return text("line.title.no_opportunity", lang, account=account)
    named = shown(opportunity.name, opportunity.id, lang)
    if opportunity.bid_date is None:
        return text("line.title.no_bid", lang, account=account, opportunity=named)
    days = (opportunity.bid_date - report.as_of).days
    key = "line.title.bid" if days >= 0 else "line.title.bid_over"
    return text(key, lang, account=account, opportunity=named, date=opportunity.bid_date.isoformat(), days=abs(days))


def headline_lines(report: CoverageReport, lang: str) -> list[str]:
    """Coverage, status, seats, routes, triangle and support, a line each."""
    lines = [
        text("line.coverage", lang, value=whole_percent(report.decision_chain_coverage)),
        text("line.triangle", lang, **{role: whole_percent(report.triangle[role]) for role in ("AR", "SR", "FR")}),
        text(
            "line.redundancy",
            lang,
            redundancy=whole_percent(report.redundancy),
            concentration=whole_percent(report.concentration),
        ),
    ]
    if report.opportunity is None:
        return lines
    reason = report.status_reason.render(lang) if report.status_reason else ""
    lines[1:1] = [
        text("line.status", lang, status=text(f"status.{report.status}", lang), reason=reason),
        text(
            "line.support",
            lang,
            supportive=whole_percent(report.supportive_coverage),
            known=report.seats_identified,
            seats=report.seats,
            routes="–" if report.independent_routes is None else report.independent_routes,
        ),
    ]
    if report.support is not None:
        lines.append(_forecast_line(report, lang))
    return lines


def _forecast_line(report: CoverageReport, lang: str) -> str:
    support = report.support
    assert support is not None
    line = text(
        "line.forecast",
        lang,
        index=signed(support.index),
        forecast=signed(support.forecast),
        low=signed(support.low),
        high=signed(support.high),
    )
    if support.bottleneck is None:
        return line
    return line + text(
        "line.bottleneck",
        lang,
        step=_step_name(support.bottleneck.step, report, lang),
        value=two_digits(support.bottleneck.value),
    )


def as_of_line(report: CoverageReport, lang: str) -> str:
    """The day, the calibration, and what was inferred or assumed."""
    inferred = sum(person.level_inferred for person in report.people)
    line = text("line.as_of", lang, date=report.as_of.isoformat(), calibration=report.calibration)
    if inferred:
        line += text("line.inferred", lang, inferred=inferred, people=len(report.people))
    if report.influence_assumed:
        line += text("line.assumed", lang)
    return line


def signed(value: float) -> str:
    """A support index as shown: `+.31`."""
    return ("−" if value < 0 else "+") + two_digits(abs(value))


def _step_name(step: str, report: CoverageReport, lang: str) -> str:
    if step.startswith("veto:"):
        person = step.removeprefix("veto:")
        return text("line.veto_of", lang, person=shown(report.person(person).name, person, lang))
    return shown(report.step_names.get(step), step, lang)
