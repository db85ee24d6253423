"""Settings come from one TOML file and the environment; what is wrong in them is refused with its place."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.command_line import app
from api.http.limits import Limits
from api.settings import FILE_VARIABLE, Settings, load_settings, settings_file, settings_from, split_option, variables
from api.settings_page import settings_page
from graph.model.problem import InputError
from graph.model.words import LANGUAGES
from graph.store.acting import acting
from loaders.caps import DEFAULT_CAPS, Caps
from tests.api.conftest import Run

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"
FULL = """
store = "sqlite:///team.db"
user = " Wang Lei "
lang = "zh"
browser = "/opt/chromium"
neo4j_user = "swaymap"
neo4j_password_file = "neo4j.secret"
neo4j_database = "accounts"
neo4j_staged_above = 0
keep_columns = false

[limits]
body_bytes = 5_000
question_seconds = 1.5

[caps]
rows = 500_000
"""


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("SWAYMAP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "settings.toml"
    monkeypatch.setenv(FILE_VARIABLE, str(path))
    return path


def secret(path: Path, mode: int = 0o600, text: str = "s3cret\n") -> Path:
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def refused(file: Path, text: str) -> InputError:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as found:
        load_settings()
    for lang in LANGUAGES:
        assert "\n" not in found.value.message.render(lang)
        assert str(file) in found.value.message.render(lang)
    return found.value


def test_without_a_file_all_is_as_declared() -> None:
    assert settings_file() is None
    settings = load_settings()
    assert settings == Settings()
    assert (settings.store, settings.user, settings.lang, settings.password()) == (None, None, "en", None)
    assert settings.limits.model_dump() == {
        "body_bytes": 1_000_000, "header_bytes": 16_000, "arrival_seconds": 30, "idle_seconds": 5, "connections": 200,
        "computing": 8, "kept_bytes": 64_000_000, "question_seconds": 2, "long_seconds": 30, "queue_seconds": 2,
        "answer_seconds": 120, "stop_seconds": 2,
    }  # fmt: skip
    assert settings.file_caps() == DEFAULT_CAPS
    assert settings.staging().above == 100_000


def test_every_key_is_taken_from_the_file(file: Path) -> None:
    file.write_text(FULL, encoding="utf-8")
    secret(file.with_name("neo4j.secret"))
    settings = load_settings()
    assert settings.model_fields_set == set(Settings.model_fields) - {"neo4j_password"}
    assert (settings.store, settings.user, settings.lang) == ("sqlite:///team.db", "Wang Lei", "zh")
    assert settings.password() == "s3cret"
    assert settings.staging().above == 0
    assert settings.keep_columns is False
    assert settings.limits == Limits(body_bytes=5000, question_seconds=1.5)
    assert settings.file_caps() == Caps(rows=500_000)


def test_the_file_in_the_config_folder_is_taken_where_none_is_named(tmp_path: Path) -> None:
    own = tmp_path / "config" / "swaymap" / "settings.toml"
    own.parent.mkdir(parents=True)
    own.write_text('user = "own"\n', encoding="utf-8")
    assert load_settings().user == "own"
    other = tmp_path / "other.toml"
    other.write_text('user = "other"\n', encoding="utf-8")
    with settings_from(str(other)):
        assert load_settings().user == "other"
    assert load_settings().user == "own"


def test_variables_override_the_file_key_by_key(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(FULL, encoding="utf-8")
    monkeypatch.setenv("SWAYMAP_USER", "Ann")
    monkeypatch.setenv("SWAYMAP_LIMIT_BODY_BYTES", "7000")
    monkeypatch.setenv("SWAYMAP_CAP_COLUMNS", "9")
    monkeypatch.setenv("SWAYMAP_NEO4J_PASSWORD", "from here")
    monkeypatch.setenv("SWAYMAP_NEO4J_DATABASE", "")
    settings = load_settings()
    assert (settings.user, settings.store, settings.neo4j_database) == ("Ann", "sqlite:///team.db", "accounts")
    assert settings.limits == Limits(body_bytes=7000, question_seconds=1.5)
    assert settings.file_caps() == Caps(rows=500_000, columns=9)
    assert settings.password() == "from here"


def test_unknown_variables_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SWAYMAP_NEVER", "SWAYMAP_LIMITS", "SWAYMAP_LIMIT_NEVER", "SWAYMAP_CAP_NEVER", "SWAYMAP_CAPS"):
        monkeypatch.setenv(name, "{not json")
    monkeypatch.setenv("SWAYMAP_LANG", "fr")
    assert load_settings() == Settings()


UNKNOWN = [
    ('stor = "x"', "stor in line 1 of", "the nearest is store."),
    ("\n\n[limit]\nconnections = 5", "limit in line 3 of", "the nearest is limits."),
    ("[limits]\n# many\nconnection = 5", "limits.connection in line 3 of", "the nearest is limits.connections."),
    ("limits.connection = 5", "limits.connection in line 1 of", "the nearest is limits.connections."),
    ("limits = {connection = 5}", "limits.connection in line 1 of", "the nearest is limits.connections."),
    ("[caps]\nrow = 5", "caps.row in line 2 of", "the nearest is caps.rows."),
    ('neo4j_pasword = "x"', "neo4j_pasword in line 1 of", "the nearest is neo4j_password_file."),
]


@pytest.mark.parametrize(("text", "place", "near"), UNKNOWN, ids=[text for text, *_ in UNKNOWN])
def test_an_unknown_key_is_refused_with_the_nearest_and_its_line(file: Path, text: str, place: str, near: str) -> None:
    problem = refused(file, text)
    assert problem.code == "setting_unknown"
    assert str(problem).startswith(place)
    assert str(problem).endswith(near)


NOT_TOML = "The settings FILE are not TOML, line {}: write each setting as key = value, texts in quotes."
LONG = "x" * 201
WRONG = [
    ("store = 5", "store in line 1 of FILE is 5: write a text in quotes."),
    ("user = ''", 'user in line 1 of FILE is "": write a text in quotes.'),
    (f"user = '{LONG}'", f"user in line 1 of FILE is {'x' * 39}…: write a text of at most 200 characters."),
    ("lang = 'fr'", "lang in line 1 of FILE is fr: write en or zh."),
    (
        "limits = 5",
        "limits in line 1 of FILE is no table: write [limits] on a line of its own, and its settings below.",
    ),
    ("[limits]\nconnections = 0", "limits.connections in line 2 of FILE is 0: write a whole number, at least 1."),
    ("[limits]\nconnections = true", "limits.connections in line 2 of FILE is True: write a whole number, at least 1."),
    (
        "[limits]\nstop_seconds = nan",
        "limits.stop_seconds in line 2 of FILE is nan: write a number of seconds, at least 0.001.",
    ),
    ("[caps]\nrows = 1.5", "caps.rows in line 2 of FILE must be a whole number above 0, not 1.5."),
    ("neo4j_staged_above = -1", "neo4j_staged_above in line 1 of FILE is -1: write a whole number, such as 100000."),
    ("keep_columns = 'maybe'", "keep_columns in line 1 of FILE is maybe: write true or false."),
    ("store = x", NOT_TOML.format("1, column 9")),
    ("store = ", NOT_TOML.format("1, column 9")),
    ("user = 'a'\nuser = 'b'", NOT_TOML.format("2, column 11")),
]


@pytest.mark.parametrize(("text", "words"), WRONG, ids=[text[:40] for text, _ in WRONG])
def test_a_wrong_value_is_refused_with_its_line_and_what_would_be_right(file: Path, text: str, words: str) -> None:
    assert str(refused(file, text)) == words.replace("FILE", str(file))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SWAYMAP_CAP_ROWS", "many", "SWAYMAP_CAP_ROWS must be a whole number above 0, not many."),
        ("SWAYMAP_CAP_ROWS", "0", "SWAYMAP_CAP_ROWS must be a whole number above 0, not 0."),
        ("SWAYMAP_LIMIT_CONNECTIONS", "0", "SWAYMAP_LIMIT_CONNECTIONS is 0: write a whole number, at least 1."),
        ("SWAYMAP_KEEP_COLUMNS", "2", "SWAYMAP_KEEP_COLUMNS is 2: write true or false."),
        ("SWAYMAP_USER", "x" * 201, f"SWAYMAP_USER is {'x' * 39}…: write a text of at most 200 characters."),
    ],
)
def test_a_wrong_variable_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError) as found:
        load_settings()
    assert str(found.value) == words


def test_a_secret_in_the_file_is_refused_and_not_repeated(file: Path) -> None:
    problem = refused(file, 'user = "ann"\nneo4j_password = "s3cret"\n')
    assert problem.code == "setting_secret"
    assert str(problem).startswith("neo4j_password in line 2 of")
    assert "neo4j_password_file" in str(problem)
    assert "SWAYMAP_NEO4J_PASSWORD" in str(problem)
    assert "s3cret" not in str(problem)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_secret_that_others_can_read_is_refused(file: Path, mode: int) -> None:
    path = secret(file.with_name("neo4j.secret"), mode)
    file.write_text('neo4j_password_file = "neo4j.secret"', encoding="utf-8")
    with pytest.raises(InputError, match="can be read by others") as found:
        load_settings()
    assert found.value.code == "secret_shared"
    path.chmod(0o400)
    assert load_settings().password() == "s3cret"


def test_a_secret_that_cannot_be_read_is_refused(file: Path) -> None:
    path = file.with_name("neo4j.secret")
    file.write_text(f'neo4j_password_file = "{path}"', encoding="utf-8")
    for make, words in (
        (lambda: None, "No such file"),
        (path.mkdir, "it is not a file"),
        (lambda: (path.rmdir(), os.mkfifo(path, 0o600)), "it is not a file"),
        (lambda: (path.unlink(), secret(path, text="\n")), "it is empty"),
        (lambda: (path.write_bytes(b"\xff\xfe"), path.chmod(0o600)), "it is not UTF-8 text"),
    ):
        make()
        with pytest.raises(InputError, match=words) as found:
            load_settings()
        assert str(path) in str(found.value)


def test_a_file_that_cannot_be_read_is_refused(file: Path) -> None:
    def problem() -> str:
        with pytest.raises(InputError) as found:
            load_settings()
        assert str(file) in str(found.value)
        return str(found.value)

    assert "No such file" in problem()
    file.mkdir()
    assert "it is not a file" in problem()
    file.rmdir()
    file.write_bytes(b"user = '\xff'")
    assert "it is not UTF-8 text" in problem()
    file.write_text("#" * 200_000, encoding="utf-8")
    assert "larger than" in problem()


def test_the_option_may_stand_anywhere_in_a_command() -> None:
    for given in (
        ["--settings", "f", "people", "q"],
        ["people", "--settings=f", "q"],
        ["people", "q", "--settings", "f"],
    ):
        assert split_option(given) == ("f", ["people", "q"])
    assert split_option(["people", "--", "--settings", "f"]) == (None, ["people", "--", "--settings", "f"])
    assert split_option(["people", "--settings"]) == (None, ["people", "--settings"])


def test_commands_take_their_store_language_and_user_from_the_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("id,name\nq,Qinglan\n", encoding="utf-8")
    file = tmp_path / "team.toml"
    file.write_text('store = "sqlite:///team.db"\nuser = "Wang Lei"\nlang = "zh"\n', encoding="utf-8")
    own: dict[str, Any] = {"SWAYMAP_STORE": "", "SWAYMAP_LANG": ""}
    assert run("import", "accounts.csv", "--settings", file, **own).returncode == 0
    assert (tmp_path / "team.db").exists()
    assert "Wang Lei" in run("--settings", file, "imports", **own).stdout
    assert "设置文件" in run("--help", "--settings", file, **own).stdout
    undone = run("undo", "1", "--format", "json", SWAYMAP_SETTINGS=str(file), SWAYMAP_USER="Ann", **own)
    assert undone.returncode == 0
    assert "Ann" in run("imports", "--settings", file, **own).stdout


@pytest.mark.parametrize("command", [["accounts"], ["template", "t.xlsx"], ["store", "info"]])
def test_wrong_settings_cost_one_sentence_and_exit_code_2(tmp_path: Path, command: list[str]) -> None:
    file = tmp_path / "s.toml"
    file.write_text("stor = 1", encoding="utf-8")
    done = CliRunner().invoke(app, [*command, "--settings", str(file)])
    assert done.exit_code == 2
    assert len(done.output.strip().splitlines()) == 1
    assert "the nearest is store." in done.output
    assert FILE_VARIABLE not in os.environ


def test_the_server_takes_its_limits_from_the_file(file: Path) -> None:
    file.write_text("[limits]\nconnections = 3\n", encoding="utf-8")
    assert load_settings().limits.connections == 3


def test_changes_are_recorded_by_the_user_of_the_settings_else_by_the_login(monkeypatch: pytest.MonkeyPatch) -> None:
    assert acting("Wang Lei") == "Wang Lei"
    assert acting() == getpass.getuser()
    monkeypatch.setenv("SWAYMAP_USER", " Ann ")
    assert acting() == "Ann"
    assert acting("Wang Lei") == "Wang Lei"
    monkeypatch.delenv("SWAYMAP_USER")

    def none() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(getpass, "getuser", none)
    assert acting() == "unknown"


def test_the_page_is_up_to_date_and_names_every_key_and_variable() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == settings_page(), "run make docs"
    for variable, key in variables().items():
        assert f"`{variable}`" in page
        assert f"`{key[-1]}`" in page


def test_the_example_of_the_page_can_be_used(file: Path) -> None:
    page = settings_page()
    example = page[page.index("```toml\n") + 8 :]
    file.write_text(example[: example.index("```")], encoding="utf-8")
    secret(file.with_name("neo4j.secret"))
    assert load_settings().limits.connections == 400
