"""An account's graph as a file for other programs: GraphML, GEXF and node-link JSON, by networkx' own writers."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph import private_files

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

RECORD_ID = "record_id"
"""The name of the node attribute `id` in files, which use `id` for the node itself."""
EDGE_ID = "edge_id"
"""The attribute that GraphML's writer takes the ids of edges from: they must differ, relationship types do not."""


def write_graph(graph: Graph, path: str | Path) -> None:
    """Write a graph of `account_graph` in the form that the file's ending names, whole or not at all.

    `.graphml` for yEd, Gephi, igraph; `.gexf` for Gephi, with names as labels; `.json` is networkx' node-link data.
    A node's attribute `id` is written as `record_id`. In GraphML every edge has an id of its own (INFLUENCES-1, …) and
    its relationship type as the attribute `relationship`. Attributes of the graph itself are not in GEXF.

    Raises ValueError for another ending, OSError where the file cannot be written.
    """
    path = Path(path)
    private_files.write_file(path, graph_file(graph, path.suffix.lower()))


def graph_file(graph: Graph, ending: str) -> bytes:
    """The content of such a file. Raises ValueError for another ending than `.graphml`, `.gexf` and `.json`."""
    if ending not in _WRITERS:
        raise ValueError(f"A graph is written as {', '.join(_WRITERS)}, not as {ending or 'a file without an ending'}.")
    copy = graph.copy()
    for _, attributes in copy.nodes(data=True):
        if "id" in attributes:
            attributes[RECORD_ID] = attributes.pop("id")
    return _WRITERS[ending](copy)


def _graphml(graph: Graph) -> bytes:
    import networkx as nx

    for number, (_, _, key, attributes) in enumerate(graph.edges(keys=True, data=True), 1):
        attributes |= {EDGE_ID: f"{key}-{number}", "relationship": key}
    written = io.BytesIO()
    nx.write_graphml(graph, written, prettyprint=True, edge_id_from_attribute=EDGE_ID)
    return written.getvalue()


def _gexf(graph: Graph) -> bytes:
    import networkx as nx

    for node, attributes in graph.nodes(data=True):
        attributes["label"] = attributes.get("name", node)
    for _, _, key, attributes in graph.edges(keys=True, data=True):
        attributes["label"] = key
    written = io.BytesIO()
    nx.write_gexf(graph, written, prettyprint=True)
    return written.getvalue()


def _node_link(graph: Graph) -> bytes:
    import networkx as nx

    data: dict[str, Any] = nx.node_link_data(graph, edges="edges")
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


_WRITERS: dict[str, Callable[[Graph], bytes]] = {".graphml": _graphml, ".gexf": _gexf, ".json": _node_link}
