"""Which file ending is which form of a view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.analysis.history.compared_map import ComparedMap
    from graph.analysis.map import MapContent
    from viz.scene.views import View


def picture(content: MapContent, ending: str, lang: str, view: View = "power") -> str:
    """A view in the form that a file's ending asks for; a page has every view and opens on this one."""
    return ENDINGS[ending](content, lang, view)


def compared_picture(found: ComparedMap, ending: str, lang: str, view: View = "power") -> str:
    """Two days in the form that a file's ending asks for, of `COMPARED_ENDINGS`; a page opens on this view."""
    if ending == ".svg":
        from viz.svg.power import power_map_svg

        return power_map_svg(found.content, lang, comparison=found.comparison)
    from viz.map_page import compared_page

    return compared_page(found, lang, view)


def _page(content: MapContent, lang: str, view: View) -> str:
    from viz.map_page import power_map_page

    return power_map_page(content, lang, view)


def _svg(content: MapContent, lang: str, view: View) -> str:
    from viz.svg.coverage import coverage_svg
    from viz.svg.fishbone import fishbone_svg
    from viz.svg.power import power_map_svg

    drawn: dict[View, Callable[[MapContent, str], str]] = {
        "power": power_map_svg,
        "fishbone": fishbone_svg,
        "coverage": coverage_svg,
    }
    return drawn[view](content, lang)


def _json(content: MapContent, lang: str, view: View) -> str:
    from api.text.output import json_text
    from viz.map_json import map_json

    return json_text(map_json(content, lang, view))


COMPARED_ENDINGS = {"power": (".html", ".svg"), "fishbone": (".html",), "coverage": (".html",)}
"""In which forms two days can be compared, by view: only the map has signs of what happened."""
ENDINGS: dict[str, Callable[[MapContent, str, View], str]] = {".html": _page, ".svg": _svg, ".json": _json}
