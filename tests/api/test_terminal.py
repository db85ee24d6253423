"""Printed output: no control character reaches a terminal, and it is UTF-8 whatever the console says."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner, Result

from api.command_line import app
from api.terminal import DataText, TerminalText, escaped, line
from graph.model import Account, Person
from graph.model.dataset import Dataset
from graph.model.kind import KINDS
from graph.store import open_store
from loaders import read, sample_company
from tests.api.commands import COMMANDS
from tests.api.conftest import AS_OF, Run
from tests.store.places import put

ROOT = Path(__file__).parents[2]
DAY = AS_OF.isoformat()
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\x7f\u202egnp\u2066\u200f\u061c\u2028\r\b\nFORGED line\tcell"
"""An ending of names and texts: it sets titles, clears the screen, turns text round, and forges a line."""

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
PRINTED_AS_FORMS = ("table", "json", "csv", "text", "md", "html")


def name(command: tuple[str, ...]) -> str:
    return " ".join(command)


def hostile_dataset() -> Dataset:
    """The sample company with a hostile ending on every id and every free text."""
    with sample_company() as folder:
        dataset = read([folder], today=AS_OF).dataset
    ids = {record.id for kind in dataset.kinds() for record in dataset.of(kind.record) if hasattr(record, "id")}

    def hurt(value: Any, free: bool) -> Any:
        if isinstance(value, tuple):
            return tuple(hurt(part, free) for part in value)
        return value + HOSTILE if isinstance(value, str) and (value in ids or free) else value

    def all_hurt(record: Any, columns: Any) -> Any:
        free = {
            column.name
            for column in columns
            if column.cell in ("text", "list") and column.scale is None and column.ref is None
        }
        values = {field.name: getattr(record, field.name) for field in fields(record)}
        kept = ("currency", "unknown", "what", "about", "element", "field", "aspect")
        return replace(record, **{key: hurt(value, key in free and key not in kept) for key, value in values.items()})

    return Dataset.collect(
        [all_hurt(record, kind.columns) for kind in dataset.kinds() for record in dataset.of(kind.record)]
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Words of the commands: a store of hostile names, and the ids in it."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    store = open_store(f"sqlite:///{path}")
    put(store, hostile_dataset())
    store.close()
    words = {identity: identity + HOSTILE for identity in ("qinglan", "wu-tao", "zhao-mingyuan", "sun-li", "su-wen")}
    return {"store": f"sqlite:///{path}", **words}


# Good calls of every command; words in braces are filled in from the hostile store.
GOOD: dict[tuple[str, ...], list[list[str]]] = {
    ("demo",): [["--out", "out{bad}"]],
    ("template",): [["my{bad}.xlsx"]],
    ("import",): [["in{bad}", "--dry-run"], ["in{bad}"], ["wrong{bad}.csv"], ["in{bad}/odd{bad}.csv", "--suggest"]],
    ("undo",): [["1", "--dry-run"], ["1"]],
    ("accounts",): [[], ["--limit", "1"]],
    ("imports",): [[]],
    ("people",): [["{qinglan}"], ["{qinglan}", "--explain", "{wu-tao}"], ["{qinglan}", "--groups"]],
    ("coverage",): [["{qinglan}"], []],
    ("paths",): [
        ["{qinglan}", "--to", "{zhao-mingyuan}"],
        ["{qinglan}", "--whom", "{zhao-mingyuan}"],
        ["{qinglan}", "--introduce", "{zhao-mingyuan}"],
        ["{qinglan}", "--fewest"],
        ["{qinglan}", "--independent"],
    ],
    ("what-if",): [["{qinglan}", "--without", "{wu-tao}"], ["{qinglan}", "--each"]],
    ("plan",): [["{qinglan}"]],
    ("compare",): [["{qinglan}", "--from", "2026-10-01", "--to", "2026-11-30"]],
    ("leads",): [["{qinglan}"]],
    ("team",): [["{qinglan}"]],
    ("brief",): [["{su-wen}", "--member", "{sun-li}"]],
    ("map",): [["{qinglan}", "-o", "m{bad}.svg"]],
    # What it prints when it listens has a test of its own.
    ("serve",): [],
    ("store", "info"): [[]],
    ("store", "digest"): [[]],
    ("store", "recover"): [[]],
    ("store", "upgrade"): [[]],
    ("store", "derive"): [[], ["{qinglan}"]],
}


def test_every_command_is_walked() -> None:
    """A new command belongs into `GOOD`; wrong calls are made of its options by themselves."""
    assert set(GOOD) == set(COMMANDS)


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command in this process, as the command line does."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SWAYMAP_STORE", f"sqlite:///{tmp_path / 'own.db'}")
    return lambda *arguments, **more: CliRunner().invoke(app, [*arguments], **more)


def assert_harmless(done: Result, is_data: bool = False) -> None:
    """Printed output has no control character, forged line or traceback; data has what is stored."""
    for stream in (done.stderr_bytes,) if is_data else (done.stdout_bytes, done.stderr_bytes):
        text = stream.decode("utf-8")
        assert not CONTROL.search(text), repr(text[max(0, CONTROL.search(text).start() - 60) :][:120])  # type: ignore[union-attr]
        assert not re.search(r"^FORGED", text, re.MULTILINE), text
        assert "Traceback" not in text


def _files(folder: Path) -> None:
    """Files whose names, headers and cells are hostile: one folder is right, one file is wrong."""
    right = folder / f"in{HOSTILE}"
    right.mkdir()
    (right / "accounts.csv").write_text(f'id,name,"odd{HOSTILE}"\nq,"Quay{HOSTILE}",1\n', encoding="utf-8", newline="")
    (right / "people.csv").write_text(f'id,account,name\na,q,"Ann{HOSTILE}"\n', encoding="utf-8", newline="")
    (right / f"odd{HOSTILE}.csv").write_text(f'"who{HOSTILE}",firm\nAnn,"Q{HOSTILE}"\n', encoding="utf-8", newline="")
    wrong = f'id,account,level,"odd{HOSTILE}"\n"a{HOSTILE}","q{HOSTILE}","9{HOSTILE}",\n'
    (folder / f"wrong{HOSTILE}.csv").write_text(wrong, encoding="utf-8", newline="")


def _calls() -> Iterator[Any]:
    for command, several in GOOD.items():
        for number, words in enumerate(several):
            yield pytest.param(command, words, id=f"{name(command)} {number}")


@pytest.mark.parametrize(("command", "words"), list(_calls()))
def test_hostile_names_in_the_store_and_in_files_print_no_control(
    call: Callable[..., Result], hostile: dict[str, str], tmp_path: Path, command: tuple[str, ...], words: list[str]
) -> None:
    _files(tmp_path)
    options = {option for parameter in COMMANDS[command].params for option in parameter.opts}
    forms = next((list(type(param.default)) for param in COMMANDS[command].params if "--format" in param.opts), [None])
    for form in set(forms) & {None, *PRINTED_AS_FORMS}:
        langs = ("en", "zh") if form in ("table", "text") else ("en",)
        for lang in langs if "--lang" in options else (None,):
            arguments = [*command, *(word.format(bad=HOSTILE, **hostile) for word in words)]
            arguments += (
                ["--store", hostile["store"]] if "--store" in options and command[0] not in ("import", "undo") else []
            )
            arguments += ["--as-of", DAY] if "--as-of" in options else []
            arguments += ["--format", form] if form else []
            arguments += ["--lang", lang] if lang else []
            done = call(*arguments)
            # Data for a program stays as it is where nobody reads it on a terminal.
            is_suggestion = "--suggest" in words
            assert_harmless(done, is_data=form in ("csv", "md", "html") or is_suggestion)
            if form == "json" and done.exit_code == 0 and not is_suggestion:
                orjson.loads(done.stdout_bytes)


def _flag(parameter: Any) -> list[str]:
    """The option's name, nothing for an argument."""
    return [opt for opt in parameter.opts[:1] if opt.startswith("-")]


WORKING_ALONE = {("demo",), ("serve",)}
"""Commands that do their work without arguments: nothing hostile would reach them."""


def _wrong_calls() -> Iterator[Any]:
    for command, declared in COMMANDS.items():
        required = [param for param in declared.params if param.required]
        arguments = [word for each in required for word in (*_flag(each), "{bad}")]
        if arguments or command not in WORKING_ALONE:
            yield pytest.param(command, arguments, id=f"{name(command)} arguments")
        yield pytest.param(command, ["--unknown{bad}"], id=f"{name(command)} unknown option")
        for param in declared.params:
            option = next((each for each in param.opts if each.startswith("-")), None)
            if option is None or getattr(param, "is_flag", False):
                continue
            others = [each for each in required if each is not param]
            words = [word for each in others for word in (*_flag(each), "{bad}")]
            yield pytest.param(command, [*words, option, "{bad}"], id=f"{name(command)} {option}")


@pytest.mark.parametrize(("command", "words"), list(_wrong_calls()))
def test_hostile_arguments_print_no_control(
    call: Callable[..., Result], command: tuple[str, ...], words: list[str]
) -> None:
    done = call(*command, *(word.format(bad=HOSTILE) for word in words))
    assert_harmless(done)


def test_a_hostile_command_prints_no_control(call: Callable[..., Result]) -> None:
    for words in ([HOSTILE], [f"--{HOSTILE}"], ["store", HOSTILE], ["store", f"--{HOSTILE}"]):
        done = call(*words)
        assert done.exit_code == 2
        assert_harmless(done)


def test_a_name_in_bytes_that_are_no_text_is_printed(run: Run) -> None:
    done = run("import", "caf\udce9.csv")
    assert done.returncode == 2
    assert "caf\\udce9.csv" in done.stderr
    assert "fault" not in done.stderr


def test_serve_says_a_hostile_address_harmlessly(tmp_path: Path) -> None:
    folder = tmp_path / f"at{HOSTILE}"
    folder.mkdir()
    store = open_store(f"sqlite:///{folder / 'own.db'}")
    put(store, Account("q"))
    store.close()
    command = [
        Path(sys.executable).with_name("swaymap"),
        "serve",
        "--port",
        "0",
        "--store",
        f"sqlite:///{folder}/own.db",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        try:
            assert server.stdout is not None
            said = server.stdout.readline().decode("utf-8")
            assert "http://127.0.0.1:" in said
            assert "\\u001b" in said
            assert not CONTROL.search(said)
        finally:
            server.kill()


def on_terminal(*arguments: str, cwd: Path) -> str:
    """The output of a command on a terminal, both streams."""
    screen, end = pty.openpty()
    with subprocess.Popen(
        [Path(sys.executable).with_name("swaymap"), *arguments],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=end,
        stderr=end,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
    ):
        os.close(end)
        seen = b""
        try:
            while chunk := os.read(screen, 65536):
                seen += chunk
        except OSError:  # the other end is closed: the command has ended
            pass
        finally:
            os.close(screen)
    return seen.decode("utf-8").replace("\r\n", "\n")


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_terminal_gets_no_control_in_any_form(hostile: dict[str, str], tmp_path: Path, form: str) -> None:
    command = ("people", hostile["qinglan"], "--store", hostile["store"], "--as-of", DAY, "--format", form)
    seen = on_terminal(*command, cwd=tmp_path)
    assert "\\u001b" in seen
    assert not CONTROL.search(seen)


def test_what_goes_to_a_program_or_a_file_stays_as_stored(hostile: dict[str, str], run: Run, tmp_path: Path) -> None:
    at = (hostile["qinglan"], "--store", hostile["store"], "--as-of", DAY)
    stored = next(person for person in hostile_dataset().of(Person) if person.id == hostile["wu-tao"])
    assert stored.name is not None
    rows = orjson.loads(run("people", *at, "--format", "json").stdout.encode())["people"]
    assert stored.name in {row["name"] for row in rows}
    done = subprocess.run(
        [Path(sys.executable).with_name("swaymap"), "people", *at, "--format", "csv"], capture_output=True, check=True
    )
    assert stored.name.encode() in done.stdout
    for form in ("csv", "json"):
        assert run("coverage", *at, "--format", form, "-o", f"out.{form}").returncode == 0
    assert stored.name.encode() in (tmp_path / "out.csv").read_bytes()
    people = orjson.loads((tmp_path / "out.json").read_bytes())["people"]
    assert stored.name in {person["name"] for person in people}


CONSOLES = {
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.mark.parametrize("console", CONSOLES)
@pytest.mark.parametrize("command", GOOD, ids=name)
def test_output_is_utf_8_whatever_the_console_says(
    sample_url: str, tmp_path: Path, command: tuple[str, ...], console: str
) -> None:
    words = next(iter(GOOD[command]), ["--port", "70000"])
    plain = {identity: identity for identity in ("qinglan", "wu-tao", "zhao-mingyuan", "sun-li", "su-wen")}
    right = [*command, *(word.format(bad="-图", **plain) for word in words)]
    options = {option for parameter in COMMANDS[command].params for option in parameter.opts}
    right += ["--lang", "zh"] if "--lang" in options else []
    others = ([*command, "--没有"], [*command, "--help"]) if console == "cp1252" else ()
    for arguments in (right, *others):
        done = subprocess.run(
            [Path(sys.executable).with_name("swaymap"), *arguments],
            cwd=tmp_path,
            env={**os.environ, **CONSOLES[console], "SWAYMAP_STORE": sample_url, "SWAYMAP_LANG": "zh"},
            capture_output=True,
            timeout=300,
            check=False,
        )
        said = (done.stdout + done.stderr).decode("utf-8")
        assert "Traceback" not in said
        assert "codec" not in said
        assert done.returncode in (0, 2), said
        if arguments is not right:
            assert re.search("[\u4e00-\u9fff]", said), said


@pytest.mark.parametrize("command", [["people", "qinglan"], ["coverage", "qinglan", "--format", "json"], ["--help"]])
@pytest.mark.parametrize("closed", ["stdout", "stderr", "both"])
def test_a_reader_that_goes_away_is_no_fault(sample_url: str, tmp_path: Path, command: list[str], closed: str) -> None:
    """The pipe's reading end is closed before the command writes, as `| head` does it sooner or later."""
    reading, writing = os.pipe()
    os.close(reading)
    kept = tmp_path / "kept.txt"
    with kept.open("wb") as other:
        streams: dict[str, Any] = {"stdout": other, "stderr": other}
        streams |= dict.fromkeys(streams if closed == "both" else [closed], writing)
        done = subprocess.run(
            [Path(sys.executable).with_name("swaymap"), *command],
            env={**os.environ, "SWAYMAP_STORE": sample_url},
            timeout=300,
            check=False,
            **streams,
        )
    os.close(writing)
    said = kept.read_text(encoding="utf-8")
    assert done.returncode in (0, 1)
    assert "Traceback" not in said
    assert "Exception ignored" not in said
    assert bool(said) == (closed == "stderr")


def test_a_refusal_keeps_its_exit_code_where_nobody_hears_it(sample_url: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [Path(sys.executable).with_name("swaymap"), "people", "nobody", "--store", sample_url]
    done = subprocess.run(command, stderr=writing, stdout=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stdout) == (2, b"")


def test_closed_streams_and_full_disks_cost_a_sentence(sample_url: str) -> None:
    swaymap = Path(sys.executable).with_name("swaymap")
    for redirection, code in ((">&-", 0), (">&- 2>&-", 0), ("> /dev/full", 2)):
        done = subprocess.run(
            ["/bin/sh", "-c", f"exec '{swaymap}' people qinglan --store '{sample_url}' {redirection}"],
            capture_output=True,
            check=False,
        )
        assert done.returncode == code, (redirection, done.stderr)
        assert (b"No space left" in done.stderr) == (code == 2)
        assert len(done.stderr.splitlines()) == (1 if code else 0), done.stderr


def test_every_control_character_is_shown() -> None:
    shown = escaped("".join(map(chr, range(0x3000))))
    assert not CONTROL.search(shown)
    assert "\n" not in shown
    assert "\\n" in shown
    assert orjson.loads(f'"{escaped(HOSTILE)}"') == HOSTILE
    assert line("a\nb") == "a\\nb\n"
    harmless = "“Zoë” 林秋月 👩‍🔧 نص עברית a\u00ad\u200b"
    assert escaped(harmless) == harmless


def test_a_stream_has_no_way_round(tmp_path: Path) -> None:
    with (tmp_path / "out.txt").open("w", encoding="ascii") as file:
        stream = TerminalText(file)
        assert not hasattr(stream, "buffer")
        stream.write("a\x1bb\n")
        stream.write(DataText("c\x1bd\n"))
        stream.flush()
    assert (tmp_path / "out.txt").read_bytes() == b"a\\u001bb\nc\x1bd\n"


def test_only_the_terminal_module_prints() -> None:
    """Else a value could forge a line, or take another way out."""
    ways = re.compile(r"\bprint\(|\becho\(|secho\(|sys\.__std|std(out|err)\.(write|buffer)|Console\(stderr|os\.write\(")
    allowed = {"api/terminal.py", "api/text/output.py"}
    found = {
        path.relative_to(ROOT).as_posix(): ways.findall(path.read_text(encoding="utf-8"))
        for path in (ROOT / "api").rglob("*.py")
    }
    assert {module for module, said in found.items() if said} - allowed == set()


def test_all_kinds_are_hurt() -> None:
    """The premise of the walk: each kind that the sample has reaches the commands with hostile texts."""
    dataset = hostile_dataset()
    kinds = [kind for kind in KINDS.values() if dataset.of(kind.record)]
    assert [
        kind.sheet for kind in kinds if not any(HOSTILE in repr_of(record) for record in dataset.of(kind.record))
    ] == []


def repr_of(record: Any) -> str:
    return "\0".join(
        str(value) if isinstance(value, str) else "\0".join(map(str, value))
        for field in fields(record)
        if isinstance(value := getattr(record, field.name), (str, tuple))
    )
