"""The answer to a commit that never comes: it may be stored, which is said; and whatever was done may be done again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from graph.model import Account
from graph.store import ChangeRefused, open_store
from graph.store.derived import Derived
from graph.store.protocol import GraphStore, Receipt
from graph.store.staging import Staging
from graph.store.undo import undo
from tests.neo4j_fixture import Neo4jAddress
from tests.store.examples import small
from tests.store.places import NOON, put
from tests.store.relay import Relay
from tests.store.staged_example import STAGING
from tests.store.test_sqlite_problems import problem_of

pytestmark = pytest.mark.neo4j


@pytest.fixture
def relay(neo4j_address: Neo4jAddress) -> Iterator[Relay]:
    made = Relay(neo4j_address.url)
    yield made
    made.cut()


@pytest.fixture
def opened(neo4j_address: Neo4jAddress) -> Iterator[Callable[..., GraphStore]]:
    stores: list[GraphStore] = []

    def at(url: str, staging: Staging | None = None) -> GraphStore:
        made = open_store(url, user=neo4j_address.user, password=neo4j_address.password, staging=staging)
        stores.append(made)
        return made

    yield at
    for store in stores:
        store.close()


def take_back(store: GraphStore) -> Receipt:
    return undo(store, 2, recorded_by="r", recorded_at=NOON)


WRITES: dict[str, tuple[Callable[[GraphStore], object], int]] = {
    "import": (lambda store: put(store, Account("b")), 1),
    "remove": (
        lambda store: store.remove([("interactions", ("more-i",))], source="s", recorded_by="r", recorded_at=NOON),
        1,
    ),
    "undo, after the journal and the records were read": (take_back, 3),
    "derive": (lambda store: store.derive(Derived("a", None, NOON.date())), 1),
}


@pytest.mark.parametrize("name", WRITES)
def test_it_may_have_been_stored_and_may_be_done_again(
    name: str, relay: Relay, opened: Callable[..., GraphStore], neo4j_address: Neo4jAddress
) -> None:
    write, commit = WRITES[name]
    store, other = opened(relay.url), opened(neo4j_address.url)
    put(store, small())
    put(store, small("more"))
    before = other.digest(), len(other.history())
    relay.lose_commit(commit)
    problem = problem_of(lambda: write(store))
    assert problem.code == "neo4j_commit_unknown"
    assert relay.url in str(problem)
    after = other.digest(), len(other.history())
    if name != "derive":
        assert after != before
    try:
        write(store)
    except ChangeRefused as again:
        assert (name.split(",")[0], again.code) == ("undo", "changed_since")  # noqa: PT017 - the only one that may be
    assert (other.digest(), len(other.history())) == after


def test_a_lost_answer_to_a_reader_is_none_of_that(relay: Relay, opened: Callable[..., GraphStore]) -> None:
    store = opened(relay.url)
    put(store, small())
    relay.lose_commit()
    assert problem_of(store.accounts).code == "neo4j_unreachable"


def test_of_an_import_in_several_transactions_it_is_said_what_came_of_it(
    relay: Relay, opened: Callable[..., GraphStore], neo4j_address: Neo4jAddress
) -> None:
    """Each of its commits is lost in turn: the mark, the journal, the records, what makes it hold, the removals."""
    store, other = opened(relay.url, STAGING), opened(neo4j_address.url, STAGING)

    def bring() -> Receipt:
        return put(store, Account("b"), remove=[("interactions", ("a-i",))])

    put(store, small())
    before, begun = other.digest(), relay.commits
    bring()
    commits, after = relay.commits - begun, other.digest()
    said = []
    for number in range(1, commits + 1):
        undo(other, other.history()[-1].import_id, recorded_by="r", recorded_at=NOON)
        assert other.digest() == before
        relay.lose_commit(number)
        code = problem_of(bring).code
        other.recover()
        said.append((code, other.digest() == after))
        if other.digest() == before:
            bring()
        assert other.digest() == after
    marked, *writing, holding, removing, ending = said
    assert marked == ("neo4j_commit_unknown", False)
    assert set(writing) == {("neo4j_lost", False)}
    assert {holding, removing, ending} == {("neo4j_commit_unknown", True)}
