"""Problems of an embedded store: one sentence in each language, and the file is left as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.model import Account, Person
from graph.model.dataset import Dataset
from graph.store import AboutStore, RuleViolations, StoreError, open_store
from graph.store.derived import Derived
from graph.store.sqlite.store import SqliteStore
from tests.store.examples import small
from tests.store.places import NOON, put


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that any user can reach; those of pytest only we may enter."""
    folder = Path(tempfile.mkdtemp(prefix="swaymap-store-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def problem_of(work: Callable[[], object]) -> AboutStore:
    with pytest.raises(AboutStore) as found:
        work()
    said = found.value.message
    for lang in ("en", "zh"):
        sentence = said.render(lang)
        assert "\n" not in sentence
        assert sentence[-1] in ".。"
        assert found.value.store in sentence
    assert found.value.store != "?", "a problem of a store names its address"
    return found.value


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("postgres://host/db", "unknown_address"),
        ("store.sqlite", "unknown_address"),
        ("", "unknown_address"),
        ("sqlite://store.db", "unknown_address"),
        ("sqlite:///", "no_file_named"),
        ("sqlite:///folder/", "no_file_named"),
        ("bolt://neo4j:sesame@host:7687", "credentials_in_address"),
        ("neo4j+s://sesame@host", "credentials_in_address"),
        ("sqlite:///no/such/folder/store.db", "no_folder"),
    ],
)
def test_addresses_that_lead_nowhere(address: str, code: str) -> None:
    problem = problem_of(lambda: open_store(address))
    assert problem.code == code
    assert "sesame" not in str(problem) + repr(problem)


def test_a_path_that_ends_in_db_is_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_store("own.db")
    put(store, small())
    store.close()
    same = open_store("sqlite:///own.db")
    assert len(same.read()) == len(small())
    same.close()


def test_reading_a_store_that_is_not_there_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    store = SqliteStore(path)
    assert (len(store.read()), store.accounts(), store.history(), store.info().journal) == (0, [], [], 0)
    put(store, small(), dry_run=True)
    assert list(tmp_path.iterdir()) == []
    put(store, small())
    assert len(store.read()) == len(small())
    store.close()
    assert [entry.name for entry in tmp_path.iterdir()] == ["new.db"]


def test_a_file_of_another_program_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE people (id)")
    other.close()
    was = path.read_bytes()
    assert problem_of(lambda: SqliteStore(path)).code == "foreign_file"
    assert path.read_bytes() == was


def test_a_file_marked_by_another_program_is_refused_though_empty(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("PRAGMA application_id = 7")
    other.close()
    assert problem_of(lambda: SqliteStore(path)).code == "foreign_file"


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "text.db"
    path.write_text("id,name\n" * 500)
    assert problem_of(lambda: SqliteStore(path)).code == "foreign_file"
    assert path.read_text() == "id,name\n" * 500


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    store = SqliteStore(path)
    put(store, small())
    assert len(store.read()) == len(small())
    store.close()


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    assert problem_of(lambda: SqliteStore(tmp_path)).code == "cannot_open"


def test_a_store_of_a_newer_swaymap_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path)
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    problem = problem_of(lambda: SqliteStore(path))
    assert problem.code == "newer_schema"
    assert "99" in str(problem)


def test_a_store_of_an_earlier_swaymap_gets_the_columns_declared_since(tmp_path: Path) -> None:
    path = filled(tmp_path)
    before = SqliteStore(path).digest()
    earlier = sqlite3.connect(path)
    for sheet in ("people", "team"):
        earlier.execute(f"ALTER TABLE {sheet} DROP COLUMN addresses")
    earlier.execute("PRAGMA user_version = 1")
    earlier.commit()
    earlier.close()
    store = SqliteStore(path)
    assert store.digest() == before
    person = store.read().of(Person)[0]
    put(store, Dataset.collect([replace(person, addresses=("a@b.example",))]))
    assert next(stored for stored in store.read().of(Person) if stored.id == person.id).addresses == ("a@b.example",)
    store.close()


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = filled(tmp_path, people=3000)
    content = bytearray(path.read_bytes())
    content[4096 * 10 :] = b"\xff" * (len(content) - 4096 * 10)
    path.write_bytes(content)
    assert problem_of(lambda: digest_of(path)).code == "damaged"


def test_a_locked_file_is_waited_for_and_then_said_to_be_locked(tmp_path: Path) -> None:
    path = filled(tmp_path)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    store = SqliteStore(path, wait_seconds=0.1)
    assert problem_of(lambda: put(store, Account("b"))).code == "locked"
    assert len(store.read()) == len(small())
    holder.execute("ROLLBACK")
    holder.close()
    assert put(store, Account("b")).written == 1
    store.close()


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o444), (0o555, 0o644), (0o755, 0o444)])
def test_a_file_that_may_not_be_written_is_said_so(reachable: Path, folder_mode: int, file_mode: int) -> None:
    path = filled(reachable)
    digest = digest_of(path)
    path.chmod(file_mode)
    reachable.chmod(folder_mode)
    assert as_nobody(lambda: put(SqliteStore(path), Account("b"))) in {"read_only", "cannot_open"}
    reachable.chmod(0o755)
    path.chmod(0o644)
    assert digest_of(path) == digest


def test_a_new_file_in_a_folder_that_may_not_be_written_is_said_so(reachable: Path) -> None:
    reachable.chmod(0o555)
    assert as_nobody(lambda: put(SqliteStore(reachable / "new.db"), Account("b"))) in {"read_only", "cannot_open"}


def test_a_file_that_may_not_be_read_is_said_so(reachable: Path) -> None:
    path = filled(reachable)
    path.chmod(0o000)
    assert as_nobody(lambda: SqliteStore(path)) == "cannot_open"


def test_another_handle_may_be_told_that_there_were_records(tmp_path: Path) -> None:
    path = filled(tmp_path)
    seen = SqliteStore(path)
    assert seen.is_filled
    path.unlink()
    told = open_store(f"sqlite:///{path}")
    assert len(told.read()) == 0
    told.is_filled = seen.is_filled
    assert problem_of(told.ping).code == problem_of(told.read).code == "gone"
    assert problem_of(lambda: put(seen, small())).code == "gone"
    assert not path.exists()
    seen.close()


def test_a_store_that_was_never_filled_is_not_gone(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "new.db")
    with pytest.raises(RuleViolations):
        put(store, Person("p", "nowhere", "P"))
    assert not store.is_filled
    assert len(store.read()) == 0
    put(store, small())
    assert store.is_filled
    store.close()


def test_there_is_nothing_to_derive_in_a_file(tmp_path: Path) -> None:
    store = SqliteStore(filled(tmp_path))
    assert problem_of(lambda: store.derive(Derived("a", None, NOON.date()))).code == "nothing_to_derive"
    store.close()


def filled(folder: Path, people: int = 3) -> Path:
    path = folder / "store.db"
    store = SqliteStore(path)
    put(store, small(people=people))
    store.close()
    return path


def digest_of(path: Path) -> str:
    store = SqliteStore(path)
    try:
        return store.digest()
    finally:
        store.close()


def as_nobody(work: Callable[[], object]) -> str:
    """The code of the problem that work meets when done by a user without rights, as root always has them."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        said = "no problem"
        try:
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            work()
        except StoreError as problem:
            said = problem.code
        except BaseException:
            said = traceback.format_exc()
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as answer:
        return answer.read()
