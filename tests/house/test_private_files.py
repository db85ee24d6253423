"""Files that swaymap writes are for their owner only: one module makes files and folders, whatever the umask says."""

from __future__ import annotations

import ast
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import private_files

ROOT = Path(__file__).parents[2]
PRODUCT = ("graph", "loaders", "viz", "swaymap", "api")
WRITING = {"write_text", "write_bytes", "mkdir", "makedirs", "touch"}
HELPER = "graph/private_files.py"

LET_BE = {("graph/store/neo4j_local/server.py", "open"), ("api/terminal.py", "open")}
"""The log of the local server, which is made by the helper before it is opened; the null device."""


def test_only_one_module_makes_files_and_folders() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for folder in PRODUCT
        for path in (ROOT / folder).rglob("*.py")
        for name in _writing(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert {call for call in found if call[0] != HELPER} == LET_BE


def _writing(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in WRITING or (name == "open" and _opens_to_write(node)):
            yield name


def _opens_to_write(call: ast.Call) -> bool:
    """Whether the mode of `open(path, mode)` or `path.open(mode)` is one that writes."""
    texts = [
        argument.value for argument in (*call.args, *(given.value for given in call.keywords)) if _is_text(argument)
    ]  # type: ignore[attr-defined]
    return any(set(text) <= set("rwaxbt+") and set(text) & set("wax+") for text in texts if text)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@pytest.fixture(autouse=True)
def _anything_goes() -> Iterator[None]:
    was = os.umask(0)
    yield
    os.umask(was)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_written_whole_for_its_owner_only(tmp_path: Path) -> None:
    private_files.write_file(tmp_path / "a.txt", "é")
    assert (tmp_path / "a.txt").read_bytes() == "é".encode()
    assert mode_of(tmp_path / "a.txt") == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_one_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("shared")
    path.chmod(0o664)
    private_files.write_file(path, b"new")
    assert (path.read_bytes(), mode_of(path)) == (b"new", 0o664)


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link.txt").symlink_to(tmp_path / "there" / "a.txt")
    private_files.write_file(tmp_path / "link.txt", b"new")
    assert (tmp_path / "there" / "a.txt").read_bytes() == b"new"
    assert (tmp_path / "link.txt").is_symlink()


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "a.txt" / "full").touch()
    with pytest.raises(OSError, match=r"a\.txt"):
        private_files.write_file(tmp_path / "a.txt", b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_every_folder_on_the_way_is_for_its_owner_only(tmp_path: Path) -> None:
    private_files.make_folder(tmp_path / "a" / "b" / "c")
    assert {mode_of(tmp_path / part) for part in ("a", "a/b", "a/b/c")} == {0o700}
    tmp_path.chmod(0o755)
    private_files.make_folder(tmp_path)
    assert mode_of(tmp_path) == 0o755
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        private_files.make_folder(tmp_path / "file")


def test_an_empty_file_is_made_once(tmp_path: Path) -> None:
    private_files.make_file(tmp_path / "a")
    assert mode_of(tmp_path / "a") == 0o600
    (tmp_path / "a").write_bytes(b"kept")
    private_files.make_file(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"kept"
