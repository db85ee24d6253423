"""A fresh machine: nothing is made by looking, nothing is left by a refusal, and what is made is its owner's only."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import typer
from click import Context
from typer.testing import CliRunner

from api.command_line import app
from api.settings import default_store_url
from tests.api.conftest import AS_OF

DAY = ("--as-of", AS_OF.isoformat())


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with nothing in it, on a machine that would let everybody read everything."""
    for name in [name for name in os.environ if name.startswith("SWAYMAP_")]:
        monkeypatch.delenv(name)
    home = tmp_path / "home"
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    was = os.umask(0)
    yield tmp_path
    os.umask(was)


def swaymap(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.output


def refused_files(folder: Path) -> Path:
    """Files whose only fault is that they name what is nowhere."""
    folder.mkdir(exist_ok=True)
    (folder / "accounts.csv").write_text("id,name\nquay,Quay\n")
    (folder / "people.csv").write_text("id,account,name\np,quay,Pan\n")
    (folder / "opportunities.csv").write_text("id,account\no,quay\n")
    (folder / "participation.csv").write_text("opportunity,person\no,nobody\n")
    return folder


def good_files(folder: Path) -> Path:
    (refused_files(folder) / "participation.csv").write_text("opportunity,person\no,p\n")
    return folder


LOOKING = (
    ("accounts",),
    ("people", "quay"),
    ("coverage",),
    ("coverage", "quay"),
    ("map", "quay", "-o", "x.svg"),
    ("plan", "quay"),
    ("team",),
    ("leads",),
    ("undo", "1"),
    ("store", "info"),
    ("store", "digest"),
    ("store", "derive"),
    ("store", "recover"),
    ("store", "upgrade"),
)


def test_looking_makes_nothing_and_is_no_fault(machine: Path) -> None:
    for command in LOOKING:
        code, said = swaymap(*command)
        assert code in (0, 2), (command, said)
        assert "fault" not in said, (command, said)
    assert [entry.name for entry in machine.iterdir()] == ["work"]
    assert list((machine / "work").iterdir()) == []


def blank(path: Path) -> None:
    path.touch()


def without_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


@pytest.mark.parametrize("made", [blank, without_tables])
def test_a_blank_file_is_an_empty_store_for_every_command(machine: Path, made: object) -> None:
    path = machine / "work" / "blank.db"
    made(path)  # type: ignore[operator]
    was = path.read_bytes()
    for command in LOOKING:
        code, said = swaymap(*command, "--store", f"sqlite:///{path}")
        assert code in (0, 2), (command, said)
        assert "fault" not in said, (command, said)
    code, said = swaymap("import", str(refused_files(machine / "files")), "--store", f"sqlite:///{path}")
    assert (code, "nothing was stored" in said) == (2, True)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == was


@pytest.mark.parametrize("options", [(), ("--store", "own.db")])
def test_a_refused_first_import_leaves_nothing(machine: Path, options: tuple[str, ...]) -> None:
    folder = refused_files(machine / "files")
    code, said = swaymap("import", str(folder), *options)
    assert (code, "nothing was stored" in said) == (2, True)
    assert sorted(entry.name for entry in machine.iterdir()) == ["files", "work"]
    assert list((machine / "work").iterdir()) == []
    code, said = swaymap("accounts", *options)
    assert (code, "No accounts" in said) == (0, True)
    code, said = swaymap("import", str(good_files(folder)), *options)
    assert code == 0, said
    assert "quay" in swaymap("accounts", *options)[1]


def test_an_import_of_another_program_that_needs_its_accounts_leaves_nothing(machine: Path) -> None:
    contacts = machine / "Contact.csv"
    contacts.write_text("Id,AccountId,FirstName,LastName,Title\n003A,001A,Ann,Lee,CFO\n")
    code, said = swaymap("import", str(contacts))
    assert (code, "nothing was stored" in said) == (2, True), said
    assert sorted(entry.name for entry in machine.iterdir()) == ["Contact.csv", "work"]
    assert swaymap("accounts")[0] == 0


def test_the_data_folder_and_the_store_are_made_for_their_owner_by_the_first_import(machine: Path) -> None:
    code, said = swaymap("import", str(good_files(machine / "files")))
    assert code == 0, said
    path = Path(default_store_url().removeprefix("sqlite:///"))
    assert path.is_file()
    assert_private(machine / "home")


def test_an_upgrade_says_where_the_copy_is(machine: Path) -> None:
    swaymap("import", str(good_files(machine / "files")), "--store", "own.db")
    for command in (("store", "upgrade"), ("import", str(more(machine / "more")))):
        with closing(sqlite3.connect("own.db")) as connection:
            connection.execute("ALTER TABLE people DROP COLUMN interests")
        assert "earlier swaymap" not in swaymap("accounts", "--store", "own.db")[1]
        code, said = swaymap(*command, "--store", "own.db")
        assert code == 0, said
        copies = sorted(Path().glob("own.before-schema-*.db"), key=lambda item: item.stat().st_mtime_ns)
        assert "earlier swaymap" in said
        assert copies[-1].name in said
    assert len(copies) == 2
    code, said = swaymap("store", "upgrade", "--store", "own.db")
    assert (code, "up to date" in said) == (0, True)
    assert '"upgraded": false' in swaymap("store", "upgrade", "--store", "own.db", "--format", "json")[1]


def more(folder: Path) -> Path:
    folder.mkdir()
    (folder / "accounts.csv").write_text("id,name\nroad,Road\n")
    return folder


WRITING = {
    "template": [("template", "my.xlsx")],
    "demo": [("demo", "--out", "demonstration/here")],
    "map": [("map", "{account}", "-o", f"map{ending}", *DAY) for ending in (".html", ".svg", ".json", ".csv")]
    + [("map", "{account}", "-o", f"map{ending}", *DAY) for ending in (".pptx", ".xlsx")],
    "coverage": [
        ("coverage", "{account}", "--format", "json", "-o", "report.json", *DAY),
        ("coverage", "--format", "xlsx", "-o", "all.xlsx", *DAY),
    ],
    "brief": [("brief", "{person}", "--format", form, "-o", f"brief.{form}", *DAY) for form in ("html", "md", "json")],
    "import": [("import", "contacts.csv", "--map", "m.yaml", "--review", "review.csv")],
}
"""By command: how it writes files."""

WRITES = {"output", "out", "file", "review"}


def test_every_command_that_writes_files_is_known_here() -> None:
    group = typer.main.get_command(app)
    context = Context(group)
    writing = {
        name
        for name in group.list_commands(context)  # type: ignore[attr-defined]
        for parameter in group.get_command(context, name).params  # type: ignore[attr-defined]
        if parameter.name in WRITES
    }
    assert writing == set(WRITING)


@pytest.mark.parametrize("command", WRITING)
def test_what_a_command_writes_is_for_its_owner_only(command: str, machine: Path, sample_url: str) -> None:
    work = machine / "work"
    (work / "contacts.csv").write_text("Nr,Who\n1,Ann\n", encoding="utf-8")
    (work / "m.yaml").write_text(
        "source: x\ntables:\n- name: contacts\n  columns: [Nr, Who]\n  into:\n  - sheet: people\n"
        "    fields: {id: Nr, account: {constant: quay}, name: Who}\n",
        encoding="utf-8",
    )
    store = sample_url
    if command == "import":
        store = "own.db"
        swaymap("import", str(good_files(machine / "files")), "--store", store)
    given = set(work.iterdir()) - {work / "own.db"}
    for arguments in WRITING[command]:
        filled = [argument.format(account="qinglan", person="su-wen") for argument in arguments]
        code, said = swaymap(*filled, *(() if command in ("template", "demo") else ("--store", store)))
        assert code == 0, (filled, said)
    for path in given:
        path.unlink()
    made = [path for path in (*work.rglob("*"), *(machine / "home").rglob("*")) if path.is_file()]
    assert len(made) >= len(WRITING[command])
    assert_private(work)
    assert_private(machine / "home")
    if command == "import":
        assert any(path.suffix == ".yaml" for path in made), "the mapping is kept"


def assert_private(folder: Path) -> None:
    for path in folder.rglob("*"):
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path
