"""A stakeholder, a team member, a rival and a unit may share an id: every answer is the same as with four ids."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.text.brief import brief_text
from api.text.compare import compare_text
from api.text.departures import departures_text
from api.text.explained import explained_text
from api.text.leads import leads_text
from api.text.plan import plan_text
from api.text.report import report_text
from api.text.rows import path_rows, people_rows
from api.text.team import team_text
from api.text.what_if import what_if_text
from graph.analysis.ground.as_json import as_json
from graph.analysis.ground.unknown import AmbiguousName
from graph.analysis.persons.explain import explained_json
from graph.analysis.report.report_json import paths_json, report_json
from graph.analysis.scenarios.changes import ImpossibleChange, Stance, Touch, Without
from graph.model.dataset import Dataset
from graph.store import open_store
from graph.store.protocol import GraphStore
from loaders import read, sample_company
from swaymap.account import Account
from swaymap.power_map import compared_picture, picture
from swaymap.store import Store
from tests.api.conftest import AS_OF

SHARED = "gao-feng"
"""A stakeholder, against us and held by the rival: a name taken from the other side would show everywhere."""

OTHERS = {
    "team": ("liu-yang", "gao-fenh"),
    "competitors": ("vantar", "gao-feni"),
    "units": ("ql-procurement", "gao-fenj"),
}
"""Owner, rival and unit of the person: ids in the sample, and ids that sort near his and are as long."""


def renamed(data: Dataset, sheet: str, old: str, new: str) -> Dataset:
    """The records with another id of one of them, wherever it is named."""
    made = Dataset()
    for kind in data.kinds():
        named = {column.name for column in kind.references if column.ref == sheet}
        named |= {"id"} if kind.sheet == sheet else set()
        for record in data.of(kind.record):
            values = {column: _renamed(getattr(record, column), old, new) for column in named}
            made.add(replace(record, **values))
    return made


def _renamed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, tuple):
        return tuple(sorted(new if part == old else part for part in value))
    return new if value == old else value


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[GraphStore, GraphStore]]:
    """The sample company with four ids of their own, and with one that four records share."""
    with sample_company() as folder:
        apart = read([folder], today=AS_OF).dataset
    for sheet, (old, own) in OTHERS.items():
        apart = renamed(apart, sheet, old, own)
    together = apart
    for sheet, (_, own) in OTHERS.items():
        together = renamed(together, sheet, own, SHARED)
    stores = []
    for name, data in (("apart", apart), ("together", together)):
        stores.append(open_store(f"sqlite:///{tmp_path_factory.mktemp('shared') / f'{name}.db'}"))
        for day, records in ((AS_OF - datetime.timedelta(days=40), _earlier(data)), (AS_OF, data)):
            stores[-1].apply(
                records,
                source="sample",
                recorded_by="ann",
                recorded_at=datetime.datetime.combine(day, datetime.time(), datetime.UTC),
            )
    yield stores[0], stores[1]
    for store in stores:
        store.close()


def _earlier(data: Dataset) -> Dataset:
    """The records without contacts, so that ties are won between the two days."""
    made = Dataset()
    for kind in data.kinds():
        if kind.sheet not in ("interactions", "commitments"):
            made.of(kind.record).extend(data.of(kind.record))
    return made


def seen(store: GraphStore) -> Account:
    return Store(store).account("qinglan", as_of=AS_OF)


def texts(store: GraphStore, lang: str) -> Iterator[tuple[str, Any]]:
    """Every answer as a person reads it; names stand for ids, so that both stores give the same."""
    account = seen(store)
    yield "report", report_text(account.report, lang)
    yield "people", [{**row, "unit": None} for row in people_rows(account.report, account.places, lang)]
    yield "plan", plan_text(account.plan(30, 20, 12), lang)
    yield "team", team_text(account.team(12), lang)
    yield "leads", leads_text(account.leads, lang)
    yield "departures", departures_text(account.departures, lang)
    yield "compare", compare_text(account.compare(AS_OF - datetime.timedelta(days=30)), lang)
    for person in (SHARED, "lin-qiuyue"):
        yield f"explain {person}", explained_text(account.explained(person), lang)
        yield f"brief {person}", brief_text(account.brief(person, "Liu Yang"), lang)
        ways = path_rows(account.paths(person, member="刘洋", k=5).paths, lang)
        yield f"paths {person}", [[row["rank"], row["strength"], row["route"]] for row in ways]
    for change in (Without(f"person:{SHARED}"), Without("member:liu yang"), Without(SHARED, "person")):
        yield f"what-if {change}", what_if_text(account.difference(account.changed([change])), lang)
    touched = [Touch("Liu Yang", "高峰", "daily_contact", "visit"), Stance("Gao Feng", 2)]
    yield "what-if touched", what_if_text(account.difference(account.changed(touched)), lang)
    yield "map", picture(account.map_content, ".svg", lang, "power")
    yield "fishbone", picture(account.map_content, ".svg", lang, "fishbone")
    yield "coverage", picture(account.map_content, ".svg", lang, "coverage")
    two = Store(store).compared_map("qinglan", AS_OF - datetime.timedelta(days=30), AS_OF)
    yield "compared map", compared_picture(two, ".svg", lang, "power")


def data(store: GraphStore) -> Iterator[tuple[str, Any]]:
    """Every answer as a program reads it."""
    account = seen(store)
    yield "report", report_json(account.report, "en")
    yield "plan", as_json(account.plan(30, 20, 12))
    yield "team", as_json(account.team(12))
    yield "leads", as_json(account.leads)
    yield "compare", as_json(account.compare(AS_OF - datetime.timedelta(days=30)))
    yield "departures", as_json(account.departures)
    yield "weak points", as_json(account.weak_points)
    for person in (SHARED, "zhao-mingyuan"):
        yield f"explain {person}", explained_json(account.explained(person), "en")
        yield f"sways {person}", as_json(account.whom(person))
        yield f"introductions {person}", as_json(account.introductions(person))
        yield f"brief {person}", as_json(account.brief(person))
        yield f"paths {person}", paths_json(account.paths(person, k=9))
    yield "map.json", json.loads(picture(account.map_content, ".json", "en", "power"))
    for lang in ("en", "zh"):
        yield f"page {lang}", _content(picture(account.map_content, ".html", lang, "power"))
    two = Store(store).compared_map("qinglan", AS_OF - datetime.timedelta(days=30), AS_OF)
    yield "page of two days", _content(compared_picture(two, ".html", "en", "power"))


def _content(page: str | bytes) -> Any:
    """The data that a page carries."""
    text = page if isinstance(page, str) else page.decode()
    start = text.index('id="content"')
    start = text.index(">", start) + 1
    return json.loads(text[start : text.index("</script>", start)])


def _with_one_id(value: Any) -> Any:
    """The same with the shared id in place of the four."""
    written = json.dumps(value, ensure_ascii=False)
    for _, own in OTHERS.values():
        written = written.replace(own, SHARED)
    return json.loads(written)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_answer_shows_the_right_name(both: tuple[GraphStore, GraphStore], lang: str) -> None:
    apart, together = both
    for (name, expected), (_, found) in zip(texts(apart, lang), texts(together, lang), strict=True):
        assert found == _with_one_id(expected), name


def test_every_answer_gives_the_same_data(both: tuple[GraphStore, GraphStore]) -> None:
    apart, together = both
    for (name, expected), (_, found) in zip(data(apart), data(together), strict=True):
        assert found == _with_one_id(expected), name


@pytest.mark.parametrize("ending", [".pptx", ".xlsx"])
def test_slides_and_workbook_show_the_right_names(
    both: tuple[GraphStore, GraphStore], ending: str, tmp_path: Path
) -> None:
    told = [_texts_of(_exported(store, ending), ending, tmp_path) for store in both]
    assert told[1] == [_with_one_id(line) for line in told[0]]


def _exported(store: GraphStore, ending: str) -> bytes:
    made = seen(store).map().written(ending)
    assert isinstance(made, bytes)
    return made


def _texts_of(made: bytes, ending: str, at: Path) -> list[str]:
    path = at / f"made{ending}"
    path.write_bytes(made)
    if ending == ".xlsx":
        import openpyxl

        return [str(cell.value) for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    from pptx import Presentation

    shapes = [shape for slide in Presentation(str(path)).slides for shape in _all_shapes(slide.shapes)]
    places = [f"{shape.name} {shape.left} {shape.top} {shape.width} {shape.height}" for shape in shapes]
    tables = [shape.table for shape in shapes if getattr(shape, "has_table", False)]
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    return [*places, *cells, *(shape.text_frame.text for shape in shapes if shape.has_text_frame)]


def _all_shapes(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        if hasattr(shape, "shapes"):
            yield from _all_shapes(shape.shapes)


def test_who_is_meant_by_a_shared_id_is_asked(both: tuple[GraphStore, GraphStore]) -> None:
    _, together = both
    with pytest.raises(AmbiguousName) as asked:
        seen(together).without(SHARED)
    told = str(asked.value)
    assert "person:gao-feng (Gao Feng" in told
    assert "member:gao-feng (Liu Yang" in told
    with pytest.raises(ImpossibleChange):
        seen(together).without("member:liu yang", "member:gao-feng")
