"""Receipts on the command line: cells old → new, warnings, --yes, and the list of imports."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from graph.model import Participation, Person
from graph.store import open_store
from tests.api.conftest import Run

SHEETS = {
    "accounts": "id,name|acme,Acme|zeta,Zeta",
    "units": "id,account,name|fin,acme,Finance|ops,acme,Operations / 运营",
    "people": "id,account,unit,name,title|claudia,acme,fin,Claudia Neumann,CFO|wu,acme,ops,Wu Tao,Director",
    "team": "id,name|sun,Sun Li",
    "opportunities": "id,account,name|deal,acme,New plant",
    "participation": "opportunity,person,stance,roles|deal,claudia,Supporter,D;A",
}


def write(folder: Path, **sheets: str) -> Path:
    folder.mkdir(exist_ok=True)
    for sheet, text in sheets.items():
        (folder / f"{sheet}.csv").write_text(text.replace("|", "\n") + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    """The command line on a store that holds the sheets."""
    done = run("import", write(tmp_path / "first", **SHEETS))
    assert done.returncode == 0, done.stderr
    return run


def digest(run: Run) -> str:
    return run("store", "digest").stdout


def part(tmp_path: Path) -> Participation:
    store = open_store(f"sqlite:///{tmp_path / 'own.db'}")
    try:
        return store.read().of(Participation)[0]
    finally:
        store.close()


def as_json(run: Run, *arguments: str | Path) -> dict[str, Any]:
    done = run(*arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_stale_sheet_does_not_erase_what_a_colleague_wrote(filled: Run, tmp_path: Path) -> None:
    before = digest(filled)
    stale = write(tmp_path / "stale", participation="opportunity,person,stance,roles|deal,claudia,,")
    done = filled("import", stale)
    assert done.returncode == 0
    assert "Everything is stored already" in done.stdout
    assert digest(filled) == before
    strict = filled("import", stale, "--empty-means-empty")
    assert "Claudia Neumann · stance: Supporter → empty (a filled cell becomes empty)" in strict.stdout
    assert part(tmp_path) == Participation("deal", "claudia")


@pytest.mark.parametrize("mark", ["-", "清空"])
def test_a_cell_is_emptied_by_a_mark_and_said_so(mark: str, filled: Run, tmp_path: Path) -> None:
    sheet = write(tmp_path / "emptied", participation=f"opportunity,person,stance,roles|deal,claudia,{mark},")
    dry = filled("import", sheet, "--dry-run")
    assert "  Claudia Neumann · stance: Supporter → empty\n" in dry.stdout
    assert part(tmp_path).stance == 1
    done = filled("import", sheet)
    assert "  ! Claudia Neumann · stance: Supporter → empty (a filled cell becomes empty)\n" in done.stdout
    assert "  Claudia Neumann · stance: Supporter → empty\n" in done.stdout
    assert part(tmp_path) == Participation("deal", "claudia", roles=("D", "A"))


def test_what_must_be_filled_in_cannot_be_emptied(filled: Run, tmp_path: Path) -> None:
    before = digest(filled)
    done = filled("import", write(tmp_path / "bad", people="id,account,title|claudia,-,Boss"))
    assert done.returncode == 2
    assert "people.csv:people:2:account" in done.stderr
    assert "account must be filled in" in done.stderr
    assert digest(filled) == before


def test_a_sync_takes_an_empty_cell_for_an_empty_one(filled: Run, tmp_path: Path) -> None:
    less = {**SHEETS, "participation": "opportunity,person,stance,roles|deal,claudia,,D"}
    done = filled("import", write(tmp_path / "less", **less), "--sync", "acme", "--yes")
    assert done.returncode == 0, done.stderr
    assert "stance: Supporter → empty" in done.stdout
    assert part(tmp_path) == Participation("deal", "claudia", roles=("D",))


def test_a_receipt_in_json_has_every_cell_with_its_words(filled: Run, tmp_path: Path) -> None:
    sheets = write(
        tmp_path / "new",
        people="id,account,unit,name,title|claudia,acme,ops,Claudia Neumann,CEO|new,acme,,Bo,",
        participation="opportunity,person,stance,roles|deal,claudia,-,D",
    )
    dry = as_json(filled, "import", sheets, "--dry-run")
    done = as_json(filled, "import", sheets)
    assert (dry["import"], dry["dry_run"]) == (None, True)
    assert (done["import"], done["dry_run"], done["accounts"]) == (2, False, ["acme"])
    assert {**dry, "import": 2, "dry_run": False} == done
    assert done["counts"] == {
        "people": {"added": 1, "changed": 1, "removed": 0, "unchanged": 0},
        "participation": {"added": 0, "changed": 1, "removed": 0, "unchanged": 0},
    }
    person = {"sheet": "people", "key": ["claudia"], "name": "Claudia Neumann"}
    role = {"sheet": "participation", "key": ["deal", "claudia"], "name": "Claudia Neumann"}
    unit = {**person, "column": "unit", "old": "fin", "new": "ops"}
    stance = {**role, "column": "stance", "old": 1, "new": None, "old_words": "Supporter", "new_words": "empty"}
    assert done["cells"] == [
        {**unit, "old_words": "Finance", "new_words": "Operations"},
        {**person, "column": "title", "old": "CFO", "new": "CEO", "old_words": "CFO", "new_words": "CEO"},
        {
            **role,
            "column": "roles",
            "old": ["D", "A"],
            "new": ["D"],
            "old_words": "Decision maker; Approver",
            "new_words": "Decision maker",
        },
        stance,
    ]
    assert [(warning["code"], warning["column"], warning["text"]) for warning in done["warnings"]] == [
        ("moved", "unit", "Claudia Neumann · unit: Finance → Operations (moved)"),
        ("emptied", "stance", "Claudia Neumann · stance: Supporter → empty (a filled cell becomes empty)"),
    ]


def test_a_receipt_in_csv_has_a_row_a_cell(filled: Run, tmp_path: Path) -> None:
    sheets = write(tmp_path / "new", participation="opportunity,person,stance|deal,claudia,Coach")
    done = filled("import", sheets, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert row == {
        "sheet": "participation",
        "key": "deal;claudia",
        "name": "Claudia Neumann",
        "column": "stance",
        "old": "1",
        "new": "3",
        "old_words": "Supporter",
        "new_words": "Coach",
    }


def test_the_screen_shows_the_first_twenty_and_how_many_more(run: Run, tmp_path: Path) -> None:
    people = "id,account,name,title" + "".join(f"|p{n},a,Person {n},Clerk" for n in range(25))
    run("import", write(tmp_path / "one", accounts="id|a", people=people))
    done = run("import", write(tmp_path / "two", people=people.replace("Clerk", "Boss")))
    assert done.stdout.count("· title: Clerk → Boss\n") == 20
    assert "… and 5 more" in done.stdout
    assert len(as_json(run, "undo", "2", "--dry-run")["cells"]) == 25


def test_a_receipt_speaks_chinese(filled: Run, tmp_path: Path) -> None:
    sheets = write(
        tmp_path / "new",
        people="id,account,unit|claudia,acme,ops",
        participation="opportunity,person,stance|deal,claudia,清空",
    )
    done = filled("import", sheets, "--lang", "zh")
    assert "  ! Claudia Neumann · 立场：支持 → 空（已填内容将被清空）\n" in done.stdout
    assert "Claudia Neumann · 部门：Finance → 运营\n" in done.stdout


def test_characters_that_a_terminal_obeys_are_not_sent_to_it(filled: Run, tmp_path: Path) -> None:
    sheets = write(tmp_path / "new", people='id,account,title|claudia,acme,"\x1b[31mred\x07"')
    done = filled("import", sheets)
    assert "title: CFO → \\u001b[31mred\\u0007" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("sheet", "rows", "old", "new"),
    [
        ("people", "id,account,name|wu,acme,Bo Ek", "Wu Tao", "Bo Ek"),
        ("team", "id,name|sun,Bo Ek", "Sun Li", "Bo Ek"),
        ("accounts", "id,name|acme,Bo Ek", "Acme", "Bo Ek"),
        ("units", "id,account,name|fin,acme,Hub", "Finance", "Hub"),
    ],
)
def test_a_wholly_different_name_needs_yes(
    sheet: str, rows: str, old: str, new: str, filled: Run, tmp_path: Path
) -> None:
    before = digest(filled)
    sheets = write(tmp_path / "new", **{sheet: rows})
    dry = filled("import", sheets, "--dry-run")
    assert dry.returncode == 0
    assert "Storing this needs --yes" in dry.stdout
    refused = filled("import", sheets)
    assert refused.returncode == 2
    assert f"name: {old} → {new} (a wholly different name)" in refused.stdout
    assert "Nothing was stored in " in refused.stderr
    assert "own.db: " in refused.stderr
    assert "--yes" in refused.stderr
    assert f"{old} → {new}" in refused.stderr
    assert digest(filled) == before
    told = filled("import", sheets, "--format", "json")
    assert told.returncode == 2
    assert json.loads(told.stdout)["import"] is None
    assert [warning["needs_yes"] for warning in json.loads(told.stdout)["warnings"]] == [True]
    assert filled("import", sheets, "--yes").returncode == 0
    assert filled("undo", "2").returncode == 0
    assert digest(filled) == before


def test_a_name_that_is_only_corrected_needs_nothing(filled: Run, tmp_path: Path) -> None:
    done = filled("import", write(tmp_path / "new", people="id,account,name|wu,acme,Wu Tao / 吴涛"))
    assert done.returncode == 0
    assert "! " not in done.stdout


def test_a_person_of_another_account_is_never_taken_over(filled: Run, tmp_path: Path) -> None:
    before = digest(filled)
    sheets = write(tmp_path / "other", people="id,account,name|new,zeta,Bo|wu,zeta,Wu Tao")
    for options in ((), ("--yes",), ("--dry-run",)):
        refused = filled("import", sheets, *options)
        assert refused.returncode == 2
        assert "error people.csv:people:3:account: wu is stored as a person of account acme" in refused.stderr
        assert "(zeta)" in refused.stderr
    assert digest(filled) == before


def test_two_accounts_of_an_export_with_the_same_ids_are_refused_too(filled: Run, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Nr,Who\nwu,Bo Ek\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(
        "source: x\ntables:\n- name: list\n  columns: [Nr, Who]\n  into:\n  - sheet: people\n"
        "    fields: {id: Nr, account: {constant: zeta}, name: Who}\n",
        encoding="utf-8",
    )
    refused = filled("import", "list.csv", "--map", "m.yaml", "--yes")
    assert refused.returncode == 2
    assert "list.csv:people:2:account" in refused.stderr


def test_a_table_of_another_program_keeps_what_it_leaves_empty(filled: Run, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Nr,Who,Rank,In\nclaudia,Claudia Neumann,-,\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(
        "source: x\ntables:\n- name: list\n  columns: [Nr, Who]\n  into:\n  - sheet: people\n"
        "    fields: {id: Nr, account: {constant: acme}, name: Who, title: Rank, unit: In}\n",
        encoding="utf-8",
    )
    done = filled("import", "list.csv", "--map", "m.yaml")
    assert done.returncode == 0, done.stderr
    assert "Everything is stored already" in done.stdout
    store = open_store(f"sqlite:///{tmp_path / 'own.db'}")
    assert Person("claudia", "acme", "fin", "Claudia Neumann", "CFO") in store.read().of(Person)
    store.close()


def test_an_undo_says_what_comes_back(filled: Run, tmp_path: Path) -> None:
    filled("import", write(tmp_path / "new", participation="opportunity,person,stance|deal,claudia,-"))
    done = filled("undo", "2", "--dry-run")
    assert "  Claudia Neumann · stance: empty → Supporter\n" in done.stdout
    found = as_json(filled, "undo", "2")
    assert found["import"] == 3
    assert [(cell["old"], cell["new"]) for cell in found["cells"]] == [(None, 1)]


def test_imports_are_listed_so_that_one_can_be_undone(run: Run, tmp_path: Path) -> None:
    assert "Nothing was imported yet" in run("imports").stdout
    run("import", write(tmp_path / "first", **SHEETS))
    run("import", write(tmp_path / "second", team="id,name|sun,Sun Li / 孙丽"))
    run("undo", "2")
    found = as_json(run, "imports")["imports"]
    assert [(entry["id"], entry["source"], entry["added"], entry["changed"], entry["removed"]) for entry in found] == [
        (3, "undo of import 2", 0, 1, 0),
        (2, "second", 0, 1, 0),
        (1, "first", 9, 0, 0),
    ]
    assert all(entry["by"] and entry["at"].endswith("+00:00") for entry in found)
    assert [entry["id"] for entry in as_json(run, "imports", "--limit", "1")["imports"]] == [3]
    table = run("imports")
    assert "undo of import 2" in table.stdout
    rows = list(csv.DictReader(io.StringIO(run("imports", "--format", "csv").stdout)))
    assert [row["id"] for row in rows] == ["3", "2", "1"]
