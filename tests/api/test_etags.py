"""ETags from revisions, 304 without computing, finished answers that are kept and never stale."""

from __future__ import annotations

import datetime
import gzip
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import pytest
from fastapi.testclient import TestClient

from api.http import ready
from api.http.app import create_app
from api.http.computing.computation import Computation, InThisProcess
from api.http.limits import Limits
from api.http.ready import OVERHEAD, KeptResponses, Ready
from graph.model import Account, Interaction, Person, TeamMember
from graph.model.calibration import load_calibration
from graph.store import open_store
from graph.store.protocol import GraphStore
from graph.store.revisions import Revision, WouldWait, as_counted, restricted_columns
from graph.store.scope import Scope
from graph.store.sqlite.store import SqliteStore
from graph.store.undo import undo
from tests.api.conftest import Run
from tests.neo4j_fixture import Neo4jAddress, neo4j_address
from tests.store.examples import small
from tests.store.places import NOON, Place, put

__all__ = ["neo4j_address"]

T = TypeVar("T")
AS_OF = "as_of=2026-11-23"
COVERAGE = f"/api/v1/accounts/qinglan/coverage?{AS_OF}"
MAP = f"/api/v1/accounts/qinglan/map?{AS_OF}"
TAG = re.compile(r'"(\d+)-[0-9a-f]{20}"')
PLAIN = {"accept-encoding": "identity"}


class Counting(InThisProcess):
    """Computes in threads, and counts how often."""

    times = 0

    async def run(self, computation: Computation[T]) -> T:
        self.times += 1
        return await super().run(computation)


class Served:
    """The application on a store, and how often it has computed."""

    def __init__(self, store: GraphStore, **limits: Any) -> None:
        self.store, self.computing = store, Counting()
        app = create_app(store, load_calibration(None), Limits(**limits), self.computing)
        self.client = TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def computed(self, path: str, **headers: str) -> tuple[Any, int]:
        """The response to a GET, and how much was computed for it."""
        before = self.computing.times
        return self.get(path, **headers), self.computing.times - before


@pytest.fixture
def sample(sample_url: str) -> Iterator[Served]:
    """The sample company in an application that has answered nothing yet."""
    with closing(open_store(sample_url)) as store:
        yield Served(store)


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A store of each engine with two accounts."""
    if request.param == "sqlite":
        place = Place("sqlite", lambda: open_store(f"sqlite:///{tmp_path / 'store.db'}"))
    else:
        address: Neo4jAddress = request.getfixturevalue("neo4j_address")
        place = Place("neo4j", lambda: open_store(address.url, user=address.user, password=address.password))
    put(place.open(), small("a"), small("b"), TeamMember("m", "Mei"))
    yield place
    place.close()


def test_a_tag_names_the_revision_and_is_the_same_until_a_change(sample: Served) -> None:
    revisions = sample.store.revisions(["qinglan"])
    assert revisions is not None
    for path, revision in ((COVERAGE, revisions.accounts["qinglan"]), (f"/api/v1/coverage?{AS_OF}", revisions.store)):
        first, computed = sample.computed(path)
        assert computed == 1
        found = TAG.fullmatch(first.headers["etag"])
        assert found is not None
        assert int(found[1]) == revision.changed
        again, computed = sample.computed(path)
        assert computed == 0
        assert (again.content, again.headers) == (first.content, first.headers)
        assert again.headers["cache-control"] == "private, no-cache"


def test_whatever_an_answer_follows_from_is_in_its_tag(sample: Served) -> None:
    account = "/api/v1/accounts/qinglan"
    paths = [
        COVERAGE,
        f"{COVERAGE}&lang=zh",
        f"{COVERAGE}&opportunity=core-renewal",
        f"{account}/coverage?as_of=2026-11-22",
        f"{account}/people?{AS_OF}",
        f"{account}/people?{AS_OF}&limit=1",
        f"{account}/team?{AS_OF}",
        f"{account}/team?{AS_OF}&capacity=3",
        f"/api/v1/coverage?{AS_OF}",
        "/api/v1/accounts",
        f"/?{AS_OF}",
    ]
    tags = [sample.get(path).headers["etag"] for path in paths]
    tags += [sample.get(COVERAGE, accept_encoding="identity").headers["etag"]]
    tags += [sample.get(f"/api/v1/coverage?{AS_OF}", accept="text/csv").headers["etag"]]
    assert len(set(tags)) == len(tags)
    other = load_calibration(None).model_copy(update={"name": "another"})
    with TestClient(create_app(open_store(sample.store.url), other), base_url="http://127.0.0.1:8000") as client:
        assert client.get(COVERAGE).headers["etag"] not in tags


def test_a_tag_is_the_same_in_every_process() -> None:
    program = (
        "from datetime import date\n"
        "from api.http.tags import asked_by\n"
        "from api.http.computing.computation import Computation\n"
        "from graph.analysis.report.portfolio_query import LIGHTS, TIERS, PortfolioQuery\n"
        "query = PortfolioQuery(status=frozenset(LIGHTS), tiers=frozenset(TIERS), units=frozenset('abcdef'))\n"
        "print(asked_by(Computation(print, {'query': query}), date(2026, 11, 23), b'').digest.hex())\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(3)
    }
    assert len(told) == 1


def test_who_has_the_answer_gets_304_and_nothing_is_computed(sample: Served, sample_url: str) -> None:
    tag = sample.get(COVERAGE).headers["etag"]
    with closing(open_store(sample_url)) as store:
        fresh = Served(store)
        for written in (tag, f"W/{tag}", f'"1-ab", W/{tag} , "x"'):
            for server in (sample, fresh):  # one has the answer, the other never computed it
                for method in ("GET", "HEAD"):
                    before = server.computing.times
                    found = server.client.request(method, COVERAGE, headers={"if-none-match": written})
                    assert (found.status_code, found.content) == (304, b"")
                    assert found.headers["etag"] == tag
                    assert found.headers["vary"] == "Accept, Accept-Encoding"
                    assert "content-length" not in found.headers
                    assert server.computing.times == before
        found, computed = fresh.computed(COVERAGE, if_none_match='"1-ab"')
        assert (found.status_code, computed) == (200, 1)


def test_a_star_is_any_answer_but_no_problem(sample: Served) -> None:
    assert sample.get(COVERAGE, if_none_match="*").status_code == 304
    found, computed = sample.computed(COVERAGE, if_none_match="*")
    assert (found.status_code, computed) == (304, 0)
    for path in ("/api/v1/accounts/nobody/coverage", f"{COVERAGE}&opportunity=nope"):
        assert sample.get(path, if_none_match="*").status_code == 404
    for no_star in ("W/*", '"*"'):
        assert sample.get(COVERAGE, if_none_match=no_star).status_code == 200


def test_head_has_the_headers_of_get(sample: Served) -> None:
    for _ in range(2):
        head, full = sample.client.head(COVERAGE), sample.client.get(COVERAGE)
        assert head.content == b""
        assert head.headers == full.headers


def test_problems_and_posts_have_no_tag(sample: Served) -> None:
    for path in ("/api/v1/accounts/nobody/coverage", f"{COVERAGE}&k=", "/api/v1/coverage?as_of=x", "/nowhere"):
        for _ in range(2):
            found = sample.get(path)
            assert ("etag" in found.headers) == (found.status_code == 200)
    posted = sample.client.post(f"/api/v1/accounts/qinglan/what-if?{AS_OF}", json={"without": ["wu-tao"]})
    assert posted.status_code == 200
    assert "etag" not in posted.headers


CHANGES: dict[str, Callable[[GraphStore], object]] = {
    "a record": lambda store: put(store, Person("a-p0", "a", title="new")),
    "an account": lambda store: put(store, Account("c", "Third")),
    "the shared kinds": lambda store: put(store, TeamMember("m", "Another name")),
    "an undo": lambda store: undo(store, 1, recorded_by="r", recorded_at=NOON),
    "a contact elsewhere": lambda store: put(
        store, Interaction("b-more", datetime.date(2026, 11, 20), "daily_contact", people=("b-p0",), members=("m",))
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_answer_is_older_than_the_store(place: Place, change: str) -> None:
    served, other = Served(place.open()), place.open()
    account = "/api/v1/accounts/a"
    paths = [f"{account}/coverage", f"{account}/map", f"{account}/team", f"{account}/compare?from=2026-11-01"]
    paths += ["/api/v1/accounts", "/api/v1/coverage", "/"]
    asked = [f"{path}{'&' if '?' in path else '?'}{AS_OF}" for path in paths if path != "/api/v1/accounts"]
    asked.append("/api/v1/accounts")
    before = {path: served.get(path) for path in asked}
    assert {answer.status_code for answer in before.values()} == {200}
    CHANGES[change](other)
    fresh = Served(other, kept_bytes=0)
    for path, first in before.items():
        now, expected = served.get(path, if_none_match=first.headers["etag"]), fresh.get(path)
        if now.status_code == 304:
            assert first.content == expected.content
            assert now.headers["etag"] == first.headers["etag"] == expected.headers["etag"]
        else:
            assert (now.status_code, now.content) == (expected.status_code, expected.content)
            assert now.headers.get("etag") == expected.headers.get("etag") != first.headers["etag"]


def test_a_change_of_another_account_leaves_the_tag_of_one(place: Place) -> None:
    served = Served(place.open())
    first = served.get(f"/api/v1/accounts/a/coverage?{AS_OF}")
    put(place.open(), Person("b-p0", "b", title="new"))
    found, computed = served.computed(f"/api/v1/accounts/a/coverage?{AS_OF}", if_none_match=first.headers["etag"])
    assert (found.status_code, computed) == (304, 0)


def test_an_import_of_another_process_is_seen_at_once(sample_url: str, tmp_path: Path, run: Run) -> None:
    file = shutil.copy(sample_url.removeprefix("sqlite:///"), tmp_path / "s.db")
    with closing(open_store(f"sqlite:///{file}")) as store:
        served = Served(store)
        first = served.get(COVERAGE)
        (tmp_path / "people.csv").write_text("id,account,title\nwu-tao,qinglan,Another title\n")
        done = run("import", tmp_path / "people.csv", "--store", store.url)
        assert done.returncode == 0, done.stderr
        now = served.get(COVERAGE)
        assert "Another title" in now.text
        assert now.headers["etag"] != first.headers["etag"]


def test_a_change_while_an_answer_waits_is_in_its_tag(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path / 's.db'}")) as store:
        put(store, small("a"))
        served = Served(store)
        path, run = f"/api/v1/accounts/a/coverage?{AS_OF}", served.computing.run

        async def changed_first(computation: Computation[T]) -> T:
            put(store, Person("a-p0", "a", title="meanwhile"))
            return await run(computation)

        served.computing.run = changed_first  # type: ignore[method-assign]
        first = served.get(path)
        assert "meanwhile" in first.text
        again, computed = served.computed(path)
        assert (again.content, again.headers["etag"], computed) == (first.content, first.headers["etag"], 0)


def test_an_account_by_name_follows_the_names_of_all(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path / 's.db'}")) as store:
        put(store, small("a"))
        served = Served(store)
        path = f"/api/v1/accounts/Account%20a/coverage?{AS_OF}"
        assert served.get(path).json()["account"]["id"] == "a"
        put(store, Account("b", "Account a"))
        assert served.get(path).status_code == 400
        put(store, small("Account a"))
        assert served.get(path).json()["account"]["id"] == "Account a"


def test_a_backup_that_went_another_way_is_no_earlier_answer(tmp_path: Path) -> None:
    file, backup = tmp_path / "s.db", tmp_path / "backup.db"
    with closing(open_store(f"sqlite:///{file}")) as store:
        put(store, small("a"))
    shutil.copy(file, backup)
    with closing(open_store(f"sqlite:///{file}")) as store:
        served = Served(store)
        put(store, Person("a-p0", "a", title="first way"))
        path = f"/api/v1/accounts/a/coverage?{AS_OF}"
        first = served.get(path)
        assert "first way" in first.text
        with closing(open_store(f"sqlite:///{backup}")) as other:
            put(other, Person("a-p0", "a", title="second way"))
        backup.replace(file)
        for beside in ("s.db-wal", "s.db-shm"):
            (tmp_path / beside).unlink(missing_ok=True)
        now = served.get(path, if_none_match=first.headers["etag"])
        assert now.headers["etag"].split("-")[0] == first.headers["etag"].split("-")[0]
        assert "second way" in now.text


def test_what_is_asked_of_today_is_computed_anew_tomorrow(sample: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    tags = []
    for day in (23, 24):
        for module in ("answers", "asking", "index_page", "portfolio_routes"):
            monkeypatch.setattr(f"api.http.{module}.today", lambda day=day: datetime.date(2026, 11, day))
        for path in ("/api/v1/accounts/qinglan/coverage", "/", "/api/v1/coverage"):
            found, computed = sample.computed(path)
            assert computed == 1
            tags.append(found.headers["etag"])
            assert sample.computed(path)[1] == 0
    assert len(set(tags)) == len(tags)


def test_a_store_without_revisions_has_no_tags(sample_url: str, tmp_path: Path) -> None:
    file = shutil.copy(sample_url.removeprefix("sqlite:///"), tmp_path / "s.db")
    with closing(sqlite3.connect(file)) as connection, connection:
        for table in ("store_revision", "account_revisions", "columns_of"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version = 3")
    with closing(open_store(f"sqlite:///{file}")) as store:
        served = Served(store)
        for _ in range(2):
            found, computed = served.computed(COVERAGE)
            assert (found.status_code, computed) == (200, 1)
            assert "etag" not in found.headers


def test_a_page_is_compressed_once(sample: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    compressed: list[int] = []
    original = gzip.compress

    def compress(body: bytes, *settings: Any, **more: Any) -> bytes:
        compressed.append(len(body))
        return original(body, *settings, **more)

    monkeypatch.setattr(ready.gzip, "compress", compress)
    plain = sample.get(MAP, accept_encoding="gzip;q=0, identity")
    assert "content-encoding" not in plain.headers
    for _ in range(3):
        packed, computed = sample.computed(MAP, accept_encoding="br, gzip")
        assert computed == 0
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["vary"] == "Accept, Accept-Encoding"
        assert int(packed.headers["content-length"]) < len(plain.content) / 2
        assert packed.content == plain.content  # decompressed by the client
        assert packed.headers["etag"] != plain.headers["etag"]
    assert compressed == [len(plain.content)]
    found, _ = sample.computed(MAP, accept_encoding="gzip", if_none_match=packed.headers["etag"])
    assert found.status_code == 304


def test_what_is_kept_compressed_serves_who_takes_it_plain(sample: Served) -> None:
    packed = sample.get(f"/?{AS_OF}", accept_encoding="gzip")
    plain, computed = sample.computed(f"/?{AS_OF}", accept_encoding="identity")
    assert (plain.content, computed) == (packed.content, 0)
    own = ("etag", "content-encoding", "content-length")
    assert {k: v for k, v in plain.headers.items() if k not in own} == {
        k: v for k, v in packed.headers.items() if k not in own
    }
    assert "content-security-policy" in plain.headers


def test_a_small_answer_is_not_compressed(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path / 's.db'}")) as store:
        found = Served(store).get("/api/v1/accounts", accept_encoding="gzip")
        assert found.json() == {"accounts": [], "next": None}
        assert "content-encoding" not in found.headers


def test_so_many_bytes_are_kept_and_the_oldest_go_first() -> None:
    kept = KeptResponses(2 * (OVERHEAD + 10))
    one, two, three = (Ready(200, [], b"x" * 10) for _ in range(3))
    kept.keep(b"one", one)
    kept.keep(b"two", two)
    assert kept.get(b"one") is one
    kept.keep(b"three", three)
    assert (kept.get(b"one"), kept.get(b"two"), kept.get(b"three")) == (one, None, three)
    kept.keep(b"large", Ready(200, [], b"x" * 10_000))
    assert kept.get(b"large") is None
    assert kept.get(b"one") is one


def test_nothing_is_kept_where_no_bytes_may_be(sample_url: str) -> None:
    with closing(open_store(sample_url)) as store:
        served = Served(store, kept_bytes=0)
        tags = set()
        for _ in range(2):
            found, computed = served.computed(COVERAGE)
            assert computed == 1
            tags.add(found.headers["etag"])
        assert len(tags) == 1


def test_a_locked_file_is_waited_for_in_a_thread_only(tmp_path: Path) -> None:
    file = tmp_path / "s.db"
    store = SqliteStore(file, wait_seconds=0.2)
    put(store, small("a"))
    served = Served(store)
    path = f"/api/v1/accounts/a/coverage?{AS_OF}"
    first = served.get(path)
    assert first.status_code == 200
    store.close()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(WouldWait):
            store.revisions(["a"], waits=False)
        locked = served.get(path)
        assert (locked.status_code, locked.json()["code"]) == (503, "locked")
        other.execute("ROLLBACK")
    again, computed = served.computed(path)
    assert (again.content, computed) == (first.content, 0)
    store.close()


def test_a_reader_who_may_not_see_restricted_fields_counts_what_they_see() -> None:
    some = frozenset(list(restricted_columns())[:1])
    assert as_counted(Revision(7, 4, 9), Scope(withheld=restricted_columns())) == (4, 0)
    assert as_counted(Revision(7, 4, 9), Scope(withheld=some)) == as_counted(Revision(7, 4, 9), Scope()) == (7, 9)
