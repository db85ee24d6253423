"""A row an opportunity: the headlines of many accounts, computed together from their columns."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from itertools import repeat
from typing import Any

import numpy as np

from graph.analysis.ground.arrays import Column, Floats, Ints
from graph.analysis.ground.batch import NONE, Batch
from graph.analysis.ground.columns import NO_DATE, CodedAccount, Columns, OpportunityNames, decoded
from graph.analysis.ground.team_columns import TeamColumns
from graph.analysis.measures.measures import measure
from graph.analysis.network.routes import NO_DECIDER
from graph.analysis.report.gaps import BANDS, TYPES
from graph.analysis.report.headline import HeadlineColumns, headline_columns
from graph.analysis.report.status import STATUSES
from graph.model.calibration import Calibration

Row = dict[str, Any]
"""The figures of an opportunity by the keys of the report's JSON, where it has them."""


def opportunity_rows(
    accounts: Mapping[str, CodedAccount], team: TeamColumns, as_of: datetime.date, calibration: Calibration
) -> list[Row]:
    """The rows of these accounts, by account and opportunity id; an account without an opportunity has one row.

    >>> import datetime
    >>> batch = measures.view.batch
    >>> rows = opportunity_rows(batch.columns.coded(), batch.team, today, batch.calibration)
    >>> [(row["account"], round(row["decision_chain_coverage"], 3), row["worst_gap"]) for row in rows]
    [('harbour', 0.679, 'stance_unknown')]
    """
    columns, chosen = of_opportunities(accounts)
    if not columns.names:
        return []
    return _rows(headline_columns(measure(Batch(columns, chosen, as_of, calibration, team))))


def of_opportunities(accounts: Mapping[str, CodedAccount]) -> tuple[Columns, Ints]:
    """The columns of accounts by id, each once for every opportunity, and the place of that opportunity."""
    ordered = [accounts[account] for account in sorted(accounts)]
    times = [max(1, account.size_of("opportunities")) for account in ordered]
    columns = decoded([account for account, number in zip(ordered, times, strict=True) for _ in range(number)])
    if not columns.names:
        return columns, np.zeros(0, dtype=np.int64)
    first, which = columns.starts_of("opportunities")[:-1], np.concatenate([*map(np.arange, times)])
    return columns, np.where(columns.sizes_of("opportunities") > 0, first + which, NONE)


def opportunity_names(batch: Batch) -> Iterator[OpportunityNames | None]:
    """The names of each account's opportunity; None without one."""
    first = batch.columns.starts_of("opportunities").tolist()
    for account, place in enumerate(batch.opportunity.tolist()):
        yield None if place == NONE else batch.columns.names[account].opportunities[place - first[account]]


def _rows(found: HeadlineColumns) -> list[Row]:
    batch, gaps, decided = found.measures.batch, found.gaps, found.decided
    opportunity = np.where(decided, batch.opportunity, 0)
    listed = np.bincount(gaps.account, minlength=batch.accounts)
    critical = np.bincount(gaps.account[gaps.band == BANDS.index("critical")], minlength=batch.accounts)
    worst = np.full(batch.accounts, -1, dtype=np.int64)
    worst[gaps.account[::-1]] = gaps.type[::-1]
    named = list(opportunity_names(batch))
    seats, held = found.seats, found.seats_identified
    identified = np.divide(held, seats, out=np.full(batch.accounts, np.nan), where=decided & (seats > 0))
    days = _values(batch, "bid_date", opportunity)
    bids = np.where(decided, days, NO_DATE).tolist()
    columns: dict[str, Any] = {
        "account": [names.id for names in batch.columns.names],
        "account_name": [names.name for names in batch.columns.names],
        "opportunity": [own and own.id for own in named],
        "opportunity_name": [own and own.name for own in named],
        "bid_date": [None if day == NO_DATE else datetime.date.fromordinal(day).isoformat() for day in bids],
        "as_of": repeat(batch.as_of.isoformat()),
        "calibration": repeat(batch.calibration.label.render()),
        "influence_assumed": found.influence_assumed.tolist(),
        "status": [STATUSES[reason] if known else None for reason, known in _pairs(found.reason, decided)],
        "decision_chain_coverage": found.decision_chain_coverage.tolist(),
        "supportive_coverage": _known(found.supportive_coverage, decided),
        "identified": _filled(identified),
        "redundancy": found.redundancy.tolist(),
        "independent_routes": _known(found.routes, decided & (found.routes != NO_DECIDER)),
        "concentration": _filled(found.concentration),
        **{corner: share.tolist() for corner, share in found.triangle.items()},
        **{
            f"support_{name}": _known(values, decided)
            for name, values in zip(("index", "forecast", "low", "high"), found.support, strict=True)
        },
        "people": found.people.tolist(),
        "levels_inferred": found.levels_inferred.tolist(),
        "gaps": listed.tolist(),
        "critical_gaps": critical.tolist(),
        "worst_gap": [None if type_ < 0 else TYPES[type_] for type_ in worst.tolist()],
        "amount": _filled(np.where(decided, _values(batch, "amount", opportunity), np.nan)),
        "currency": [own and own.currency for own in named],
        "at_risk": repeat(None),
    }
    keys = tuple(columns)
    return [dict(zip(keys, values, strict=True)) for values in zip(*columns.values(), strict=False)]


def _values(batch: Batch, name: str, places: Ints) -> Column:
    values = batch.columns.tables["opportunities"][name]
    return values[places] if len(values) else np.full(len(places), NO_DATE)


def _pairs(values: Ints, known: Column) -> Iterator[tuple[Any, bool]]:
    return zip(values.tolist(), known.tolist(), strict=True)


def _known(values: Column, known: Column) -> list[Any]:
    """The values, None where they are not known."""
    return [value if there else None for value, there in _pairs(values, known)]


def _filled(values: Floats) -> list[float | None]:
    """The values, None for NaN."""
    return [None if value != value else value for value in values.tolist()]
