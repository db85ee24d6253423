"""Kept columns are never stale, and revisions grow where records change and only there, whatever is done to a store."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.analysis.ground.coding import code_accounts
from graph.analysis.ground.team_columns import team_columns
from graph.model import (
    KINDS,
    Account,
    Claim,
    Competitor,
    CompetitorTie,
    Covers,
    Interaction,
    Opportunity,
    Participation,
    Person,
    TeamMember,
)
from graph.model.columns import FieldClass
from graph.model.dataset import Dataset
from graph.store import ChangeRefused, RuleViolations, open_store
from graph.store.belonging import is_shared
from graph.store.digest import digest_of
from graph.store.kept_columns import CodedColumns
from graph.store.protocol import GraphStore
from graph.store.revisions import NEVER, SHARED, Revision
from graph.store.scope import EVERYTHING, Scope
from graph.store.sync import beyond
from graph.store.undo import undo
from swaymap.portfolio import account_records, columns_of
from tests.neo4j_fixture import Neo4jAddress, empty
from tests.store.conftest import IN_PORTIONS
from tests.store.places import NOON, put

FORMAT = 1
ACCOUNTS = ("a", "b", "c")
VIEWER = Scope(
    withheld=frozenset(
        (sheet, column.name)
        for sheet, kind in KINDS.items()
        for column in kind.columns
        if column.field_class is FieldClass.RESTRICTED
    )
)

Fresh = Callable[[], GraphStore]
Step = tuple[str, int, int, str]

STEPS: st.SearchStrategy[list[Step]] = st.lists(
    st.tuples(
        st.sampled_from(
            """person move notes touch nobody deal seat claim rival cover team
            gone left sync leave undo undo again stop""".split()
        ),
        st.integers(0, 4),
        st.integers(0, 4),
        st.sampled_from(ACCOUNTS),
    ),
    min_size=1,
    max_size=14,
)


@pytest.fixture
def fresh_file(tmp_path: Path) -> Iterator[Fresh]:
    """Opens empty embedded stores."""
    with contextlib.ExitStack() as opened:
        made: list[GraphStore] = []

        def fresh() -> GraphStore:
            made.append(open_store(f"sqlite:///{tmp_path / f'{len(made)}.db'}"))
            opened.callback(made[-1].close)
            return made[-1]

        yield fresh


@pytest.fixture(params=["whole", "in portions"])
def fresh_database(request: pytest.FixtureRequest, neo4j_address: Neo4jAddress) -> Iterator[Fresh]:
    """Opens the database, emptied."""
    at = neo4j_address
    staging = IN_PORTIONS if request.param == "in portions" else None
    with contextlib.ExitStack() as opened:

        def fresh() -> GraphStore:
            empty(at)
            store = open_store(at.url, user=at.user, password=at.password, staging=staging)
            opened.callback(store.close)
            return store

        yield fresh


@dataclass
class Seen:
    """The state that a store showed after a step: digests for everybody and for a viewer, revisions, by account."""

    everybody: dict[str, str]
    viewer: dict[str, str]
    revisions: dict[str, Revision]
    store: Revision
    whole: str


@dataclass
class History:
    """Every revision that an account ever had, with its digest."""

    of: dict[str, dict[int, str]] = field(default_factory=dict)

    def add(self, seen: Seen) -> None:
        for account, revision in seen.revisions.items():
            had = self.of.setdefault(account, {})
            assert had.setdefault(revision.changed, seen.everybody[account]) == seen.everybody[account]


def begin(store: GraphStore) -> None:
    """Two accounts with people, a team member and a competitor."""
    people = [Person(f"p{n}", ACCOUNTS[n % 2]) for n in range(5)]
    put(store, Account("a"), Account("b"), *people, TeamMember("m"), Competitor("r"))


def check(store: GraphStore, steps: list[Step]) -> None:
    """Do the steps; after each, compare revisions with digests, and kept columns with the present records."""
    begin(store)
    before, history = seen_in(store), History()
    history.add(before)
    keep(store, before)
    for at, step in enumerate(steps):
        with contextlib.suppress(RuleViolations, ChangeRefused, StopError):
            take(store, step, at)
        store.recover()
        after = seen_in(store)
        history.add(after)
        check_revisions(before, after)
        check_kept(store, before, after)
        keep(store, before)
        check_kept(store, before, after)
        keep(store, after)
        assert kept(store) == after.everybody
        before = after


def check_columns(store: GraphStore, steps: list[Step]) -> None:
    """Do the steps; after each, the columns of the accounts are those of the present records, kept or not."""
    begin(store)
    for at, step in enumerate(steps):
        with contextlib.suppress(RuleViolations, ChangeRefused, StopError):
            take(store, step, at)
        store.recover()
        found, team = columns_of(store, ACCOUNTS, EVERYTHING)
        assert columns_of(store, ACCOUNTS, EVERYTHING)[0] == found
        records = store.read(ACCOUNTS)
        stored = [account for account in ACCOUNTS if account in found]
        assert {account.id for account in records.of(Account)} == set(stored)
        assert code_accounts(records, stored).coded() == found
        assert team.ids == team_columns(records.of(TeamMember)).ids
        for account in stored:
            present = store.read([account])
            for _ in range(2):
                own = account_records(store, account, EVERYTHING)
                assert own == present
                assert own.revisions == present.revisions
                assert code_accounts(own, [account]).coded()[account] == found[account]


CHECKS = pytest.mark.parametrize("checked", [check, check_columns], ids=["opaque columns", "the portfolio's"])


@CHECKS
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_in_a_file(fresh_file: Fresh, checked: Callable[[GraphStore, list[Step]], None], steps: list[Step]) -> None:
    checked(fresh_file(), steps)


@CHECKS
@pytest.mark.neo4j
@pytest.mark.sampled(sample=2, full=40)
def test_in_a_database(fresh_database: Fresh, checked: Callable[[GraphStore, list[Step]], None], size: int) -> None:
    @settings(max_examples=size)
    @given(steps=STEPS)
    def holds(steps: list[Step]) -> None:
        checked(fresh_database(), steps)

    holds()


def check_revisions(before: Seen, after: Seen) -> None:
    assert (after.store.changed > before.store.changed) >= (before.whole != after.whole)
    for account, now in after.revisions.items():
        was = before.revisions.get(account)
        if was is not None:
            assert (now.changed > was.changed) is (after.everybody[account] != before.everybody[account]), account
            assert (now.seen > was.seen) is (after.viewer[account] != before.viewer[account]), account
            assert now >= was
        if was != now:
            assert after.store.changed > before.store.changed


def check_kept(store: GraphStore, before: Seen, after: Seen) -> None:
    """Kept columns are right, and are still there where nothing changed."""
    found = kept(store)
    for account, digest in after.everybody.items():
        assert found.pop(account, digest) == digest, account
        if before.everybody.get(account) == digest:
            assert account in kept(store), account
    assert not found


def keep(store: GraphStore, seen: Seen) -> None:
    """Keep columns of what was seen, which may be of the past."""
    made = {
        account: (seen.revisions.get(account, NEVER).changed, CodedColumns(b"", digest.encode()))
        for account, digest in seen.everybody.items()
    }
    store.keep_columns(made, FORMAT)


def kept(store: GraphStore) -> dict[str, str]:
    return {key: columns.data.decode() for key, columns in store.kept_columns(ACCOUNTS, FORMAT).columns.items()}


def seen_in(store: GraphStore) -> Seen:
    found = store.revisions(ACCOUNTS)
    assert found is not None
    everybody = digests(store, EVERYTHING)
    assert found.accounts.keys() == everybody.keys() - {SHARED}
    read = store.read(ACCOUNTS).revisions
    assert read == {SHARED: found.shared.changed, **{key: of.changed for key, of in found.accounts.items()}}
    revisions = {SHARED: found.shared, **found.accounts}
    return Seen(everybody, digests(store, VIEWER), revisions, found.store, store.digest())


def digests(store: GraphStore, scope: Scope) -> dict[str, str]:
    stored = [account for account in ACCOUNTS if store.ids_stored("accounts", [account])]
    found = {account: digest_of(part(store.read([account], scope=scope), shared=False)) for account in stored}
    return {**found, SHARED: digest_of(part(store.read([], scope=scope), shared=True))}


def part(records: Dataset, shared: bool) -> Dataset:
    return Dataset({kind.record: records.of(kind.record) for kind in KINDS.values() if is_shared(kind) is shared})


class StopError(Exception):
    """A program that is stopped while it writes."""


def take(store: GraphStore, step: Step, at: int) -> None:
    """One change of a store, or an attempt at it."""
    what, n, other, account = step
    if what == "undo":
        last = [found.id for found in store.imports()][n : n + 1]
        for import_id in last:
            undo(store, import_id, recorded_by="r", recorded_at=NOON)
    elif what == "sync":
        left = store.read([account])
        people = left.of(Person)
        batch = left.replaced(Person, people[: n + 1])
        if left.of(Account):
            put(store, batch, remove=beyond(store, account, batch))
    elif what == "leave":
        everything = store.read([account])
        gone = [(kind.sheet, kind.key_of(record)) for kind in KINDS.values() for record in everything.of(kind.record)]
        store.remove(
            [target for target in gone if not is_shared(KINDS[target[0]])],
            source="s",
            recorded_by="r",
            recorded_at=NOON,
        )
    elif what == "again":
        put(store, Account(account, f"of {at}"))
    elif what == "stop":
        put(
            store,
            Account("a"),
            Person(f"p{n}", "a", name=f"stopped {at}"),
            Person("new", "a"),
            progress=stopping(other),
        )
    elif what in ("gone", "left"):
        target = ("people", (f"p{n}",)) if what == "gone" else ("interactions", (f"i{n}",))
        store.remove([target], source="s", recorded_by="r", recorded_at=NOON)
    else:
        put(store, *brought(store, what, n, other, account, at))


def stopping(after: int) -> Callable[[int, int], None]:
    left = after

    def stop(done: int, total: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise StopError

    return stop


def brought(store: GraphStore, what: str, n: int, other: int, account: str, at: int) -> list[Any]:
    """The records of an import."""
    person = f"p{n}"
    homes = {person.id: person.account for person in store.read().of(Person)}
    records: dict[str, Callable[[], list[Any]]] = {
        "person": lambda: [Person(person, homes.get(person, account), name=f"name {at}")],
        "move": lambda: [Person(person, account)],
        "notes": lambda: [Person(person, homes.get(person, account), notes=f"as of {at}")],
        "touch": lambda: [
            Interaction(f"i{other}", datetime.date(2026, 1, 1 + at), "forum", people=(person, f"p{other}"))
        ],
        "nobody": lambda: [Interaction(f"i{other}", datetime.date(2026, 1, 1 + at), "forum")],
        "deal": lambda: [Opportunity(f"o{n % 2}", account, name=f"name {other}")],
        "seat": lambda: [Participation(f"o{other % 2}", person, stance=at % 4)],
        "claim": lambda: [Claim(f"c{n % 2}", f"o{other % 2}", "fit", source_person=person)],
        "rival": lambda: [CompetitorTie("r", person, 0.5 + other / 10)],
        "cover": lambda: [Covers("m", person, owner=other % 2 == 0)],
        "team": lambda: [TeamMember("m", name=f"name {n}"), Competitor("r", name=f"name {other}")],
    }
    return records[what]()
