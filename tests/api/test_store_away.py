"""A store that is there when the server starts and away later is 503 with Retry-After, never empty and never ready."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from graph.model import Account
from graph.model.calibration import load_calibration
from graph.store import open_store
from tests.api.server_process import serving
from tests.api.waiting import is_running, wait_for
from tests.neo4j_fixture import Neo4jAddress, neo4j_address, rows
from tests.store.examples import small
from tests.store.places import put
from tests.store.relay import Relay

__all__ = ["neo4j_address"]

AS_OF = {"as_of": "2026-11-23"}
QUESTIONS = ["/readyz", "/", "/api/v1/accounts", "/api/v1/coverage", "/api/v1/accounts/qinglan/coverage"]


@pytest.fixture
def file(sample_url: str, tmp_path: Path) -> Path:
    """A copy of the sample company's file, in a folder of its own."""
    folder = tmp_path / "data"
    folder.mkdir()
    return Path(shutil.copy(sample_url.removeprefix("sqlite:///"), folder / "swaymap.db"))


@pytest.fixture
def client(file: Path) -> Iterator[TestClient]:
    """A server that was opened on the file and has answered from it."""
    app = create_app(open_store(f"sqlite:///{file}"), load_calibration(None))
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        assert [client.get(path, params=AS_OF).status_code for path in QUESTIONS] == [200] * len(QUESTIONS)
        yield client


def unlink(file: Path) -> None:
    file.unlink()


def lose_the_folder(file: Path) -> None:
    shutil.rmtree(file.parent)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def blank(file: Path) -> None:
    file.unlink()
    fresh = sqlite3.connect(file)
    fresh.execute("PRAGMA user_version = 0")
    fresh.execute("VACUUM")
    fresh.close()


def write_a_text(file: Path) -> None:
    file.unlink()
    file.write_text("id,name\n" * 500)


def write_another_database(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE people (id)")
    other.close()


def make_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def damage(file: Path) -> None:
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (unlink, "gone"),
        (lose_the_folder, "gone"),
        (empty, "gone"),
        (blank, "gone"),
        (write_a_text, "foreign_file"),
        (write_another_database, "foreign_file"),
        (make_a_folder, "cannot_open"),
        (damage, "damaged"),
    ],
)
def test_a_store_that_goes_away_is_503(
    client: TestClient, file: Path, tmp_path: Path, harm: Callable[[Path], None], code: str
) -> None:
    backup = Path(shutil.copy(file, tmp_path / "backup.db"))
    harm(file)
    for path in QUESTIONS:
        answer = client.get(path, params=AS_OF)
        assert (path, answer.status_code, answer.json()["code"]) == (path, 503, code)
        assert answer.headers["content-type"] == "application/problem+json"
        assert int(answer.headers["retry-after"]) > 0
        assert str(file) in answer.json()["detail"]
    assert client.get("/livez").status_code == 200
    put_back(backup, file)
    assert [client.get(path, params=AS_OF).status_code for path in QUESTIONS] == [200] * len(QUESTIONS)


def put_back(backup: Path, file: Path) -> None:
    """Restore a backup as a person does: away with what is there, and the copy in its place."""
    if file.is_dir():
        file.rmdir()
    file.parent.mkdir(exist_ok=True)
    for left in file.parent.iterdir():
        left.unlink()
    shutil.copy(backup, file)


def test_a_backup_put_in_the_place_of_the_file_is_read(client: TestClient, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    store = open_store(f"sqlite:///{other}")
    put(store, small())
    store.close()
    other.replace(file)
    ids = [account["id"] for account in client.get("/api/v1/accounts").json()["accounts"]]
    assert ids == [account.id for account in small().of(Account)]


def test_a_server_on_a_file_still_to_be_made_is_empty_and_ready(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with TestClient(
        create_app(open_store(f"sqlite:///{path}"), load_calibration(None)), base_url="http://127.0.0.1:8000"
    ) as client:
        assert client.get("/readyz").status_code == 200
        writer = open_store(f"sqlite:///{path}")
        put(writer, small())
        writer.close()
        assert len(client.get("/api/v1/accounts").json()["accounts"]) > 0
        path.unlink()
        assert client.get("/readyz").status_code == 503


@pytest.mark.neo4j
def test_a_neo4j_that_goes_away_is_503(neo4j_address: Neo4jAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.store.neo4j.connection.RETRY_SECONDS", 0.1)
    relay = Relay(neo4j_address.url)
    store = open_store(relay.url, user=neo4j_address.user, password=neo4j_address.password)
    put(store, small())
    with TestClient(create_app(store, load_calibration(None)), base_url="http://127.0.0.1:8000") as client:
        assert client.get("/readyz").status_code == 200
        relay.cut()
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["code"]) == (503, "neo4j_unreachable")
        assert "retry-after" in answer.headers


@pytest.mark.neo4j
def test_a_neo4j_that_is_emptied_is_503(neo4j_address: Neo4jAddress) -> None:
    store = open_store(neo4j_address.url, user=neo4j_address.user, password=neo4j_address.password)
    put(store, small())
    with TestClient(create_app(store, load_calibration(None)), base_url="http://127.0.0.1:8000") as client:
        assert client.get("/readyz").status_code == 200
        list(rows(neo4j_address, "MATCH (n) DETACH DELETE n"))
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["code"]) == (503, "neo4j_gone")


def test_a_worker_that_starts_after_the_store_went_away_knows_that_it_was_there(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with serving(f"sqlite:///{path}", tmp_path, SWAYMAP_LIMIT_COMPUTING="1") as served:
        assert served.get("/readyz").status == 200
        writer = open_store(f"sqlite:///{path}")
        put(writer, small())
        writer.close()
        assert served.get("/api/v1/accounts").json["accounts"] != []
        path.unlink()
        (worker,) = served.workers()
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: not is_running(worker), "the worker ends")
        for question in ("/readyz", "/", "/api/v1/accounts", "/api/v1/accounts/a/coverage"):
            reply = served.get(question)
            assert (question, reply.status, reply.json["code"]) == (question, 503, "gone")
