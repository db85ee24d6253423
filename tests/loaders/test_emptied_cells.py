"""Cells that empty: `-` and 清空 in our own sheets, and nothing but an empty cell in another program's table."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from graph.model import Account, Influence, Interaction, Participation, Person
from graph.model.dataset import Dataset
from loaders import Batch, read
from loaders.csv_folder import write_csv_folder
from loaders.emptied_cells import clears, escaped, unescaped
from loaders.template import write_workbook
from tests.loaders.bad_files import GOOD_CSV, Build, book, folder

TODAY = datetime.date(2026, 11, 23)
PEOPLE = "id,account,name,title,level,external,kpis,unit\n"


def taken(build: Build, at: Path, **asked: object) -> Batch:
    batch = read([build(at)], today=TODAY, **asked)
    assert [error.text() for error in batch.findings.errors] == []
    return batch


@pytest.mark.parametrize("mark", ["-", "清空", "－", " - ", "\u3000清空"])
def test_a_cell_of_any_type_can_be_emptied(mark: str, tmp_path: Path) -> None:
    rows = f"{PEOPLE}p,a,{mark},{mark},{mark},{mark},{mark},{mark}\nq,a,Qin,,,,,\n"
    batch = taken(folder(people=rows, accounts="id\na\n"), tmp_path)
    assert batch.dataset.of(Person) == [Person("p", "a"), Person("q", "a", name="Qin")]
    assert batch.dataset.emptied == {Person: {("p",): {"name", "title", "level", "external", "kpis", "unit"}}}
    assert batch.dataset.empty_is_unsaid


def test_a_cell_of_a_workbook_can_be_emptied(tmp_path: Path) -> None:
    batch = taken(book(people=[["id", "account", "name"], ["p", "a", "清空"], ["q", "a", None]]), tmp_path)
    assert batch.dataset.emptied == {Person: {("p",): {"name"}}}


def test_a_longer_text_or_a_part_of_a_list_empties_nothing(tmp_path: Path) -> None:
    batch = taken(folder(people="id,account,name,kpis\np,a,- Pei,a;-\nq,a,--,请清空\n"), tmp_path)
    assert batch.dataset.emptied == {}
    assert batch.dataset.of(Person) == [
        Person("p", "a", name="- Pei", kpis=("a", "-")),
        Person("q", "a", name="--", kpis=("请清空",)),
    ]


def test_empty_may_mean_empty(tmp_path: Path) -> None:
    assert not taken(folder(), tmp_path, empty_means_empty=True).dataset.empty_is_unsaid


def test_the_ends_of_a_line_are_put_in_order_before_its_cells_are_emptied(tmp_path: Path) -> None:
    batch = taken(folder(conflicts="a,b,intensity,evidence\nq,p,0.5,-\n"), tmp_path)
    assert list(batch.dataset.emptied.values()) == [{("p", "q"): {"evidence"}}]


@pytest.mark.parametrize("mark", ["-", "清空"])
def test_what_must_be_filled_in_cannot_be_emptied(mark: str, tmp_path: Path) -> None:
    build = folder(influences=f"source,target,weight\np,{mark},0.2\nq,p,{mark}\n", people=GOOD_CSV["people"])
    batch = read([build(tmp_path)], today=TODAY)
    assert [(error.code, error.sheet, error.row, error.column) for error in batch.findings.errors] == [
        ("cannot_be_emptied", "influences", 2, "target"),
        ("cannot_be_emptied", "influences", 3, "weight"),
    ]
    assert batch.dataset.of(Influence) == []


def test_a_dash_of_another_program_is_an_empty_cell(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("id\nq\n", encoding="utf-8")
    (tmp_path / "list.csv").write_text("Nr,Who,Rank,Likes\n1,Ann,-,golf\n2,-,-,-\n-,Bo,-,-\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(
        "source: x\ntables:\n- name: list\n  columns: [Nr, Who]\n  into:\n  - sheet: people\n    needs: [Nr]\n"
        "    fields: {id: Nr, account: {constant: q}, name: Who, title: {columns: [Rank, Likes]}}\n",
        encoding="utf-8",
    )
    batch = read([tmp_path / "accounts.csv", tmp_path / "list.csv"], today=TODAY, mapping=tmp_path / "m.yaml")
    assert batch.findings.errors == []
    assert batch.dataset.of(Person) == [Person("1", "q", name="Ann", title="golf"), Person("2", "q")]
    assert batch.dataset.emptied == {}
    assert [notice.code for notice in batch.findings.notices] == ["rows_left_out"]


def test_texts_that_look_like_it_are_written_so_that_they_come_back(tmp_path: Path) -> None:
    likes = ("-", "清空", "'-", "''清空", " - ", "－", "'", "-'")
    records = [
        Account("-", "清空", strategy="'-", notes="-"),
        *(Person(f"p{at}", "-", title=text, kpis=(text.strip(),)) for at, text in enumerate(likes)),
        Interaction("i", datetime.date(2026, 1, 2), "forum", people=("p0",), source="-"),
    ]
    written = Dataset.collect(records)
    write_csv_folder(tmp_path / "csv", written)
    write_workbook(tmp_path / "book.xlsx", written)
    for path in (tmp_path / "csv", tmp_path / "book.xlsx"):
        batch = read([path], today=TODAY)
        assert [error.text() for error in batch.findings.errors] == []
        assert batch.dataset.emptied == {}
        assert batch.dataset == written


@pytest.mark.parametrize("text", ["-", "清空", "'-", "''-", " '清空", "a", "", "'", "'a", "--"])
def test_escaping_is_undone_exactly(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not clears(escaped(text))


def test_a_stance_can_be_emptied(tmp_path: Path) -> None:
    build = folder(
        opportunities="id,account\no,a\n", participation="opportunity,person,stance,assessed_on\no,p,-,清空\no,q,-2,\n"
    )
    batch = taken(build, tmp_path)
    assert batch.dataset.emptied == {Participation: {("o", "p"): {"stance", "assessed_on"}}}
    assert Participation("o", "q", stance=-2) in batch.dataset.of(Participation)
