"""The documents say what is so: files, targets and commands that they name are there; modules stay readable."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from api.command_line import app
from graph.model.kind import KINDS

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
MOST_LINES = 500


def each_document() -> list[object]:
    return [pytest.param(path, id=path.name) for path in DOCUMENTS]


@pytest.mark.parametrize("document", each_document())
def test_files_that_a_document_names_are_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:swaymap|graph|loaders|viz|api|tests|benchmarks|docs|scripts)/[\w/.]*)`", text))
    linked = {(document.parent / target).resolve() for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text)}
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert [path for path in linked if not path.exists()] == []


@pytest.mark.parametrize("document", each_document())
def test_targets_and_commands_that_a_document_names_are_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z0-9]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z0-9]+)", text, re.MULTILINE)) <= targets
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    assert set(re.findall(r"(?:`|^)swaymap ([a-z-]+)", text, re.MULTILINE)) <= commands


def test_every_kind_is_declared_once() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "graph" / "model").glob("*.py"))
    for sheet in KINDS:
        assert len(re.findall(rf'@record\(\s*"{sheet}"', written)) == 1


def test_modules_are_of_a_readable_size() -> None:
    sizes = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for folder in ("graph", "loaders", "viz", "swaymap", "api", "benchmarks", "scripts")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".js", ".css", ".html")
    }
    assert {name: lines for name, lines in sizes.items() if lines > MOST_LINES} == {}


def test_nothing_third_party_or_binary_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    if not listed:
        pytest.skip("not a git checkout: nothing is committed here")
    endings = {Path(name).suffix for name in listed}
    text = {
        "",
        ".py",
        ".md",
        ".json",
        ".toml",
        ".txt",
        ".csv",
        ".html",
        ".css",
        ".js",
        ".ts",
        ".java",
        ".xml",
        ".sh",
        ".yaml",
    }
    assert endings <= text | {".png"}
    assert {Path(name).parent.as_posix() for name in listed if name.endswith(".png")} == {"docs/pictures"}
