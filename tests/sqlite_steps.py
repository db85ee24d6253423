"""How much SQLite works: the steps of its virtual machine, which do not depend on the speed of the machine."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from graph.model import Account, Covers, Interaction, Opportunity, Person, TeamMember
from graph.store import open_store
from graph.store.protocol import GraphStore
from tests.store.places import put

CONTACTS = 20
"""Contacts of an account: so many that counting them would show in the steps."""

DAY = datetime.date(2026, 11, 1)


@contextmanager
def steps_counted(patch: pytest.MonkeyPatch) -> Iterator[Callable[[], int]]:
    """Count the steps of every connection that is opened inside; the function gives their number so far."""
    taken, connect = 0, sqlite3.connect

    def one_more() -> None:
        nonlocal taken
        taken += 1

    def counting(*arguments: Any, **more: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **more)
        connection.set_progress_handler(one_more, 1)
        return connection

    with patch.context() as inside:
        inside.setattr(sqlite3, "connect", counting)
        yield lambda: taken


def filled_stores(folder: Path, *sizes: int) -> dict[int, str]:
    """Stores of so many accounts each: their addresses by size."""
    found = {}
    for number in sizes:
        found[number] = f"sqlite:///{folder / f'{number}.db'}"
        store = open_store(found[number])
        fill(store, number)
        store.close()
    return found


def fill(store: GraphStore, accounts: int) -> None:
    """Store so many accounts, `a0000` and on, each with people, contacts and an opportunity; and changes of each."""
    put(store, TeamMember("m", role="AR"), *(record for n in range(accounts) for record in _account(f"a{n:04}")), day=1)
    put(store, *(Person(f"a{n:04}-p0", f"a{n:04}", name="Renamed") for n in range(accounts)), day=10)


def _account(account: str) -> list[Any]:
    people = [Person(f"{account}-p{n}", account, name=f"Person {n}") for n in range(2)]
    touched = ((f"{account}-i{n}", DAY, (people[n % 2].id,)) for n in range(CONTACTS))
    return [
        Account(account, f"Account {account}"),
        *people,
        Opportunity(f"{account}-o", account),
        Covers("m", people[0].id, owner=True),
        *(Interaction(identity, day, "forum", people=named, members=("m",)) for identity, day, named in touched),
    ]
