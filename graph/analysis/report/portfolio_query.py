"""Which rows of the portfolio are asked for, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from graph.analysis.ground.columns import CodedAccount, codes_of
from graph.analysis.measures.coverage import CORNERS
from graph.model import Covers
from graph.model.file_problems import near_choice, unknown_choice
from graph.model.kind import kind_of
from graph.model.scales import TIER

if TYPE_CHECKING:
    from graph.analysis.ground.columns import AccountNames
    from graph.analysis.report.opportunity_rows import Row

Order = Literal["text", "earliest", "worst", "assumed", "smallest", "largest"]
"""Which value comes first: see `SORTS`."""

LIGHTS = ("red", "amber", "green")
"""The statuses, the worst first."""

TIERS = tuple(TIER.by_code)
"""The tiers of accounts, the highest first."""

SORTS: Mapping[str, Order] = {
    **dict.fromkeys(("account", "account_name", "opportunity", "opportunity_name"), "text"),
    "bid_date": "earliest",
    "influence_assumed": "assumed",
    "status": "worst",
    **dict.fromkeys(("decision_chain_coverage", "supportive_coverage", "identified", "redundancy"), "smallest"),
    "independent_routes": "smallest",
    "concentration": "largest",
    **dict.fromkeys(CORNERS, "smallest"),
    **dict.fromkeys(("support_index", "support_forecast", "support_low", "support_high"), "smallest"),
    **dict.fromkeys(("people", "levels_inferred", "gaps", "critical_gaps"), "largest"),
    "worst_gap": "text",
    "amount": "largest",
    "currency": "text",
    "at_risk": "largest",
}
"""The keys of a row that rows are sorted by, each with the value that comes first: what needs attention most."""

_PLACES: Mapping[Order, Callable[[Any], Any]] = {
    "text": str.casefold,
    "earliest": str,
    "worst": LIGHTS.index,
    "assumed": lambda value: not value,
    "smallest": float,
    "largest": lambda value: -value,
}


@dataclass(frozen=True, slots=True)
class PortfolioQuery:
    """The rows that are asked for: those that every part holds of, where an empty part holds of all.

    `sort` are keys of `SORTS`, `status` some of `LIGHTS`, `tiers` some of `TIERS`, `owner` the id of a team member who
    owns somebody in the account, `units` ids of units of which the account has one.
    """

    sort: tuple[str, ...] = ()
    status: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    owner: str | None = None
    units: frozenset[str] = frozenset()

    def accounts(self, accounts: Mapping[str, CodedAccount]) -> Mapping[str, CodedAccount]:
        """Those of the accounts whose rows are asked for; nothing of them is computed.

        >>> coded = measures.view.batch.columns.coded()
        >>> list(PortfolioQuery(owner="uma").accounts(coded)), list(PortfolioQuery(owner="nobody").accounts(coded))
        (['harbour'], [])
        """
        if not (self.tiers or self.owner is not None or self.units):
            return accounts
        return {identity: account for identity, account in accounts.items() if self._has(account)}

    def rows(self, rows: Iterable[Row]) -> Iterable[Row]:
        """Those of the rows of such accounts that are asked for."""
        return (row for row in rows if row["status"] in self.status) if self.status else rows

    def ordered(self, rows: Iterable[Row]) -> Iterable[Row]:
        """The rows in the order asked for, empty values last; rows that are equal in it stay as they are.

        >>> rows = [{"amount": 5.0, "gaps": 1}, {"amount": None, "gaps": 2}, {"amount": 9.0, "gaps": 1}]
        >>> [row["amount"] for row in PortfolioQuery(sort=("gaps", "amount")).ordered(rows)]
        [None, 9.0, 5.0]
        """
        if not self.sort:
            return rows
        ordered = list(rows)
        for key in reversed(self.sort):
            ordered.sort(key=_place(key))
        return ordered

    def _has(self, account: CodedAccount) -> bool:
        names = account.names()
        return (
            (not self.tiers or names.tier in self.tiers)
            and (not self.units or any(unit in self.units for unit, _ in names.units))
            and (self.owner is None or _owns(self.owner, account, names))
        )


def checked_sort(keys: Iterable[object]) -> tuple[str, ...]:
    """The keys to sort by. Raises InputError, with the nearest keys, for one that there is not.

    >>> checked_sort(["at_risk", "bid_date"])
    ('at_risk', 'bid_date')
    """
    return tuple(key if isinstance(key, str) and key in SORTS else _refused(key) for key in keys)


def checked_values(name: str, values: Iterable[object], known: tuple[str, ...]) -> frozenset[str]:
    """The values of a filter. Raises InputError, with those that there are, for another one.

    >>> sorted(checked_values("tier", ["S", "A"], TIERS))
    ['A', 'S']
    """
    given = tuple(values)
    for value in given:
        if not isinstance(value, str) or value not in known:
            raise unknown_choice(name, value, known)
    return frozenset(map(str, given))


def _refused(key: object) -> str:
    raise near_choice("sort", key, tuple(SORTS))


def _place(key: str) -> Callable[[Row], tuple[bool, Any]]:
    """The sorting key of rows by one of their values: rows without a value come last."""
    place = _PLACES[SORTS[key]]

    def of(row: Row) -> tuple[bool, Any]:
        value = row[key]
        return (True, 0) if value is None else (False, place(value))

    return of


def _owns(member: str, account: CodedAccount, names: AccountNames) -> bool:
    """Whether a team member is recorded as the owner of somebody in the account."""
    if member not in names.members:
        return False
    covers = account.rows_of(kind_of(Covers).sheet)
    owned = covers["owner"] == codes_of(Covers, "owner")[True]
    return bool(np.any(owned & (covers["member"] == names.members.index(member))))
