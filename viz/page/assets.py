"""What the page is written from: our own style and scripts, vis-network, and how they are let into the page.

The page's policy names the hash of every style and script in it, so that nothing else can run, whatever a record says.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

SCRIPTS = (
    "data.js",
    "state.js",
    "words.js",
    "dom.js",
    "nodes.js",
    "marks.js",
    "matching.js",
    "list.js",
    "supposing.js",
    "value.js",
    "brief.js",
    "ours.js",
    "compared.js",
    "changes.js",
    "detail.js",
    "header.js",
    "theme.js",
    "focusing.js",
    "lines.js",
    "ways.js",
    "ground.js",
    "labels.js",
    "bars.js",
    "discs.js",
    "sides.js",
    "places.js",
    "view.js",
    "hovering.js",
    "picture.js",
    "controls.js",
    "drawer.js",
    "drawing.js",
    "fishbone.js",
    "coverage.js",
    "views.js",
    "exporting.js",
    "keyboard.js",
    "inspect.js",
    "start.js",
)
"""The page's scripts in the order in which they stand in the page; start.js sets them going when all are there."""

_UNREAD = re.compile(r"^\s*(?:(?:/\*\*.*?\*/|//[^\n]*)[ \t]*\n\s*)*", re.MULTILINE | re.DOTALL)
"""Indents, empty lines, and comments that have lines of their own."""


@cache
def vis_network() -> str:
    """vis-network as the installed pyvis ships it, without its pointer to a source map (that would be a request)."""
    source = files("pyvis").joinpath("templates", "lib", "vis-9.1.2", "vis-network.min.js").read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", source)


@cache
def page_script() -> str:
    """Our own scripts as one, in a scope of their own, without comments and indents: every page carries them."""
    folder = files(__package__).joinpath("script")
    parts = [_UNREAD.sub("", folder.joinpath(name).read_text(encoding="utf-8")) for name in SCRIPTS]
    return "(() => {\n'use strict';\n" + "\n".join(parts) + "\n})();\n"


@cache
def page_style() -> str:
    """Our own style sheet, without the colours: those come from the encodings."""
    folder = files(__package__).joinpath("style")
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".css"))
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)


def inert_json(value: Any) -> str:
    """JSON that can stand in a script element: no character of it can end the element or a line of the script."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
