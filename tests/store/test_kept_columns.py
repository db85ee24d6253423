"""Columns that readers keep: never stale, never another's, and nothing else of the store changes by them."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase

from graph.model import Account, Person, TeamMember
from graph.store import open_store
from graph.store.kept_columns import CodedColumns, checksum
from graph.store.protocol import GraphStore
from graph.store.revisions import SHARED
from graph.store.sqlite.connections import Connections
from graph.store.sqlite.store import SqliteStore
from graph.store.undo import undo
from tests.neo4j_fixture import Neo4jAddress, rows
from tests.store.examples import small
from tests.store.places import NOON, Place, put
from tests.store.relay import Relay
from tests.store.test_revisions import make_older
from tests.store.test_sqlite_files import content, everything_asked, older
from tests.store.test_sqlite_problems import as_nobody, filled, reachable

__all__ = ["reachable"]

FORMAT = 7


def coded(text: str) -> CodedColumns:
    return CodedColumns(f"{len(text)}".encode(), text.encode())


def keep(store: GraphStore, *accounts: str, text: str = "columns of {}", format_number: int = FORMAT) -> None:
    """Read accounts and keep columns of them."""
    revisions = store.read(accounts).revisions
    made = {account: (revisions[account], coded(text.format(account))) for account in (*accounts, SHARED)}
    store.keep_columns(made, format_number)


def kept(store: GraphStore, *accounts: str, format_number: int = FORMAT) -> dict[str, str]:
    return {key: one.data.decode() for key, one in store.kept_columns(accounts, format_number).columns.items()}


A, B, TEAM = "columns of a", "columns of b", "columns of "


def test_what_was_kept_is_given_back_with_the_revisions(store: GraphStore) -> None:
    put(store, small("a"), small("b"), TeamMember("m"))
    assert kept(store, "a", "b") == {}
    keep(store, "a", "b")
    assert kept(store, "a", "b", "nobody") == {"a": A, "b": B, SHARED: TEAM}
    assert kept(store, "b") == {"b": B, SHARED: TEAM}
    assert kept(store) == {SHARED: TEAM}
    found = store.kept_columns(["a"], FORMAT)
    assert found.columns["a"] == coded(A)
    assert found.revisions == store.revisions(["a"])
    keep(store, "a", text="anew {}")
    assert kept(store, "a")["a"] == "anew a"


def test_many_accounts_are_kept_and_given_back_at_once(store: GraphStore) -> None:
    accounts = [f"account-{n}" for n in range(100)]
    put(store, *map(Account, accounts))
    keep(store, *accounts)
    assert kept(store, *accounts) == {**{account: f"columns of {account}" for account in accounts}, SHARED: TEAM}


def test_a_change_removes_what_was_kept_of_its_accounts_only(store: GraphStore) -> None:
    put(store, small("a"), small("b"))
    keep(store, "a", "b")
    receipt = put(store, Person("a-p0", "a", title="new"))
    assert kept(store, "a", "b") == {"b": B, SHARED: TEAM}
    keep(store, "a", "b")
    put(store, TeamMember("m"))
    assert kept(store, "a", "b") == {"a": A, "b": B}, "a change of the team touches no account"
    undo(store, receipt.import_id or 0, recorded_by="r", recorded_at=NOON)
    assert kept(store, "a", "b") == {"b": B}


def test_nothing_remains_of_an_account_that_is_removed(store: GraphStore) -> None:
    put(store, small("b"))
    imported = put(store, small("a")).import_id
    keep(store, "a")
    undo(store, imported or 0, recorded_by="r", recorded_at=NOON)
    assert kept(store, "a") == {SHARED: TEAM}
    put(store, small("a"))
    assert kept(store, "a") == {SHARED: TEAM}


def test_columns_of_an_earlier_revision_are_not_kept(store: GraphStore) -> None:
    put(store, small("a"), small("b"), TeamMember("m"))
    revisions = store.read().revisions
    put(store, Person("a-p0", "a", title="new"), TeamMember("m", name="Max"))
    store.keep_columns({account: (revisions[account], coded("old")) for account in ("a", "b", SHARED)}, FORMAT)
    assert kept(store, "a", "b") == {"b": "old"}
    present = store.read().revisions
    store.keep_columns({"a": (present["a"] + 1, coded("of the future")), "nobody": (1, coded("x"))}, FORMAT)
    assert kept(store, "a", "nobody") == {}


def test_a_reader_who_is_overtaken_between_reading_and_keeping_keeps_nothing(place: Place) -> None:
    """Two threads: one has read and stops; the other writes; then the first keeps what it made."""
    reader, writer = place.open(), place.open()
    put(writer, small("a"), small("b"))
    has_read, has_written = threading.Event(), threading.Event()

    def read_and_keep() -> None:
        revisions = reader.read(["a", "b"]).revisions
        has_read.set()
        has_written.wait()
        reader.keep_columns({account: (revisions[account], coded("made of the old")) for account in "ab"}, FORMAT)

    thread = threading.Thread(target=read_and_keep)
    thread.start()
    has_read.wait()
    put(writer, Person("a-p0", "a", title="new"))
    has_written.set()
    thread.join()
    assert kept(writer, "a", "b") == {"b": "made of the old"}


def test_columns_of_another_format_are_not_given_back(store: GraphStore) -> None:
    put(store, small("a"))
    keep(store, "a", format_number=FORMAT)
    assert kept(store, "a", format_number=FORMAT + 1) == {}
    keep(store, "a", text="newer {}", format_number=FORMAT + 1)
    assert kept(store, "a", format_number=FORMAT + 1)["a"] == "newer a"
    assert "a" not in kept(store, "a", format_number=FORMAT)


HURT: list[tuple[str, str]] = [
    ("data = substr(data, 1, length(data) - 1)", "n.swaymapData = $cut"),
    ("data = x''", "n.swaymapData = $nothing"),
    ("sizes = x''", "n.swaymapSizes = $nothing"),
    ("checksum = x''", "n.swaymapChecksum = $nothing"),
    ("data = CAST(data || x'00' AS BLOB)", "n.swaymapData = $longer"),
]


@pytest.mark.parametrize(("in_sql", "in_cypher"), HURT)
def test_what_was_damaged_is_not_given_back(
    place: Place, in_sql: str, in_cypher: str, request: pytest.FixtureRequest
) -> None:
    store = place.open()
    put(store, small("a"), small("b"))
    keep(store, "a", "b")
    if place.engine == "sqlite":
        sql(store.url, f"UPDATE columns_of SET {in_sql} WHERE account = 'a'")
    else:
        address: Neo4jAddress = request.getfixturevalue("neo4j_address")
        parameters = {"cut": A.encode()[:-1], "nothing": b"", "longer": A.encode() + b"\0"}
        list(rows(address, f"MATCH (n:Account {{id: 'a'}}) SET {in_cypher}", **parameters))
    assert kept(store, "a", "b") == {"b": B, SHARED: TEAM}


def test_columns_of_another_account_or_store_are_not_given_back(tmp_path: Path) -> None:
    """Also where revision and account are the same."""
    one, other = (SqliteStore(tmp_path / f"{name}.db") for name in ("one", "other"))
    for store in (one, other):
        put(store, small("a"), small("b"))
        keep(store, "a", "b")
    sql(
        one.url,
        f"ATTACH '{tmp_path / 'other.db'}' AS other; UPDATE columns_of AS own SET (data, sizes, checksum) = "
        "(SELECT data, sizes, checksum FROM other.columns_of AS kept WHERE kept.account = own.account)",
    )
    assert kept(one, "a", "b") == {}
    sql(
        other.url,
        "UPDATE columns_of AS own SET (data, sizes, checksum) = "
        "(SELECT data, sizes, checksum FROM columns_of AS kept WHERE kept.account = 'b') WHERE account = 'a'",
    )
    assert kept(other, "a", "b") == {"b": B, SHARED: TEAM}
    for store in (one, other):
        store.close()


def test_columns_that_outlived_a_change_are_not_given_back(tmp_path: Path) -> None:
    """A second guard: they are removed with the change, and would not be believed after it."""
    store = SqliteStore(tmp_path / "store.db")
    put(store, small("a"))
    keep(store, "a")
    sql(store.url, "CREATE TABLE aside AS SELECT * FROM columns_of")
    put(store, Person("a-p0", "a", title="new"))
    assert kept(store, "a") == {SHARED: TEAM}
    sql(store.url, "INSERT OR REPLACE INTO columns_of SELECT * FROM aside; DROP TABLE aside")
    assert kept(store, "a") == {SHARED: TEAM}
    store.close()


def test_the_checksum_covers_everything() -> None:
    whole: tuple[Any, ...] = ("store", "a", 5, FORMAT, CodedColumns(b"ab", b"cd"))
    others: list[tuple[Any, ...]] = [
        ("other", *whole[1:]),
        ("store", "b", *whole[2:]),
        ("store", "a", 6, *whole[3:]),
        ("store", "a", 5, FORMAT + 1, whole[4]),
        (*whole[:4], CodedColumns(b"a", b"bcd")),
        (*whole[:4], CodedColumns(b"ab", b"cc")),
        (*whole[:4], CodedColumns(b"ac", b"cd")),
        ("stor", "ea", *whole[2:]),
    ]
    assert len({checksum(*kept) for kept in (whole, *others)}) == len(others) + 1


def test_an_older_store_keeps_nothing_until_it_is_upgraded(place: Place, request: pytest.FixtureRequest) -> None:
    store = place.open()
    put(store, small("a"))
    revision = store.read(["a"]).revisions["a"]
    place.close()
    make_older(store, None if place.engine == "sqlite" else request.getfixturevalue("neo4j_address"))
    again = place.open()
    again.keep_columns({"a": (revision, coded(A))}, FORMAT)
    assert again.kept_columns(["a"], FORMAT).revisions is None
    assert kept(again, "a") == {}
    again.upgrade()
    assert kept(again, "a") == {}
    keep(again, "a")
    assert kept(again, "a")["a"] == A


@pytest.mark.parametrize(("value", "is_kept"), [("0", False), ("false", False), ("1", True), ("", True)])
def test_keeping_is_turned_off_by_a_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, is_kept: bool
) -> None:
    path = filled(tmp_path)
    monkeypatch.setenv("SWAYMAP_KEEP_COLUMNS", value)
    store = open_store(f"sqlite:///{path}")
    before = path.read_bytes()
    keep(store, "a")
    assert bool(kept(store, "a")) is is_kept
    store.close()
    assert (path.read_bytes() == before) is not is_kept
    off = open_store(f"sqlite:///{path}", keep_columns=False)
    assert kept(off, "a") == {}, "where it is off nothing that is kept is used either"
    assert off.kept_columns(["a"], FORMAT).revisions == off.revisions(["a"])
    off.close()


# The file of an embedded store


def sql(url: str, script: str) -> None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.executescript(script)


def dumped(path: Path) -> dict[str, Any]:
    """Everything in a file but kept columns: the rows of each table, the schema and what the header says."""
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        header = ("application_id", "user_version", "schema_version", "journal_mode", "page_size")
        return {
            **{name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names if name != "columns_of"},
            "schema": connection.execute("SELECT * FROM sqlite_schema ORDER BY name").fetchall(),
            "header": [connection.execute(f"PRAGMA {name}").fetchone() for name in header],
        }


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_keeping_changes_nothing_but_the_columns(tmp_path: Path, mode: str) -> None:
    path = filled(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
    before = dumped(path)
    store = SqliteStore(path)
    digest, info, history = store.digest(), store.info(), store.history()
    keep(store, "a")
    assert kept(store, "a") == {"a": A, SHARED: TEAM}
    assert (store.digest(), store.info(), store.history()) == (digest, info, history)
    store.close()
    assert dumped(path) == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_an_older_file_keeps_every_byte(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "store.db"
    older(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
    before = content(tmp_path)
    store = SqliteStore(path)
    account = store.account_ids()[0]
    store.keep_columns({account: (1, coded("x")), SHARED: (0, coded("x"))}, FORMAT)
    assert kept(store, account) == {}
    store.close()
    everything_asked(path)
    assert content(tmp_path) == before


def test_where_nothing_is_stored_no_file_is_made(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "new.db")
    store.keep_columns({"a": (1, coded("x")), SHARED: (0, coded("x"))}, FORMAT)
    assert store.kept_columns(["a"], FORMAT).columns == {}
    (tmp_path / "blank.db").touch()
    blank = SqliteStore(tmp_path / "blank.db")
    blank.keep_columns({SHARED: (0, coded("x"))}, FORMAT)
    for opened in (store, blank):
        opened.close()
    assert content(tmp_path) == {"blank.db": b""}


def test_who_finds_the_file_being_written_keeps_nothing_and_does_not_wait(tmp_path: Path) -> None:
    path = filled(tmp_path)
    store = SqliteStore(path, wait_seconds=1e6)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        keep(store, "a")
        writer.execute("ROLLBACK")
    assert kept(store, "a") == {}
    keep(store, "a")
    assert kept(store, "a") == {"a": A, SHARED: TEAM}
    store.close()


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o444), (0o555, 0o644), (0o755, 0o444)])
def test_a_file_that_may_not_be_written_keeps_every_byte(reachable: Path, folder_mode: int, file_mode: int) -> None:
    path = filled(reachable)
    before = content(reachable)
    path.chmod(file_mode)
    reachable.chmod(folder_mode)

    def read_and_keep() -> None:
        store = SqliteStore(path)
        keep(store, "a")
        assert kept(store, "a") == {}
        store.close()

    assert as_nobody(read_and_keep) == "no problem"
    reachable.chmod(0o755)
    assert content(reachable) == before


def on_a_full_disk(work: Callable[[], object]) -> str:
    """The outcome of work in a process whose files may not grow."""

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        work()

    return as_nobody(limited) if os.getuid() != 0 else _as_root(limited)


def _as_root(work: Callable[[], object]) -> str:
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return "no problem" if status == 0 else "a problem"


def test_a_full_disk_harms_neither_the_answer_nor_the_file(tmp_path: Path) -> None:
    path = filled(tmp_path)
    before = dumped(path)

    def read_and_keep() -> None:
        store = SqliteStore(path)
        revisions = store.read(["a"]).revisions
        large = CodedColumns(b"", os.urandom(1_000_000))
        store.keep_columns({"a": (revisions["a"], large), SHARED: (revisions[SHARED], coded("x"))}, FORMAT)
        assert kept(store, "a") == {}
        assert len(store.read(["a"])) == len(small())
        store.close()

    assert on_a_full_disk(read_and_keep) == "no problem"
    assert dumped(path) == before
    store = SqliteStore(path)
    assert kept(store, "a") == {}
    keep(store, "a")
    assert kept(store, "a") == {"a": A, SHARED: TEAM}
    put(store, Account("z"))
    store.close()


def test_a_crash_in_a_write_loses_neither_records_nor_columns(tmp_path: Path) -> None:
    """Both are of one transaction: before it ends, columns are those of before, as the records are."""
    path = filled(tmp_path)
    store = SqliteStore(path)
    keep(store, "a")
    store.close()

    def die(done: int, total: int) -> None:
        os._exit(0)

    if (child := os.fork()) == 0:
        put(SqliteStore(path), Person("a-p0", "a", title="new"), progress=die)
    os.waitpid(child, 0)
    store = SqliteStore(path)
    assert kept(store, "a") == {"a": A, SHARED: TEAM}
    put(store, Person("a-p0", "a", title="new"))
    assert kept(store, "a") == {SHARED: TEAM}
    store.close()


def test_what_cannot_be_kept_for_another_reason_is_not_raised(tmp_path: Path) -> None:
    path = filled(tmp_path)
    connections = Connections(path, 1.0)

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM columns_of")
        raise sqlite3.OperationalError("disk I/O error")

    connections.keep(fail)
    path.unlink()
    connections.keep(lambda connection: pytest.fail("there is no file"))
    connections.close()
    assert not path.exists()


@pytest.mark.neo4j
@pytest.mark.parametrize("locked", ["(n:Account {id: 'a'})", "(n:SwaymapShared)"])
def test_who_finds_an_account_of_a_database_being_written_keeps_nothing(
    neo4j_address: Neo4jAddress, locked: str
) -> None:
    at = neo4j_address
    store = open_store(at.url, user=at.user, password=at.password)
    put(store, small("a"))
    with (
        GraphDatabase.driver(at.url, auth=(at.user, at.password)) as driver,
        driver.session() as session,
        session.begin_transaction() as transaction,
    ):
        transaction.run(f"MATCH {locked} SET n.lock = true").consume()
        keep(store, "a")
        assert kept(store, "a") == {}
        transaction.rollback()
    keep(store, "a")
    assert kept(store, "a") == {"a": A, SHARED: TEAM}
    store.close()


@pytest.mark.neo4j
def test_a_database_that_goes_away_is_no_error_of_keeping(neo4j_address: Neo4jAddress) -> None:
    relay = Relay(neo4j_address.url)
    store = open_store(relay.url, user=neo4j_address.user, password=neo4j_address.password)
    put(store, small("a"))
    revision = store.read(["a"]).revisions["a"]
    relay.cut()
    store.keep_columns({"a": (revision, coded(A))}, FORMAT)
    store.close()
