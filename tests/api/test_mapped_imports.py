"""Mappings on the command line: suggested, edited, used."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl

from graph.model import Interaction, Person, ReportsTo
from graph.store import open_store
from loaders import read
from loaders.mapping import load_mapping
from tests.api.conftest import Run

TODAY = datetime.date(2026, 11, 23)


def test_a_suggestion_is_a_mapping_that_takes_its_table(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("工号,公司,姓名,状态\n7,q,林秋月,在职\n", encoding="utf-8")
    done = run("import", "--suggest", "list.csv")
    assert done.returncode == 0, done.stderr
    (tmp_path / "list.yaml").write_text(done.stdout, encoding="utf-8")
    assert load_mapping(tmp_path / "list.yaml").source == "list"
    batch = read([table], today=TODAY, mapping=tmp_path / "list.yaml")
    assert batch.dataset.of(Person) == [Person("7", "q", name="林秋月", status="active")]
    refused = run("import", "--suggest", "nowhere.csv")
    assert refused.returncode == 2
    assert "No mapping can be suggested" in refused.stderr


def test_a_dry_run_shows_files_and_first_records(run: Run, tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text('id,name\nq,"Quay \x1b[31m"\nr,Road\ns,Sea\n', encoding="utf-8")
    done = run("import", "accounts.csv", "--dry-run", "--store", "sqlite:///dry.db")
    assert done.returncode == 0, done.stderr
    assert "accounts.csv   csv    utf-8      accounts      3" in done.stdout
    assert "accounts: id q, name Quay \\u001b[31m" in done.stdout
    assert "accounts: id r, name Road" in done.stdout
    assert "id s" not in done.stdout
    assert "\x1b" not in done.stdout
    chinese = run("import", "accounts.csv", "--dry-run", "--lang", "zh", "--store", "sqlite:///dry.db").stdout
    assert "客户: 客户编号 r, 客户名称 Road" in chinese


def test_a_table_comes_in_by_a_mapping(run: Run, tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("id\nq\n", encoding="utf-8")
    (tmp_path / "staff.csv").write_text("Nr,Who\n1,Ann\n2,Ben\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(
        "source: x\ntables:\n- name: staff\n  columns: [Nr, Who]\n  into:\n  - sheet: people\n"
        "    fields: {id: Nr, account: {constant: q}, name: Who}\n",
        encoding="utf-8",
    )
    store = ("--store", "sqlite:///mapped.db")
    refused = run("import", "accounts.csv", "staff.csv", *store)
    assert refused.returncode == 2
    assert "Neither the name nor the header" in refused.stderr
    done = run("import", "accounts.csv", "staff.csv", "--map", "m.yaml", *store)
    assert done.returncode == 0, done.stderr
    assert "3 added" in done.stdout
    bad = run("import", "accounts.csv", "--map", "accounts.csv", *store)
    assert bad.returncode == 2
    assert "This is no mapping" in bad.stderr


def test_two_spreadsheets_come_in_by_what_was_suggested_and_nothing_else(run: Run, tmp_path: Path) -> None:
    """A list of staff and a log of visits, as a person keeps them: names in place of ids, moments for days."""
    (tmp_path / "team.csv").write_text("id,name,role\nsun,Sun Li,AR\n", encoding="utf-8")
    book = openpyxl.Workbook()
    staff = book.active
    assert staff is not None
    staff.title = "Sheet1"
    for row in (
        ["工号", "姓名", "职位", "所属部门", "上级"],
        [1, "林秋月", "总经理", "总经办", None],
        [2, "吴涛", "主任", "技术部", "林秋月"],
    ):
        staff.append(row)
    visits = book.create_sheet("拜访")
    for row in (
        ["日期", "参会人", "我方人员", "主题"],
        [datetime.datetime(2026, 11, 3, 9, 30), "林秋月、吴涛", "Sun Li", "x"],
    ):
        visits.append(row)
    book.save(tmp_path / "ours.xlsx")
    told = run("import", "--suggest", "ours.xlsx")
    (tmp_path / "m.yaml").write_text(told.stdout, encoding="utf-8")
    done = run("import", "team.csv", "ours.xlsx", "--map", "m.yaml", "--account", "q=Quay")
    assert done.returncode == 0, done.stderr
    store = open_store(f"sqlite:///{tmp_path / 'own.db'}")
    data = store.read(["q"])
    store.close()
    assert [(person.id, person.unit, person.name) for person in data.of(Person)] == [
        ("q-1", "q-总经办", "林秋月"),
        ("q-2", "q-技术部", "吴涛"),
    ]
    assert data.of(ReportsTo) == [ReportsTo("q-2", "q-1")]
    assert [
        (interaction.date.day, interaction.people, interaction.members) for interaction in data.of(Interaction)
    ] == [(3, ("q-1", "q-2"), ("sun",))]
    again = run("import", "ours.xlsx", "--account", "q")
    assert again.returncode == 0, again.stderr
    assert "Everything is stored already" in again.stdout


def test_what_holds_no_table_gets_no_mapping(run: Run, tmp_path: Path) -> None:
    (tmp_path / "c.ics").write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n", encoding="utf-8")
    for path, words in (
        ("c.ics", "holds no table"),
        ("/dev/zero", "device"),
        (".", "device"),
        ("gone.csv", "check the path"),
    ):
        done = run("import", "--suggest", path)
        assert done.returncode == 2
        assert words in done.stderr
        assert "Traceback" not in done.stderr
