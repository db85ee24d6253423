"""A field is declared once: every form that is derived from the declarations knows every field of every kind."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import openpyxl
import pytest

from graph.model.columns import Column
from graph.model.kind import KINDS, Kind
from graph.model.page import model_page
from graph.model.schema import json_schema
from graph.model.words import LANGUAGES
from graph.store.neo4j.schema import constraints, edge_of, properties
from graph.store.sqlite.schema import schema
from loaders.csv_folder import csv_text
from loaders.headers import kind_named, understand
from loaders.template import write_template
from loaders.workbook_sheets import header_name, header_note, sheet_name

EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
EVERY_COLUMN = pytest.mark.parametrize(
    ("kind", "column"),
    [(kind, column) for kind in KINDS.values() for column in kind.columns],
    ids=[f"{kind.sheet}.{column.name}" for kind in KINDS.values() for column in kind.columns],
)


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, openpyxl.Workbook]:
    made = {}
    for lang in LANGUAGES:
        path: Path = tmp_path_factory.mktemp(lang) / "template.xlsx"
        write_template(path, lang)
        made[lang] = openpyxl.load_workbook(path)
    return made


@pytest.fixture(scope="module")
def tables() -> sqlite3.Connection:
    store = sqlite3.connect(":memory:")
    store.executescript(schema())
    return store


@EVERY_COLUMN
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_template_has_it_with_a_note(
    kind: Kind, column: Column, lang: str, templates: dict[str, openpyxl.Workbook]
) -> None:
    cell = templates[lang][sheet_name(kind, lang)].cell(1, kind.columns.index(column) + 1)
    assert cell.value == header_name(column, lang)
    assert cell.comment is not None
    assert cell.comment.text == header_note(column, lang)
    other = column.zh if lang == "en" else column.name
    assert other in cell.comment.text


@EVERY_KIND
def test_a_header_is_understood_in_both_languages(kind: Kind) -> None:
    for lang in LANGUAGES:
        assert kind_named(sheet_name(kind, lang)) is kind
        header = understand(kind, [header_name(column, lang) for column in kind.columns])
        assert header.at == {name: place for place, name in enumerate(kind.fields)}


@EVERY_KIND
def test_csv_has_every_column(kind: Kind) -> None:
    assert csv_text(kind, []).strip().split(",") == list(kind.fields)


@EVERY_COLUMN
def test_the_json_schema_has_it(kind: Kind, column: Column) -> None:
    described = json_schema()["$defs"][kind.record.__name__]["properties"][column.name]
    assert described["title"] == column.zh
    assert described["x-field-class"] == column.field_class


@EVERY_COLUMN
def test_the_documentation_has_it(kind: Kind, column: Column) -> None:
    section = model_page().split(f"### {kind.sheet} · {kind.zh}\n")[1].split("\n###")[0]
    (line,) = [
        splitline
        for splitline in section.splitlines()
        if splitline.startswith((f"| `{column.name}`", f"| **`{column.name}`**"))
    ]
    assert column.zh in line
    assert column.note in line
    assert f"| {column.field_class} |" in line


@EVERY_KIND
def test_sqlite_has_a_table_with_every_column_and_the_key(kind: Kind, tables: sqlite3.Connection) -> None:
    found = tables.execute(f"PRAGMA table_info({kind.sheet})").fetchall()
    assert [name for _, name, *_ in found] == list(kind.fields)
    assert tuple(name for _, name, _, _, _, place in sorted(found, key=lambda row: row[5]) if place) == kind.key


@EVERY_COLUMN
def test_neo4j_has_it_as_a_property_a_relationship_or_an_end(kind: Kind, column: Column) -> None:
    if kind.edge is not None:
        ends = (edge_of(kind).source, edge_of(kind).target)
        assert (column in properties(kind)) != (column.name in ends)
    else:
        assert (column in properties(kind) or column.name == "id") != (column.link is not None)


@EVERY_KIND
def test_neo4j_keeps_the_ids_of_a_label_unique(kind: Kind) -> None:
    if kind.label is not None:
        assert any(f"(n:{kind.label}) REQUIRE (n.id) IS UNIQUE" in constraint for constraint in constraints())
