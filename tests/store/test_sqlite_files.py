"""The file of an embedded store: read without a trace, made only for what is stored, brought up to date with a copy.

What a reader may keep in it is in test_kept_columns.py.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from graph.model import Account, Interaction, Person
from graph.model.dataset import Dataset
from graph.store import RuleViolations
from graph.store.protocol import Upgrade
from graph.store.sqlite.schema import SCHEMA_VERSION
from graph.store.sqlite.store import SqliteStore
from graph.store.undo import undo
from tests.store.examples import every_kind, small
from tests.store.places import NOON, put
from tests.store.test_sqlite_problems import as_nobody, digest_of, filled, problem_of, reachable

__all__ = ["reachable"]

REFUSED = Dataset.collect([Account("a"), Interaction("i", NOON.date(), "forum", people=("nobody",))])


def older(path: Path) -> str:
    """Make a store into one of an earlier swaymap, without a log beside it; its digest, which stays the same."""
    store = SqliteStore(path)
    put(store, every_kind(), replace(small().of(Person)[0], id="other", account="acc'\""))
    digest = store.digest()
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for sheet in ("people", "team"):
            connection.execute(f"ALTER TABLE {sheet} DROP COLUMN interests")
        connection.execute("DROP TABLE interactions_people")
        connection.execute("DROP TABLE competitor_ties")
        connection.execute("DROP INDEX people_by_account")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("DELETE FROM journal WHERE sheet = 'competitor_ties'")
    return digest


def everything_asked(path: Path) -> None:
    """Every question that a store answers, and a dry run."""
    store = SqliteStore(path)
    account = store.accounts()[0].id
    store.read()
    store.read([account])
    store.read([account], recorded_until=NOON.date())
    store.known()
    store.history()
    store.history(account)
    store.digest()
    store.info()
    store.revisions([account])
    store.kept_columns([account], 1)
    put(store, Account("new"), dry_run=True)
    store.recover()
    store.close()


def content(folder: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in folder.iterdir()}


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_reading_keeps_every_byte_of_an_older_file(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "store.db"
    older(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
    before = content(tmp_path)
    everything_asked(path)
    assert content(tmp_path) == before


def test_reading_keeps_every_byte_of_an_older_file_and_of_what_a_killed_writer_left(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    older(path)
    left = tmp_path / "left"
    left.mkdir()
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("UPDATE accounts SET name = 'written to the log only'")
        writer.commit()
        for ending in ("", "-wal"):
            shutil.copy(f"{path}{ending}", left)
    before = content(left)
    everything_asked(left / path.name)
    store = SqliteStore(left / path.name)
    assert {account.name for account in store.read().of(Account)} == {"written to the log only"}
    store.close()
    assert {name: bytes_ for name, bytes_ in content(left).items() if not name.endswith("-shm")} == before


def test_reading_keeps_every_byte_of_a_present_file(tmp_path: Path) -> None:
    path = filled(tmp_path)
    before = content(tmp_path)
    everything_asked(path)
    assert content(tmp_path) == before


def test_what_an_older_file_lacks_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    older(path)
    store = SqliteStore(path)
    read = store.read()
    assert {person.interests for person in read.of(Person)} == {()}
    assert len(read) == len(every_kind()) + 1 - 2
    account = store.accounts()[0]
    assert account.interactions == 1, "the links of interactions are read from their lists"
    assert len(store.read([account.id]).of(Interaction)) == 1
    assert store.info().schema_version == 1
    store.close()


def test_the_first_write_brings_an_older_file_up_to_date_and_leaves_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    older(path)
    told: list[Upgrade] = []
    store = SqliteStore(path, on_upgrade=told.append)
    before, journal = store.digest(), len(store.history())
    put(store, small("b"))
    copy = tmp_path / f"store.before-schema-{SCHEMA_VERSION}.db"
    assert told == [Upgrade(str(path), 1, SCHEMA_VERSION, copy)]
    assert mode_of(copy) == 0o600
    assert digest_of(copy) == before
    assert sorted(entry.name for entry in tmp_path.iterdir() if entry.suffix == ".db") == sorted([copy.name, path.name])
    assert store.info().schema_version == SCHEMA_VERSION
    put(store, small("c"))
    assert len(told) == 1
    undo(store, 3, recorded_by="r", recorded_at=NOON)
    undo(store, 2, recorded_by="r", recorded_at=NOON)
    assert (store.digest(), len(store.history(import_id=1))) == (before, journal)
    store.close()
    fresh = tmp_path / "fresh.db"
    store = SqliteStore(fresh)
    put(store, small())
    store.close()
    assert schema_of(path) == schema_of(fresh)


def schema_of(path: Path) -> dict[str, list[str]]:
    """The columns of each table, and the indexes."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").fetchall()
        columns = "SELECT name FROM pragma_table_info(?) ORDER BY name"
        return {name: [column for (column,) in connection.execute(columns, (name,))] for (name,) in names}


def test_an_older_file_is_brought_up_to_date_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = SqliteStore(path)
    assert store.upgrade() is None, "there is nothing yet"
    assert not path.exists()
    older(path)
    before = store.digest()
    copies = []
    for _ in range(2):
        upgrade = store.upgrade()
        assert upgrade is not None
        assert store.upgrade() is None
        assert store.digest() == before
        copies.append(upgrade.copy)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("ALTER TABLE team DROP COLUMN interests")
    name = f"store.before-schema-{SCHEMA_VERSION}"
    assert copies == [tmp_path / f"{name}.db", tmp_path / f"{name}-2.db"]
    store.close()


def test_a_write_that_is_refused_leaves_an_older_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    older(path)
    before = content(tmp_path)
    store = SqliteStore(path, on_upgrade=lambda upgrade: pytest.fail("nothing was written"))
    with pytest.raises(RuleViolations):
        put(store, REFUSED)
    assert put(store, Dataset()).import_id is None
    store.close()
    assert content(tmp_path) == before


def test_without_a_copy_nothing_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    older(path)
    # A folder stands where the copy would be written.
    (tmp_path / f".store.before-schema-{SCHEMA_VERSION}.db.part").mkdir()
    was = path.read_bytes()
    store = SqliteStore(path)
    assert problem_of(lambda: put(store, Account("b"))).code == "not_copied"
    assert problem_of(store.upgrade).code == "not_copied"
    store.close()
    assert path.read_bytes() == was


def test_one_that_is_open_notices_that_another_brought_the_file_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    older(path)
    reader, writer = SqliteStore(path), SqliteStore(path)
    before = reader.digest()
    writer.upgrade()
    put(writer, replace(small().of(Person)[0], id="new", account="acc'\"", interests=("sailing",)))
    [new] = [person for person in reader.read().of(Person) if person.id == "new"]
    assert new.interests == ("sailing",)
    assert reader.digest() != before
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        connection.execute("CREATE TABLE later (id)")
    for store in (reader, writer):
        assert problem_of(store.read).code == "newer_schema"
        store.close()


def blank_files() -> dict[str, Callable[[Path], None]]:
    def no_tables(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA page_size = 8192")
            connection.execute("PRAGMA journal_mode = WAL")

    return {"none": lambda path: None, "without a byte": Path.touch, "without a table": no_tables}


BLANK = pytest.mark.parametrize("made", blank_files().values(), ids=blank_files())


@BLANK
def test_a_blank_file_is_an_empty_store(tmp_path: Path, made: Callable[[Path], None]) -> None:
    path = tmp_path / "new.db"
    made(path)
    before = content(tmp_path)
    store = SqliteStore(path)
    assert (len(store.read()), store.accounts(), store.history(), store.history("a")) == (0, [], [], [])
    assert (len(store.read(["a"])), len(store.read(recorded_until=NOON.date())), len(store.known())) == (0, 0, 0)
    assert (store.info().journal, set(store.info().counts.values())) == (0, {0})
    assert store.digest() == digest_of(tmp_path / "nowhere.db")
    assert problem_of(lambda: undo(store, 1, recorded_by="r", recorded_at=NOON)).code == "unknown_import"
    store.close()
    assert content(tmp_path) == before


@BLANK
def test_what_is_refused_or_nothing_makes_no_file(tmp_path: Path, made: Callable[[Path], None]) -> None:
    path = tmp_path / "new.db"
    made(path)
    before = content(tmp_path)
    store = SqliteStore(path)
    with pytest.raises(RuleViolations):
        put(store, REFUSED)
    put(store, Dataset())
    store.remove([("people", ("nobody",))], source="s", recorded_by="r", recorded_at=NOON)
    store.close()
    assert content(tmp_path) == before
    put(store, small())
    store.close()
    assert digest_of(path) == digest_of(filled(tmp_path))


def test_a_program_that_ends_before_the_first_import_is_stored_leaves_an_empty_store(tmp_path: Path) -> None:
    path = tmp_path / "new.db"

    def stop(done: int, total: int) -> None:
        os._exit(0)

    if (child := os.fork()) == 0:
        put(SqliteStore(path), small(), progress=stop)
    os.waitpid(child, 0)
    assert path.exists()
    store = SqliteStore(path)
    assert store.accounts() == []
    put(store, small())
    assert [account.id for account in store.accounts()] == ["a"]
    store.close()


def test_the_folder_is_made_by_the_first_write_where_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "data" / "swaymap" / "swaymap.db"
    assert problem_of(lambda: SqliteStore(path)).code == "no_folder"
    store = SqliteStore(path, makes_folder=True)
    assert store.accounts() == []
    with pytest.raises(RuleViolations):
        put(store, REFUSED)
    assert list(tmp_path.iterdir()) == []
    put(store, small())
    assert [mode_of(place) for place in (path.parent.parent, path.parent, path)] == [0o700, 0o700, 0o600]
    store.close()


def test_a_store_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = SqliteStore(path)
    with umask(0):
        put(store, small())
        store.accounts()
        put(store, small("b"))
    beside = [entry.name for entry in tmp_path.iterdir()]
    assert sorted(beside) == ["store.db", "store.db-shm", "store.db-wal"]
    assert {mode_of(entry) for entry in tmp_path.iterdir()} == {0o600}
    store.close()


def test_a_file_that_is_there_keeps_the_mode_that_its_owner_gave_it(tmp_path: Path) -> None:
    path = filled(tmp_path)
    path.chmod(0o640)
    store = SqliteStore(path)
    put(store, small("b"))
    store.close()
    assert mode_of(path) == 0o640


@pytest.mark.parametrize("mode", ["wal", "delete"])
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o444), (0o555, 0o644), (0o755, 0o444)])
def test_a_store_that_may_not_be_written_is_read(reachable: Path, folder_mode: int, file_mode: int, mode: str) -> None:
    path = reachable / "store.db"
    older(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
    before = content(reachable)
    path.chmod(file_mode)
    reachable.chmod(folder_mode)
    assert as_nobody(lambda: everything_asked(path)) == "no problem"
    reachable.chmod(0o755)
    assert content(reachable) == before


@contextmanager
def umask(mask: int) -> Iterator[None]:
    was = os.umask(mask)
    try:
        yield
    finally:
        os.umask(was)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
