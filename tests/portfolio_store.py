"""A store of many small accounts that differ in what the portfolio is sorted and filtered by.

Account `n` follows from its number alone, so that a test can say which ones have a tier, an owner, a unit or a status.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.model import Account, Covers, Opportunity, OrgUnit, Participation, Person, TeamMember
from graph.store import open_store
from graph.store.protocol import GraphStore
from tests.store.places import put

ACCOUNTS = 70
"""More than a process of several is given at a time."""

TEAM = {"ann": "Ann Li / 李安", "bob": "Bob Wu / 吴博", "gone": "Gone Xu / 徐远"}
TIERS = ("S", "A", "B", "C", None)
AMOUNTS = (None, 2_000_000.0, 5_000_000.0)
BIDS = (None, datetime.date(2026, 12, 15), datetime.date(2026, 12, 1))


def account_id(number: int) -> str:
    return f"a{number:03}"


def owner_of(number: int) -> str | None:
    """The owner of the person of an account; `gone`, who has left the team, owns those of every seventh account."""
    return "gone" if number % 7 == 0 else ("ann", "bob", None)[number % 3]


def filled(folder: Path) -> str:
    """The address of such a store."""
    url = f"sqlite:///{folder / 'many.db'}"
    store = open_store(url)
    fill(store)
    store.close()
    return url


def fill(store: GraphStore) -> None:
    """Put the team and the accounts into a store."""
    team = (TeamMember(member, name=name, role="AR", active=member != "gone") for member, name in TEAM.items())
    put(store, *team, *(record for number in range(ACCOUNTS) for record in _records(number)))


def _records(number: int) -> Iterator[Any]:
    account, person = account_id(number), f"p{number:03}"
    yield Account(account, name=f"Customer {number}", tier=TIERS[number % len(TIERS)])
    yield OrgUnit(f"u{number:03}", account, name="Finance / 财务部" if number % 4 == 0 else "Sales / 销售部")
    yield Person(person, account, name=f"Person {number}", unit=f"u{number:03}", level=5)
    for member in ("ann", "bob"):
        if owner_of(number) != member:
            yield Covers(member, person, owner=False if number % 2 else None)
    if (owner := owner_of(number)) is not None:
        yield Covers(owner, person, owner=True)
    for project in range(number % 3):
        yield Opportunity(
            f"o{number:03}-{project}",
            account,
            name=f"Project {number}",
            amount=AMOUNTS[(number + project) % len(AMOUNTS)],
            currency="CNY",
            bid_date=BIDS[(number // 3 + project) % len(BIDS)],
        )
        stance = 2 if number % 5 else -1
        yield Participation(f"o{number:03}-{project}", person, roles=("D",), stance=stance)
