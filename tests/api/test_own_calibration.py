"""A calibration of one's own: every command takes it, names it, and refuses a wrong one before it does anything."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from graph.model.calibration import load_calibration
from graph.store import open_store
from graph.store.protocol import GraphStore
from tests.api.conftest import Run
from tests.api.test_command_line import COMMANDS, DAY, refused

OWN = {"tie": 0.2, "moves": {"horizon": 10}, "assignment": {"capacity": 3}}
NAMED = "own numbers: 3)"
TAKING = [name for name, command in COMMANDS.items() if any(param.name == "calibration" for param in command.params)]
NEEDED = {
    "account": "qinglan",
    "person": "lin-qiuyue",
    "from_": "2026-09-01",
    "output": "map.html",
    "paths": "folder",
    "import_id": "1",
}
BESIDE = {("paths",): ("--to", "lin-qiuyue"), ("what-if",): ("--without", "lin-qiuyue")}
"""Options that a command needs beside its arguments."""


@pytest.fixture
def mine(tmp_path: Path) -> str:
    (tmp_path / "mine.json").write_text(json.dumps(OWN), encoding="utf-8")
    return "mine.json"


@pytest.fixture(scope="module")
def answering(sample_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The HTTP API by a calibration of one's own."""
    path = tmp_path_factory.mktemp("calibration") / "mine.json"
    path.write_text(json.dumps(OWN), encoding="utf-8")
    app = create_app(open_store(sample_url), load_calibration(path))
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield client


def asked(name: tuple[str, ...]) -> list[str]:
    """A command with what it needs."""
    arguments = list(name)
    for param in COMMANDS[name].params:
        if param.required:
            value = NEEDED[param.name or ""]
            arguments += [value] if param.param_type_name == "argument" else [param.opts[0], value]
    return [*arguments, *BESIDE.get(name, ())]


def test_all_that_compute_take_one() -> None:
    assert {command[0] for command in TAKING} >= {
        "coverage",
        "people",
        "map",
        "paths",
        "plan",
        "brief",
        "what-if",
        "compare",
    }
    assert {("serve",), ("store", "derive"), ("import",), ("undo",), ("leads",), ("team",)} <= set(TAKING)


@pytest.mark.parametrize("name", TAKING, ids=" ".join)
def test_a_wrong_one_is_refused_before_anything_happens(name: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"firm_tei": 0.3}', encoding="utf-8")
    (tmp_path / "folder").mkdir()
    said = refused(run, *asked(name), "--calibration", "bad.json")
    assert "bad.json gives firm_tei, which is not known. The nearest name is firm_tie." in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.json", "folder"]


def test_a_brief_names_it_in_every_form(run: Run, sample_url: str, mine: str) -> None:
    at = ("brief", "lin-qiuyue", *DAY, "--store", sample_url, "--calibration", mine)
    for form in ("text", "html", "json"):
        assert NAMED in run(*at, "--format", form).stdout, form
    assert "own numbers: 3" in run(*at, "--format", "md").stdout


@pytest.mark.parametrize(
    "command",
    [
        ("coverage", "qinglan"),
        ("people", "qinglan"),
        ("plan", "qinglan"),
        ("leads", "qinglan"),
        ("team", "qinglan"),
        ("what-if", "qinglan", "--each"),
    ],
    ids=lambda command: command[0],
)
def test_tables_and_json_name_it(command: tuple[str, ...], run: Run, sample_url: str, mine: str) -> None:
    at = (*command, *DAY, "--store", sample_url, "--calibration", mine)
    assert NAMED in run(*at).stdout
    assert "自定数值 3 项" in run(*at, "--lang", "zh").stdout
    found = json.loads(run(*at, "--format", "json").stdout)
    assert found["calibration"].startswith("mine.json (")
    assert found["calibration"].endswith(NAMED)


def test_the_portfolio_names_it_in_every_row(run: Run, sample_url: str, mine: str) -> None:
    done = run("coverage", *DAY, "--store", sample_url, "--calibration", mine, "--format", "csv", "--jobs", "2")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(rows) > 1
    assert all(row["calibration"].endswith(NAMED) for row in rows)


def test_a_name_of_its_own_comes_first(run: Run, sample_url: str, tmp_path: Path) -> None:
    (tmp_path / "ours.json").write_text('{"name": "ours", "version": "7", "tie": 0.2}', encoding="utf-8")
    at = ("coverage", "qinglan", *DAY, "--store", sample_url, "--format", "json")
    usual, own = json.loads(run(*at).stdout), json.loads(run(*at, "--calibration", "ours.json").stdout)
    assert usual["calibration"] == "swaymap uncalibrated defaults 1"
    assert own["calibration"].startswith("ours 7 · ours.json (")
    assert own["triangle"] != usual["triangle"]


def test_horizon_and_capacity_are_its_own_where_none_are_asked_for(run: Run, sample_url: str, mine: str) -> None:
    at = ("plan", "qinglan", *DAY, "--store", sample_url, "--format", "json")
    usual = json.loads(run(*at).stdout)
    own = json.loads(run(*at, "--calibration", mine).stdout)
    told = json.loads(run(*at, "--calibration", mine, "--days", "20", "--capacity", "2").stdout)
    assert [(plan["days"], plan["assignment"]["capacity"]) for plan in (usual, own, told)] == [
        (30, 12),
        (10, 3),
        (20, 2),
    ]


def test_the_server_answers_by_it(answering: TestClient, sample_store: GraphStore) -> None:
    day = {"as_of": "2026-11-23"}
    api = "/api/v1/accounts/qinglan"
    for route in ("coverage", "people", "plan", "team", "leads"):
        assert answering.get(f"{api}/{route}", params=day).json()["calibration"].endswith(NAMED), route
    plan = answering.get(f"{api}/plan", params=day).json()
    assert (plan["days"], plan["assignment"]["capacity"]) == (10, 3)
    assert answering.get(f"{api}/team", params={**day, "capacity": 5}).json()["assignment"]["capacity"] == 5
    assert NAMED in answering.get("/", params=day).text
    assert "自定数值 3 项" in answering.get(f"{api}/map", params=day).text
    rows = answering.get("/api/v1/coverage", params=day).json()["rows"]
    assert {row["calibration"] for row in rows} == {rows[0]["calibration"]}
    assert rows[0]["calibration"].endswith(NAMED)
    assert sample_store.accounts()
