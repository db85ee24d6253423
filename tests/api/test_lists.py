"""Lists, in every way that they are asked for: pages by id, and no list counts what it does not show.

The steps that SQLite takes are counted on a small and on a large store: what each further account costs is the rule.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.command_line import app
from api.http.app import create_app
from api.http.index_page import ROWS
from graph.model import Account, Opportunity
from graph.model.calibration import load_calibration
from graph.store import open_store
from tests.api.conftest import Run
from tests.sqlite_steps import CONTACTS, filled_stores, steps_counted
from tests.store.places import put

FEW, MANY = ROWS + 10, 3 * ROWS
NOTHING, A_NAME = 1, CONTACTS
"""Steps that a further account may cost: none to speak of, or those of reading its id and name, not its contacts."""


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """The addresses of a small and of a large store, by number of accounts."""
    return filled_stores(tmp_path_factory.mktemp("stores"), FEW, MANY)


def steps_for_a_further_account(
    urls: dict[int, str], monkeypatch: pytest.MonkeyPatch, work: Callable[[str], object]
) -> float:
    steps = {}
    for number, url in urls.items():
        with steps_counted(monkeypatch) as taken:
            work(url)
            steps[number] = taken()
    assert steps[FEW] > 0
    return (steps[MANY] - steps[FEW]) / (MANY - FEW)


def asked(url: str, path: str, status: int) -> None:
    with TestClient(create_app(open_store(url), load_calibration(None)), base_url="http://127.0.0.1:8000") as client:
        assert client.get(path).status_code == status


def paths_of_the_api(of_accounts: bool) -> Iterator[str]:
    """Every address that can be read, those of an account or the others."""
    store = open_store("sqlite:///never-made.db")
    for path, operations in create_app(store, load_calibration(None)).openapi()["paths"].items():
        if "get" in operations and ("{account}" in path) == of_accounts and path != "/livez":
            yield path
    store.close()


@pytest.mark.parametrize("path", ["/", *paths_of_the_api(of_accounts=False)])
def test_a_list_costs_the_same_in_a_large_store(
    path: str, urls: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "?limit=5&after=a0003&as_of=2026-11-23"
    more = steps_for_a_further_account(urls, monkeypatch, lambda url: asked(url, path + query, 200))
    assert more <= NOTHING


UNKNOWN = {"{account}": "nosuch", "{person}": "nobody"}
NEEDED = "?from=2026-11-01&to=nobody&as_of=2026-11-23"


@pytest.mark.parametrize("path", list(paths_of_the_api(of_accounts=True)))
def test_an_unknown_account_costs_names_only(path: str, urls: dict[int, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for place, value in UNKNOWN.items():
        path = path.replace(place, value)
    needed = NEEDED if path.endswith("/paths") else NEEDED.replace("to=nobody", "to=2026-11-23")
    more = steps_for_a_further_account(urls, monkeypatch, lambda url: asked(url, path + needed, 404))
    assert more <= A_NAME


COMMANDS = {
    "accounts": (NOTHING, ["accounts", "--limit", "5", "--after", "a0003"]),
    "coverage of an account": (NOTHING, ["coverage", "a0003"]),
    "people": (NOTHING, ["people", "a0003"]),
    "compare": (NOTHING, ["compare", "a0003", "--from", "2026-11-02", "--to", "2026-11-23"]),
    "brief": (NOTHING, ["brief", "a0003-p0"]),
    "an unknown account": (A_NAME, ["coverage", "nosuch"]),
    "an unknown person": (2 * A_NAME, ["brief", "nobody"]),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_about_one_account_costs_the_same_in_a_large_store(
    command: str, urls: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    most, arguments = COMMANDS[command]

    def work(url: str) -> None:
        done = CliRunner().invoke(app, [*arguments, "--store", url])
        assert done.exit_code == (2 if "unknown" in command else 0), done.output

    assert steps_for_a_further_account(urls, monkeypatch, work) <= most


def test_pages_of_accounts_follow_each_other(urls: dict[int, str]) -> None:
    with TestClient(create_app(open_store(urls[FEW]), load_calibration(None)), base_url="http://127.0.0.1:8000") as ask:
        every = ask.get("/api/v1/accounts", params={"limit": 1000}).json()
        assert (len(every["accounts"]), every["next"]) == (FEW, None)
        pages, after = [], None
        while after is not None or not pages:
            page = ask.get("/api/v1/accounts", params={"limit": 25, **({"after": after} if after else {})}).json()
            pages.append([account["id"] for account in page["accounts"]])
            after = page["next"]
        assert [identity for page in pages for identity in page] == [account["id"] for account in every["accounts"]]
        assert [len(page) for page in pages] == [25, 25, FEW - 50]
        whole = ask.get("/api/v1/accounts", params={"limit": FEW}).json()
        assert whole["next"] is None
        between = ask.get("/api/v1/accounts", params={"limit": 2, "after": "a0003x"}).json()
        assert [account["id"] for account in between["accounts"]] == ["a0004", "a0005"]
        beyond = ask.get("/api/v1/accounts", params={"after": "z"}).json()
        assert beyond == {"accounts": [], "next": None}
        assert every["accounts"][0]["interactions"] == CONTACTS


def test_pages_of_the_portfolio_are_whole_accounts(urls: dict[int, str]) -> None:
    with TestClient(create_app(open_store(urls[FEW]), load_calibration(None)), base_url="http://127.0.0.1:8000") as ask:
        page = ask.get("/api/v1/coverage", params={"limit": 2, "after": "a0003x"}).json()
        assert ([row["account"] for row in page["rows"]], page["next"]) == (["a0004", "a0005"], "a0005")
        last = ask.get("/api/v1/coverage", params={"limit": 2, "after": f"a{FEW - 3:04}"}).json()
        assert (len(last["rows"]), last["next"]) == (2, None)


def test_the_index_goes_on_behind_an_account_with_more_opportunities_than_a_page(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(url)
    put(store, Account("a"), *(Opportunity(f"o{n:03}", "a") for n in range(ROWS + 5)), Account("b"), Account("c"))
    with TestClient(create_app(store, load_calibration(None)), base_url="http://127.0.0.1:8000") as client:
        first = client.get("/").text
        assert first.count("opportunity=o") == ROWS + 5
        assert "after=a" in first
        second = client.get("/?after=a").text
        assert "/accounts/b/map" in second
        assert "/accounts/c/map" in second
        assert "after=" not in second


def test_the_command_lists_a_page_and_says_how_to_go_on(run: Run, urls: dict[int, str]) -> None:
    at = ("--store", urls[FEW])
    page = run("accounts", "--limit", "3", "--after", "a0001", *at)
    assert re.findall(r"(?<!Account )\ba\d{4}\b", page.stdout) == ["a0002", "a0003", "a0004"]
    assert "--after a0004" in page.stderr
    told = json.loads(run("accounts", "--limit", "3", *at, "--format", "json").stdout)
    assert ([account["id"] for account in told["accounts"]], told["next"]) == (["a0000", "a0001", "a0002"], "a0002")
    rows = list(csv.DictReader(io.StringIO(run("accounts", "--limit", "1000", *at, "--format", "csv").stdout)))
    assert len(rows) == FEW
    beyond = run("accounts", "--after", "z", "--lang", "zh", *at)
    assert (beyond.returncode, beyond.stdout) == (0, "z 之后没有客户了。\n")
    assert run("accounts", "--limit", "0", *at).returncode == 2


def test_a_misspelt_name_is_answered_with_the_nearest(run: Run, sample_url: str) -> None:
    listed = json.loads(run("accounts", "--store", sample_url, "--format", "json").stdout)["accounts"]
    names = {account["id"]: account["name"] for account in listed}
    for part in names["qinglan"].split(" / "):
        done = run("coverage", part[:-1], "--store", sample_url)
        assert done.returncode == 2
        assert "qinglan" in done.stderr
    told = run("brief", "Lin Qiuyu", "--store", sample_url)
    assert (told.returncode, "lin-qiuyue" in told.stderr) == (2, True)
