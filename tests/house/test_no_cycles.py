"""No file imports itself through others, type-checking imports counted too."""

from __future__ import annotations

import tomllib
from pathlib import Path

import grimp
import networkx as nx

ROOT = Path(__file__).parents[2]
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["root_packages"]


def import_cycles(graph: nx.DiGraph) -> list[list[str]]:
    """The groups of modules that import each other."""
    return sorted(sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1)


def test_no_modules_import_each_other() -> None:
    imports = grimp.build_graph(*PACKAGES, cache_dir=None, exclude_type_checking_imports=False)
    graph = nx.DiGraph(
        (module, imported)
        for module in imports.modules
        for imported in imports.find_modules_directly_imported_by(module)
    )
    assert graph.number_of_nodes() > 100
    assert import_cycles(graph) == []


def test_a_cycle_is_found() -> None:
    assert import_cycles(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])) == [["a", "b", "c"]]
