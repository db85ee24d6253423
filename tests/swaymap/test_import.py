"""`import swaymap` costs little, and says which file keeps it from its own packages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("pandas", "networkx", "scipy", "pyvis", "fastapi", "neo4j", "openpyxl")


def python(code: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run code as `python -c` does, in a folder."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("then", ["", "; swaymap.open_store('sqlite:///new.db').close()"])
def test_importing_and_opening_read_no_heavy_library(tmp_path: Path, then: str) -> None:
    told = python(f"import sys, swaymap{then}; print(*sorted(sys.modules))", tmp_path)
    assert told.returncode == 0, told.stderr
    assert set(told.stdout.split()) & set(HEAVY) == set()


def test_a_file_that_hides_a_package_is_named(tmp_path: Path) -> None:
    (tmp_path / "graph.py").write_text("")
    told = python("import swaymap", tmp_path)
    last = told.stderr.strip().splitlines()[-1]
    assert last.startswith("ImportError: ")
    assert f"{tmp_path / 'graph.py'} hides the package graph of swaymap" in last
    assert "rename it" in last


@pytest.mark.parametrize("name", ["graph", "loaders", "viz", "api"])
def test_so_is_a_package(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text("")
    last = python("import swaymap", tmp_path).stderr.strip().splitlines()[-1]
    assert f"{tmp_path / name / '__init__.py'} hides the package {name} of swaymap" in last


def test_so_is_a_module_that_is_imported_already(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "viz.py").write_text("")
    code = "import sys; sys.path.insert(0, 'elsewhere'); import viz; sys.path.pop(0); import swaymap"
    assert "viz.py hides the package viz of swaymap" in python(code, tmp_path).stderr


def test_our_own_packages_may_be_imported_before(tmp_path: Path) -> None:
    assert python("import graph.model, loaders, viz, api; import swaymap", tmp_path).returncode == 0
