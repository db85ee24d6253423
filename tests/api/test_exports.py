"""Exports on the command line: each format by its file ending, and one sentence for each wrong request."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

import networkx as nx
import openpyxl
import pytest
from defusedxml.ElementTree import fromstring
from pptx import Presentation

from api.browser import found_browser, size_of
from api.text.output import csv_text
from graph.model.problem import InputError
from graph.model.words import text
from graph.store.protocol import GraphStore
from loaders.formulas import as_written
from swaymap.power_map import map_rows
from swaymap.store import Store
from tests.api.conftest import AS_OF, Run
from tests.browser.chromium import chromium_path
from tests.viz.dossiers import hostile_dossier
from tests.viz.hostile import HOSTILE

DAY = ("--as-of", AS_OF.isoformat())


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_deck_and_a_workbook(run: Run, sample_url: str, tmp_path: Path, lang: str) -> None:
    made = run("map", "qinglan", "--store", sample_url, *DAY, "--lang", lang, "-o", "take.pptx")
    assert (made.returncode, made.stderr) == (0, "")
    assert len(Presentation(str(tmp_path / "take.pptx")).slides) == 6
    house = run("map", "qinglan", "--store", sample_url, *DAY, "-o", "own.pptx", "--template", "take.pptx")
    assert (house.returncode, house.stderr) == (0, "")
    assert len(Presentation(str(tmp_path / "own.pptx")).slides) == 6
    made = run("map", "qinglan", "--store", sample_url, *DAY, "--lang", lang, "-o", "take.xlsx")
    assert (made.returncode, made.stderr) == (0, "")
    same = run(
        "coverage", "qinglan", "--store", sample_url, *DAY, "--lang", lang, "--format", "xlsx", "-o", "same.xlsx"
    )
    assert (same.returncode, same.stderr) == (0, "")
    assert (tmp_path / "take.xlsx").read_bytes() == (tmp_path / "same.xlsx").read_bytes()
    assert text("book.sheet.people", lang) in openpyxl.load_workbook(tmp_path / "take.xlsx").sheetnames


def test_the_portfolio_as_a_workbook(run: Run, sample_url: str, tmp_path: Path) -> None:
    made = run("coverage", "--store", sample_url, *DAY, "--format", "xlsx", "-o", "all.xlsx")
    assert (made.returncode, made.stderr) == (0, "")
    rows = list(openpyxl.load_workbook(tmp_path / "all.xlsx").worksheets[0].iter_rows(values_only=True))
    listed = run("coverage", "--store", sample_url, *DAY, "--format", "csv").stdout
    told = list(csv.DictReader(io.StringIO(listed)))
    assert len(rows) - 1 == len(told)
    place = rows[0].index(text("book.head.decision_chain_coverage", "en"))
    for row, expected in zip(rows[1:], told, strict=True):
        assert row[0] == expected["account"]
        assert abs(float(str(row[place])) - float(expected["decision_chain_coverage"])) <= 1e-9


def test_the_table_of_the_map_reads_back(run: Run, sample_url: str, sample_store: GraphStore, tmp_path: Path) -> None:
    made = run("map", "qinglan", "--store", sample_url, *DAY, "-o", "map.csv")
    assert (made.returncode, made.stderr) == (0, "")
    with (tmp_path / "map.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    report = Store(sample_store).account("qinglan", as_of=AS_OF).map_content.report
    assert [row["id"] for row in rows] == [person.id for person in report.people]
    for row, result in zip(rows, report.people, strict=True):
        assert float(row["decision_influence"]) == result.decision_influence
        assert float(row["coverage"]) == result.coverage
        assert row["stance"] == ("" if result.stance is None else str(result.stance)), "unknown is empty, never 0"


def test_hostile_texts_of_the_table_come_back_as_they_were() -> None:
    rows = list(csv.DictReader(io.StringIO(csv_text(map_rows(hostile_dossier().map, "en")), newline="")))
    assert {as_written(row["name"]) for row in rows} == set(HOSTILE)
    for row in rows:
        assert row["name"][:1] not in tuple("=+-@\t\r＝＋－＠")


@pytest.mark.browser
def test_a_picture_in_pixels_is_twice_the_scene_and_the_same_each_time(
    run: Run, sample_url: str, tmp_path: Path
) -> None:
    from PIL import Image

    if chromium_path() is None:
        pytest.skip("no Chromium on this machine")
    for name in ("one.png", "two.png"):
        made = run("map", "qinglan", "--store", sample_url, *DAY, "-o", name)
        assert (made.returncode, made.stderr) == (0, "")
    picture = (tmp_path / "one.png").read_bytes()
    assert picture == (tmp_path / "two.png").read_bytes()
    assert size_of(picture) == (2 * 1116, 2 * 702)
    colours = {colour for _, colour in Image.open(tmp_path / "one.png").convert("RGB").getcolors(1 << 24) or ()}
    for stance in ((0x7A, 0x0F, 0x1B), (0x83, 0x55, 0xC4), (0xF0, 0xA8, 0x18), (0x00, 0x68, 0x7A)):
        assert stance in colours


@pytest.mark.browser
@pytest.mark.parametrize("view", ["fishbone", "coverage"])
def test_every_view_is_a_picture_in_pixels(run: Run, sample_url: str, tmp_path: Path, view: str) -> None:
    if chromium_path() is None:
        pytest.skip("no Chromium on this machine")
    for name in ("view.png", "view.svg"):
        made = run("map", "qinglan", "--store", sample_url, *DAY, "--view", view, "-o", name)
        assert (made.returncode, made.stderr) == (0, "")
    root = fromstring((tmp_path / "view.svg").read_text(encoding="utf-8"))
    width, height = size_of((tmp_path / "view.png").read_bytes())
    assert width == 2 * math.ceil(float(root.get("width")))
    assert height == 2 * math.ceil(float(root.get("height")))


def test_the_graph_for_other_programs(run: Run, sample_url: str, tmp_path: Path) -> None:
    graphs = {}
    for name in ("net.graphml", "net.gexf", "Net.Graph.JSON"):
        made = run("map", "qinglan", "--store", sample_url, *DAY, "-o", name)
        assert (made.returncode, made.stderr) == (0, "")
        written = (tmp_path / name).read_bytes()
        assert b"evidence" not in written, "what was said is in no file to take along"
        graphs[name] = written
    link = nx.node_link_graph(json.loads(graphs["Net.Graph.JSON"]), edges="edges")
    assert link.nodes["person:wu-tao"]["decision_influence"] > 0
    for other in (
        nx.read_graphml(io.BytesIO(graphs["net.graphml"]), force_multigraph=True),
        nx.read_gexf(io.BytesIO(graphs["net.gexf"])),
    ):
        assert set(other) == set(link)
        assert other.number_of_edges() == link.number_of_edges()
    made = run("map", "qinglan", "--store", sample_url, *DAY, "-o", "map.json")
    assert made.returncode == 0
    assert list(json.loads((tmp_path / "map.json").read_bytes())) == ["report", "scene", "routes"], "as before"


WRONG = {
    "no browser": (("-o", "map.png"), {"PATH": "/nowhere", "SWAYMAP_BROWSER": ""}, "install Chromium"),
    "no such browser": (("-o", "map.png"), {"SWAYMAP_BROWSER": "no-such-browser"}, "no-such-browser"),
    "no browser at all": (("-o", "map.png"), {"SWAYMAP_BROWSER": "true"}, "made no picture"),
    "unknown ending": (("-o", "map.doc"), {}, ".pptx"),
    "no ending": (("-o", "map"), {}, ".pptx"),
    "template for a picture": (("-o", "map.svg", "--template", "x.pptx"), {}, "--template"),
    "no such template": (("-o", "map.pptx", "--template", "x.pptx"), {}, "there is no such file"),
    "no such folder": (("-o", "nowhere/map.pptx"), {}, "nowhere/map.pptx"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_made_is_one_sentence_and_no_file(run: Run, sample_url: str, tmp_path: Path, case: str) -> None:
    arguments, environment, said = WRONG[case]
    made = run("map", "qinglan", "--store", sample_url, *DAY, *arguments, **environment)
    assert made.returncode == 2
    assert said in made.stderr
    assert made.stderr.count("\n") == 1
    assert "Traceback" not in made.stderr
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(("map", ".map"))]


def test_a_workbook_needs_a_file(run: Run, sample_url: str) -> None:
    made = run("coverage", "--store", sample_url, "--format", "xlsx")
    assert (made.returncode, made.stdout) == (2, "")
    assert "-o" in made.stderr


def test_the_browser_named_is_taken_before_any_other(tmp_path: Path) -> None:
    own = tmp_path / "own-browser"
    own.write_text("#!/bin/sh\n")
    own.chmod(0o755)
    assert found_browser(str(own)) == str(own)
    with pytest.raises(InputError):
        found_browser(str(tmp_path / "none"))
