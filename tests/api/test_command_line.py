"""The command line as a person meets it: help with an example, three forms, one sentence when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.command_line import app
from tests.api.commands import COMMANDS
from tests.api.conftest import Run

DAY = ("--as-of", "2026-11-23")


def refused(run: Run, *arguments: str | Path, **environment: str) -> str:
    done = run(*arguments, **environment)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stderr


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_every_command_has_help_and_an_example(name: tuple[str, ...]) -> None:
    command = COMMANDS[name]
    assert command.help
    assert command.epilog.startswith("swaymap " + " ".join(name))
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{name}: {parameter.name} has no help"


def test_the_readme_names_every_command() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"swaymap ((?:store )?[a-z][a-z-]*)", readme))
    assert {" ".join(command) for command in COMMANDS} <= named


def test_help_speaks_the_language_of_the_screen(run: Run) -> None:
    assert "权力地图" in run("map", "--help", SWAYMAP_LANG="zh").stdout
    assert "power map" in run("map", "--help").stdout


def test_the_demo_writes_and_names_everything(run: Run, tmp_path: Path) -> None:
    done = run("demo", "--out", "out")
    assert done.returncode == 0, done.stderr
    out = tmp_path / "out"
    for name in (
        "qinglan-map.html",
        "qinglan-deck.pptx",
        "qinglan-coverage.json",
        "qinglan-coverage.txt",
        "sample.xlsx",
        "sample-csv/people.csv",
    ):
        assert (out / name).stat().st_size > 0
    report = json.loads((out / "qinglan-coverage.json").read_text(encoding="utf-8"))
    assert f"{round(100 * report['decision_chain_coverage'])} % of the decision is covered" in done.stdout
    assert report["gaps"][0]["reason"] in done.stdout
    assert "2026-11-23" in done.stdout
    assert str(out) in done.stdout


def test_the_demo_can_be_run_again(run: Run) -> None:
    first, second = run("demo", "--out", "out"), run("demo", "--out", "out")
    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout == second.stdout


def test_the_same_answer_in_three_forms(run: Run, sample_url: str) -> None:
    at = ("--store", sample_url)
    people = json.loads(run("people", "qinglan", *DAY, *at, "--format", "json").stdout)["people"]
    rows = list(csv.DictReader(io.StringIO(run("people", "qinglan", *DAY, *at, "--format", "csv").stdout)))
    assert [row["id"] for row in rows] == [person["id"] for person in people]
    assert [float(row["decision_influence"]) for row in rows] == [person["decision_influence"] for person in people]
    table = run("people", "qinglan", *DAY, *at).stdout
    assert f"{100 * people[0]['decision_influence']:.1f} %" in table
    for command in (
        ("accounts",),
        ("coverage", "qinglan", *DAY),
        ("coverage", *DAY),
        ("store", "info"),
        ("store", "digest"),
    ):
        for form in ("table", "json", "csv"):
            done = run(*command, *at, "--format", form)
            assert done.returncode == 0, done.stderr
            assert done.stdout.strip()
            if form == "json":
                json.loads(done.stdout)


def test_both_languages_show_their_own_names(run: Run, sample_url: str) -> None:
    english = run("coverage", "qinglan", *DAY, "--store", sample_url).stdout
    chinese = run("coverage", "qinglan", *DAY, "--store", sample_url, "--lang", "zh").stdout
    assert "Lin Qiuyue" in english
    assert "林秋月" not in english
    assert "林秋月" in chinese
    assert "Lin Qiuyue" not in chinese


def test_paths_are_listed_strongest_first(run: Run, sample_url: str) -> None:
    at = ("--store", sample_url, *DAY)
    found = json.loads(run("paths", "qinglan", "--to", "zhao-mingyuan", "--k", "5", *at, "--format", "json").stdout)
    strengths = [path["strength"] for path in found["paths"]]
    assert strengths == sorted(strengths, reverse=True)
    assert len(strengths) > 1
    assert "→" in run("paths", "qinglan", "--to", "zhao-mingyuan", *at).stdout


def test_the_map_in_each_of_its_forms(run: Run, sample_url: str, tmp_path: Path) -> None:
    for ending in ("html", "svg", "json"):
        done = run("map", "qinglan", "-o", f"map.{ending}", "--store", sample_url, *DAY)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / f"map.{ending}").stat().st_size > 10_000
        first = (tmp_path / f"map.{ending}").read_bytes()
        run("map", "qinglan", "-o", f"map.{ending}", "--store", sample_url, *DAY)
        assert (tmp_path / f"map.{ending}").read_bytes() == first


@pytest.mark.parametrize("view", ["fishbone", "coverage"])
def test_the_other_views_in_each_of_their_forms(run: Run, sample_url: str, tmp_path: Path, view: str) -> None:
    for ending in ("html", "svg", "json"):
        done = run("map", "qinglan", "-o", f"map.{ending}", "--view", view, "--lang", "zh", "--store", sample_url, *DAY)
        assert done.returncode == 0, done.stderr
    assert f'data-view="{view}"' in (tmp_path / "map.html").read_text(encoding="utf-8")[:200]
    drawn = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert {"fishbone": "决策：票数够吗？", "coverage": "按角色的覆盖"}[view] in drawn
    scene = json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))["scene"]
    assert {"fishbone": "bones", "coverage": "table"}[view] in scene
    refused_ = run("map", "qinglan", "-o", "map.svg", "--view", "skeleton", "--store", sample_url, *DAY)
    assert refused_.returncode == 2
    assert "Traceback" not in refused_.stderr


def test_a_workbook_from_template_to_map(run: Run, tmp_path: Path) -> None:
    import openpyxl

    assert run("template", "my.xlsx").returncode == 0
    assert "already" in refused(run, "template", "my.xlsx")
    book = openpyxl.load_workbook(tmp_path / "my.xlsx")
    fill(book["accounts"], {"id": "acme", "name": "Acme"})
    fill(
        book["people"], {"id": "001", "account": "acme", "name": "Ann"}, {"id": "002", "account": "acme", "name": "Bob"}
    )
    book.save(tmp_path / "my.xlsx")
    assert "3 would be added" in run("import", "my.xlsx", "--dry-run").stdout
    assert run("accounts", "--format", "json").stdout.strip() == json.dumps({"accounts": [], "next": None}, indent=2)
    assert "3 added" in run("import", "my.xlsx").stdout
    assert "3 records unchanged" in run("import", "my.xlsx").stdout
    assert run("map", "acme", "-o", "map.html").returncode == 0
    people = json.loads(run("people", "acme", "--format", "json").stdout)["people"]
    assert [person["id"] for person in people] == ["001", "002"]


def fill(sheet: object, *rows: dict[str, str]) -> None:
    """Fill in rows under the header, as a person does."""
    heads = [cell.value for cell in sheet[1]]  # type: ignore[index]
    for number, row in enumerate(rows, 2):
        for name, value in row.items():
            sheet.cell(number, heads.index(name) + 1, value)  # type: ignore[attr-defined]


def test_everything_wrong_in_one_go_and_nothing_stored(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "accounts.csv").write_text("id,name\nq,Q\n", encoding="utf-8")
    (folder / "people.csv").write_text("id,account,level\na,q,9\nb,nobody,2\n", encoding="utf-8")
    before = run("store", "digest").stdout
    said = refused(run, "import", "bad")
    assert "people.csv:people:2:level" in said
    assert "people.csv:people:3:account" in said
    assert "2 errors; nothing was stored" in said
    assert run("store", "digest").stdout == before


def test_wrong_questions_get_one_sentence(run: Run, sample_url: str, tmp_path: Path) -> None:
    at = ("--store", sample_url)
    assert "Did you mean qinglan (" in refused(run, "coverage", "qinglan1", *at)
    assert "zhao-mingyuan" in refused(run, "paths", "qinglan", "--to", "zhao-mingyua", *at)
    assert "2026-11-23" in refused(run, "coverage", "qinglan", "--as-of", "23.11.2026", *at)
    assert ".html" in refused(run, "map", "qinglan", "-o", "map.doc", *at)
    assert "cannot be written" in refused(run, "map", "qinglan", "-o", "no/such/folder/map.html", *at)
    assert "No account is called" in refused(run, "people", "zzz", *at)
    (tmp_path / "mine.json").write_text('{"tie": 7}', encoding="utf-8")
    assert "mine.json" in refused(run, "people", "qinglan", "--calibration", "mine.json", *at)
    assert "no file here" in refused(run, "import", "nothing.xlsx", *at)


def test_serve_says_where_it_listens_and_answers(tmp_path: Path, sample_url: str) -> None:
    import subprocess
    import sys
    import urllib.request

    command = [Path(sys.executable).with_name("swaymap"), "serve", "--port", "0", "--store", sample_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            url = next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
            with urllib.request.urlopen(f"{url}readyz", timeout=120) as answer:
                assert json.load(answer) == {"status": "ok"}
        finally:
            server.terminate()
            server.wait(20)


def test_a_taken_port_is_said(run: Run, sample_url: str) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert str(port) in refused(run, "serve", "--port", str(port), "--store", sample_url)


def test_an_import_is_undone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("id,name\nq,Quay\n", encoding="utf-8")
    (tmp_path / "people.csv").write_text("id,account\na,q\nb,q\n", encoding="utf-8")
    store = ("--store", "sqlite:///undo.db")
    assert run("import", "accounts.csv", "people.csv", *store).returncode == 0
    dry = run("undo", "1", "--dry-run", *store).stdout
    assert "Nothing was written" in dry
    assert json.loads(run("accounts", "--format", "json", *store).stdout) != []
    done = run("undo", "1", *store)
    assert done.returncode == 0, done.stderr
    assert "Import 1 is undone; that is import 2" in done.stdout
    assert run("people", "q", *store).returncode == 2
    assert "cannot be undone: 3 of its records" in refused(run, "undo", "1", *store)
    assert run("undo", "2", *store).returncode == 0
    assert run("people", "q", *store).returncode == 0
    assert "There is no import 9 in sqlite:///undo.db." in refused(run, "undo", "9", *store)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31", "2201-01-01", "23/11/2026"])
@pytest.mark.parametrize(
    ("option", "command"),
    [
        ("--as-of", ["people", "qinglan", "--as-of"]),
        ("--from", ["compare", "qinglan", "--from"]),
        ("--to", ["compare", "qinglan", "--from", "2026-01-01", "--to"]),
        ("--from", ["map", "qinglan", "-o", "m.html", "--from"]),
        ("--until", ["import", "x.ics", "--until"]),
    ],
)
def test_a_day_out_of_range_is_refused_with_its_option(option: str, command: list[str], day: str) -> None:
    done = CliRunner().invoke(app, [*command, day])
    assert done.exit_code == 2
    assert f"{option}: “{day}” is not a day from 1900-01-01 to 2200-12-31: write it like 2026-11-23." in done.output
