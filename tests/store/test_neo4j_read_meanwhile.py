"""Reads while others write, which Neo4j shows to a reader at once: each still shows one state, and comes to an end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from graph.model import Account, Covers, Interaction, Person, TeamMember
from graph.store import open_store
from graph.store.digest import digest_of
from graph.store.kept_columns import CodedColumns
from graph.store.neo4j.reading import Neo4jReader
from graph.store.neo4j.store import SNAPSHOT_TRIES
from graph.store.neo4j.under_way import Mark
from graph.store.protocol import GraphStore
from graph.store.revisions import SHARED
from tests.neo4j_fixture import Neo4jAddress
from tests.store.examples import small
from tests.store.places import NOON, put
from tests.store.test_sqlite_problems import problem_of

pytestmark = pytest.mark.neo4j


@pytest.fixture
def opened(neo4j_address: Neo4jAddress) -> Iterator[tuple[GraphStore, GraphStore]]:
    """A reader and a writer of a store with the accounts a and b."""
    at = neo4j_address
    reader, writer = (open_store(at.url, user=at.user, password=at.password) for _ in range(2))
    put(writer, small("a"), small("b"), TeamMember("m"), Covers("m", "a-p0"))
    yield reader, writer
    reader.close()
    writer.close()


class Meanwhile:
    """Writes after each query of a reader, at most `most` times; `attempts` counts how often reading began."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, write: Callable[[int], object], most: int = 1000) -> None:
        self.written = self.attempts = 0
        self._is_writing, self._write, self._most = False, write, most
        begin = Neo4jReader.__init__

        def counted(reader: Neo4jReader, *arguments: Any, **options: Any) -> None:
            begin(reader, *arguments, **options)
            self.attempts += not self._is_writing

        monkeypatch.setattr(Neo4jReader, "__init__", counted)
        for name in ("rows", "revisions"):
            monkeypatch.setattr(Neo4jReader, name, self._disturbed(getattr(Neo4jReader, name)))

    def _disturbed(self, ask: Callable[..., Any]) -> Callable[..., Any]:
        def asked(reader: Neo4jReader, *arguments: Any, **options: Any) -> Any:
            found = ask(reader, *arguments, **options)
            if not self._is_writing and self.written < self._most:
                self._is_writing = True
                self.written += 1
                self._write(self.written)
                self._is_writing = False
            return found

        return asked


Opened = tuple[GraphStore, GraphStore]


def test_an_account_is_read_at_once_whatever_is_written_elsewhere(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = opened
    before = reader.read(["a"])
    meanwhile = Meanwhile(monkeypatch, lambda n: put(writer, Account("b", f"name {n}")))
    found = reader.read(["a"])
    assert meanwhile.written > SNAPSHOT_TRIES
    assert meanwhile.attempts == 1
    assert digest_of(found) == digest_of(before)
    assert found.revisions == before.revisions


@pytest.mark.parametrize("when", [1, 2, 9, 20])
def test_an_account_that_changes_meanwhile_is_read_again(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, when: int
) -> None:
    """Records and revision are of the same moment, whichever query the change comes after."""
    reader, writer = opened

    def write(n: int) -> None:
        if n == when:
            put(writer, Person("a-p0", "a", title="new"), TeamMember("m", name="Max"), Account("a", "new"))

    meanwhile = Meanwhile(monkeypatch, write, when)
    found = reader.read(["a"])
    assert meanwhile.attempts == (2 if meanwhile.written == when else 1)
    monkeypatch.undo()
    if meanwhile.attempts == 2:
        after = reader.read(["a"])
        assert (digest_of(found), found.revisions) == (digest_of(after), after.revisions)


def test_an_account_that_never_holds_still_is_said_to_be_busy(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = opened
    written_in = set()

    def write(n: int) -> None:
        """Once in each attempt."""
        if meanwhile.attempts not in written_in:
            written_in.add(meanwhile.attempts)
            put(writer, Account("a", f"name {n}"))

    meanwhile = Meanwhile(monkeypatch, write)
    assert problem_of(lambda: reader.read(["a"])).code == "neo4j_busy"


def test_a_whole_store_is_read_as_of_the_first_moment(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = opened
    before = reader.digest()

    def write(n: int) -> None:
        put(
            writer,
            Person(f"new-{n}", "b"),
            Interaction("a-i", NOON.date(), "forum", people=("a-p1", "b-p0")),
            Person("b-p1", "ab"[n % 2]),
            Account("a", f"name {n}"),
            TeamMember("m", name=f"name {n}"),
            remove=[("interactions", ("b-i",)), ("covers", ("m", "a-p0"))],
        )

    meanwhile = Meanwhile(monkeypatch, write)
    assert reader.digest() == before
    assert meanwhile.attempts == 1
    assert meanwhile.written > 10
    monkeypatch.undo()
    assert reader.digest() != before


def test_a_whole_read_gives_no_revision_newer_than_its_records(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = opened
    before = reader.read()
    Meanwhile(monkeypatch, lambda n: put(writer, Account("a", f"name {n}")))
    found = reader.read()
    assert found == before
    assert found.revisions.get("a", before.revisions["a"]) == before.revisions["a"]


def test_lists_come_to_an_end_however_much_is_written(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = opened
    questions: list[Callable[[], object]] = [
        reader.known,
        reader.account_ids,
        lambda: reader.names("people"),
        lambda: reader.owners("people", ["a-p0"]),
        lambda: reader.ids_stored("people", ["a-p0", "nobody"]),
        lambda: reader.work_elsewhere("b", NOON.date(), NOON.date()),
        lambda: reader.info().counts["units"],
        lambda: reader.revisions(["a"]).accounts,  # type: ignore[union-attr]
    ]
    before = [ask() for ask in questions]
    Meanwhile(monkeypatch, lambda n: put(writer, Account("c", f"name {n}")) if n > 1 else put(writer, Account("c")))
    after = [ask() for ask in questions]
    ids = after[1]
    assert ids == ["a", "b", "c"]
    assert after[2:] == before[2:]


def test_columns_are_given_back_while_other_accounts_are_written(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = opened
    revisions = reader.read(["a", "b"]).revisions
    reader.keep_columns({key: (revisions[key], CodedColumns(b"", key.encode())) for key in ("a", "b", SHARED)}, 1)
    Meanwhile(monkeypatch, lambda n: put(writer, Account("b", f"name {n}")))
    assert set(reader.kept_columns(["a"], 1).columns) == {"a", SHARED}
    monkeypatch.undo()
    assert set(reader.kept_columns(["a", "b"], 1).columns) == {"a", SHARED}


def test_marks_of_a_staged_import_must_be_the_same() -> None:
    """One that is read while a phase begins may have the `seq` of before and the `turn` of after."""
    plain = Mark(version=5, seq=3, imports=1, turn=8)
    assert plain.is_without_staged_import(plain._replace(seq=4, imports=2))
    assert not plain.is_without_staged_import(plain._replace(turn=9))
    torn = plain._replace(phase="removals", token="t")
    assert not torn.is_without_staged_import(torn._replace(seq=4))
    assert not torn.is_without_staged_import(plain._replace(seq=4))
    assert not plain.is_without_staged_import(torn)
