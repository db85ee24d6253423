"""Which file ending is which form of the power map."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.analysis.results import MapContent


def picture(content: MapContent, ending: str, lang: str) -> str:
    """The power map in the form that a file's ending asks for."""
    return ENDINGS[ending](content, lang)


def _page(content: MapContent, lang: str) -> str:
    from viz.page.page import power_map_page

    return power_map_page(content, lang)


def _svg(content: MapContent, lang: str) -> str:
    from viz.svg.power import power_map_svg

    return power_map_svg(content, lang)


def _json(content: MapContent, lang: str) -> str:
    from api.show import json_text
    from viz.map_json import map_json

    return json_text(map_json(content, lang))


ENDINGS: dict[str, Callable[[MapContent, str], str]] = {".html": _page, ".svg": _svg, ".json": _json}
