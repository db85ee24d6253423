"""An import in several transactions is all or nothing, whatever stops it, and nobody sees it half done."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from graph.model import Account, Person
from graph.store import open_store
from graph.store.derived import Derived
from graph.store.protocol import GraphStore
from graph.store.staging import Staging
from graph.store.undo import undo
from tests.neo4j_fixture import Neo4jAddress, rows
from tests.store.places import NOON, put
from tests.store.relay import Relay
from tests.store.staged_example import DAY, PHASE, PHASES, STAGING, bring, client, company, killed, killed_in
from tests.store.test_sqlite_problems import problem_of

pytestmark = pytest.mark.neo4j

KILLS = 20


@pytest.fixture
def opened(neo4j_address: Neo4jAddress) -> Iterator[Callable[..., GraphStore]]:
    """Opens handles on an empty store, which write in small portions."""
    stores: list[GraphStore] = []

    def another(staging: Staging = STAGING) -> GraphStore:
        stores.append(
            open_store(neo4j_address.url, user=neo4j_address.user, password=neo4j_address.password, staging=staging)
        )
        return stores[-1]

    yield another
    for store in stores:
        store.close()


def counted(store: GraphStore) -> list[tuple[int, int]]:
    """The counters of the store, the shared kinds and the accounts; their marks are drawn where the store is made."""
    found = store.revisions(("a", "b", "c"))
    assert found is not None
    return [(of.changed, of.seen) for of in (found.store, found.shared, *found.accounts.values())]


def seen(store: GraphStore) -> list[Any]:
    """All that a reader can ask."""
    return [
        store.digest(),
        store.accounts(),
        store.info(),
        store.known(),
        *(store.read([account]) for account in ("a", "b", "c")),
        *(store.read([account]).revisions for account in ("a", "b", "c")),
        counted(store),
        store.read(recorded_until=NOON.date()),
        store.history(),
        store.history("a"),
    ]


def graph(address: Neo4jAddress) -> tuple[Counter[str], Counter[str]]:
    """Every node and relationship with its properties, but for how often the store node was turned."""
    nodes = rows(address, "MATCH (n) RETURN labels(n), properties(n)")
    lines = rows(address, "MATCH (a)-[r]->(b) RETURN a.id, type(r), properties(r), b.id")
    bare = (
        (labels, sorted((key, str(value)) for key, value in found.items() if key != "turn")) for labels, found in nodes
    )
    return Counter(map(str, bare)), Counter(str([a, kind, sorted(map(str, p.items())), b]) for a, kind, p, b in lines)


class StopError(Exception):
    """Raised by a test to interrupt an import."""


def take_back(store: GraphStore) -> None:
    """Undo the last import."""
    undo(store, store.history()[-1].import_id, recorded_by="r", recorded_at=NOON)


def test_wherever_it_is_stopped_the_graph_is_as_before_or_after(
    opened: Callable[..., GraphStore], neo4j_address: Neo4jAddress
) -> None:
    store = opened()
    put(store, company())
    list(rows(neo4j_address, "MATCH (p:Person {id: 'a-p52'}) CREATE (p)-[:LIKES]->(:Film {id: 'f'})"))
    before, told = store.digest(), []
    bring(store, progress=lambda done, total: told.append(done))
    after = store.digest()
    assert before != after
    take_back(store)
    outcomes = []
    for at in (*range(0, len(told) - 1, 4), len(told) - 1):
        left, graph_before = at, graph(neo4j_address)

        def stop(done: int, total: int) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise StopError

        with pytest.raises(StopError):
            bring(store, progress=stop)
        outcomes.append(store.digest() == after)
        if outcomes[-1]:
            take_back(store)
        else:
            assert graph(neo4j_address) == graph_before
        assert store.digest() == before
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


def test_readers_see_what_was_before_until_it_holds_and_then_what_is_after(
    opened: Callable[..., GraphStore], neo4j_address: Neo4jAddress
) -> None:
    writer, reader = opened(), opened()
    put(writer, company())
    before, looked = seen(reader), []

    def look(done: int, total: int) -> None:
        [[phase]] = rows(neo4j_address, "MATCH (s:SwaymapStore) RETURN s.phase")
        if sum(1 for earlier, _ in looked if earlier == phase) < 3 and done % 2:
            looked.append((phase, seen(reader)))

    bring(writer, progress=look)
    after = seen(reader)
    assert {phase for phase, _ in looked} == {"journal", "records", "removals"}
    for phase, found in looked:
        assert found == (after if phase == "removals" else before), phase


def test_the_first_import_of_all_is_seen_when_it_holds(opened: Callable[..., GraphStore]) -> None:
    writer, reader = opened(), opened()
    empty, looked = seen(reader), []
    put(writer, company(), progress=lambda done, total: looked.append(done == total or seen(reader) == empty))
    assert all(looked)
    assert seen(reader) != empty


def test_a_journal_that_a_rollback_is_deleting_is_not_read(
    opened: Callable[..., GraphStore], neo4j_address: Neo4jAddress
) -> None:
    """A reader may find nodes that are deleted at this moment, without their properties."""
    writer, reader = opened(), opened()
    put(writer, company())
    before, looked = seen(reader), []
    bare = """
        MATCH (s:SwaymapStore) MATCH (c:SwaymapChange) WHERE c.seq > s.seq
        SET c.before = null, c.accounts = null, c.key = CASE WHEN c.seq % 2 = 0 THEN c.key END RETURN s.phase
    """

    def look(done: int, total: int) -> None:
        if phases := list(rows(neo4j_address, bare)):
            looked.append((phases[0], seen(reader)))
            raise StopError

    with pytest.raises(StopError):
        bring(writer, progress=look)
    assert looked == [(["journal"], before)]
    assert seen(reader) == before


@contextmanager
def written_meanwhile(store: GraphStore, progress: Callable[[int, int], None]) -> Iterator[list[BaseException]]:
    """The import in a thread of its own; gives what went wrong with it, when the block has ended."""
    wrong: list[BaseException] = []
    begun = threading.Event()

    def told(done: int, total: int) -> None:
        begun.set()
        progress(done, total)

    def write() -> None:
        try:
            bring(store, progress=told)
        except BaseException as problem:  # handed to the test's own thread
            wrong.append(problem)
        finally:
            begun.set()

    thread = threading.Thread(target=write)
    thread.start()
    begun.wait()
    try:
        yield wrong
    finally:
        thread.join()


def test_an_import_that_runs_is_left_alone_and_said_to_whoever_would_write(
    opened: Callable[..., GraphStore], neo4j_address: Neo4jAddress
) -> None:
    """The import goes on, renewing its lease, until every other writer has tried."""
    writer, other = opened(), opened()
    put(writer, company())
    tried = threading.Event()
    renew = "MATCH (s:SwaymapStore) SET s.lease = datetime.realtime() + duration({minutes: 10})"

    def go_on(done: int, total: int) -> None:
        while not tried.wait(0.05):
            list(rows(neo4j_address, renew))

    with written_meanwhile(writer, go_on) as wrong:
        works: list[Callable[[], object]] = [
            lambda: put(other, Account("z")),
            lambda: put(other, Account("z"), dry_run=True),
            lambda: other.derive(Derived("a", None, DAY)),
            lambda: bring(other),
            other.recover,
        ]
        try:
            for work in works:
                problem = problem_of(work)
                assert problem.code == "neo4j_import_running"
                assert "large.xlsx" in str(problem)
                assert "ann" in str(problem)
        finally:
            tried.set()
    assert wrong == []
    assert bring(other).written == 0
    assert put(other, Account("z")).written == 1


def test_an_import_renews_its_lease_with_every_portion(
    opened: Callable[..., GraphStore], neo4j_address: Neo4jAddress
) -> None:
    store, leases = opened(), []
    put(store, company())
    bring(store, progress=lambda *_: leases.extend(rows(neo4j_address, "MATCH (s:SwaymapStore) RETURN s.lease")))
    ends = [lease for [lease] in leases if lease is not None]
    assert ends == sorted(ends)
    assert len(set(ends)) > len(PHASES)


def test_a_client_that_is_silent_for_too_long_is_told_that_its_import_was_taken_back(
    opened: Callable[..., GraphStore],
) -> None:
    writer, other = opened(), opened()
    put(writer, company())
    before = other.digest()
    asleep, awake = threading.Event(), threading.Event()

    def sleep(done: int, total: int) -> None:
        if done > total * 2 // 3:
            asleep.set()
            awake.wait()

    with written_meanwhile(writer, sleep) as wrong:
        try:
            while not asleep.wait(0.1):
                assert not wrong
            assert other.recover() is True
            assert other.recover() is False
            assert other.digest() == before
            put(other, Account("z"))
        finally:
            awake.set()
    assert [getattr(problem, "code", problem) for problem in wrong] == ["neo4j_taken_back"]
    assert len(other.history()) == len(company()) + 1
    other.remove([("accounts", ("z",))], source="s", recorded_by="r", recorded_at=NOON)
    assert other.digest() == before


def test_a_server_that_goes_away_meanwhile_leaves_an_import_that_the_next_takes_back(
    opened: Callable[..., GraphStore], neo4j_address: Neo4jAddress
) -> None:
    near = opened()
    put(near, company())
    before = near.digest()
    relay = Relay(neo4j_address.url)
    store = open_store(relay.url, user=neo4j_address.user, password=neo4j_address.password, staging=STAGING)

    def cut(done: int, total: int) -> None:
        if done > total // 2:
            relay.cut()

    assert problem_of(lambda: bring(store, progress=cut)).code == "neo4j_lost"
    store.close()
    assert near.digest() == before
    bring(near)
    assert near.digest() != before


def test_a_node_of_others_in_the_way_stays_as_it_is(
    opened: Callable[..., GraphStore], neo4j_address: Neo4jAddress
) -> None:
    store = opened()
    put(store, company())
    list(rows(neo4j_address, "CREATE (:Person {id: 'c-p3', colour: 'red'})"))
    before = graph(neo4j_address)
    problem = problem_of(lambda: bring(store))
    assert problem.code == "neo4j_foreign_node"
    assert "c-p3" in str(problem)
    assert graph(neo4j_address) == before


def test_an_import_larger_than_a_transaction_goes_in_smaller_portions(opened: Callable[..., GraphStore]) -> None:
    """It is below what is staged, and a portion as asked for is more than the server takes too."""
    store = opened(Staging(above=1_000_000, portion=5_000))
    put(store, Account("a"))
    long = "x" * 10_000
    people = [Person(f"p{n}", "a", notes=long) for n in range(5_000)]
    assert put(store, *people).written == 5_000
    assert len(store.read().of(Person)) == 5_000


def test_a_record_larger_than_a_transaction_is_told_with_the_setting(
    opened: Callable[..., GraphStore], neo4j_address: Neo4jAddress
) -> None:
    store = opened(Staging(portion=1_000))
    put(store, company())
    before = graph(neo4j_address)
    problem = problem_of(lambda: put(store, Person("p", "a"), Person("q", "a", notes="x" * 50_000_000)))
    assert problem.code == "neo4j_pool_full"
    assert "db.memory.transaction.max" in str(problem)
    assert graph(neo4j_address) == before
    assert put(store, Person("p", "a")).written == 1


class Polls(threading.Thread):
    """Asks a store for its digest until told to stop; `found` counts what it was."""

    def __init__(self, store: GraphStore) -> None:
        super().__init__()
        self._store, self._is_over = store, threading.Event()
        self.found: Counter[str] = Counter()
        self.wrong: list[BaseException] = []

    def run(self) -> None:
        """Poll."""
        try:
            while not self._is_over.is_set():
                self.found[self._store.digest()] += 1
        except BaseException as problem:  # handed to the test's own thread
            self.wrong.append(problem)

    def __enter__(self) -> Polls:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self.join()


def duration(address: Neo4jAddress, what: str) -> float:
    """How long a program takes where nobody stops it."""
    with client(address, what) as process:
        began = time.monotonic()
        assert process.communicate()[0] == "done\n"
        return time.monotonic() - began


@pytest.mark.slow
def test_a_client_killed_at_any_moment_leaves_nothing_half_done(
    opened: Callable[..., GraphStore], neo4j_address: Neo4jAddress
) -> None:
    """Half are killed in a known phase, half at any moment, and some who would take it back are killed as well."""
    chance = random.Random(20)
    store = opened()
    put(store, company())
    before = store.digest()
    duration(neo4j_address, "import")
    take_back(store)
    most = duration(neo4j_address, "import")
    after = store.digest()
    take_back(store)
    left: Counter[str | None] = Counter()
    with Polls(opened()) as polls:
        for at in range(KILLS):
            was = store.revisions(("a", "b", "c"))
            if at % 2:
                phase = PHASES[at // 2 % len(PHASES)]
                killed_in(neo4j_address, phase, chance.randrange(2))
                assert list(rows(neo4j_address, PHASE)) == [[phase]]
            else:
                killed(neo4j_address, "import", chance.uniform(0, most))
            left.update(phase for [phase] in rows(neo4j_address, PHASE))
            if at % 4 > 1:
                killed(neo4j_address, "recover", STAGING.lease + chance.uniform(0, most / 2))
            store.recover()
            digest = store.digest()
            assert digest in (before, after)
            assert (store.revisions(("a", "b", "c")) == was) is (digest == before)
            if digest == after:
                take_back(store)
            assert store.digest() == before
        assert bring(store).written
        assert store.digest() == after
    assert polls.wrong == []
    assert set(polls.found) <= {before, after}
    print(f"killed in {dict(left)}; polled {sum(polls.found.values())} times, import of {most:.1f} s")
    assert set(PHASES) <= set(left)
    assert list(rows(neo4j_address, "MATCH (s:SwaymapStore) RETURN s.token, s.lease")) == [[None, None]]
