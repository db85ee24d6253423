"""The interactive map of an account as one HTML file: scenes laid out, still pictures drawn, all put into the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viz.page.page import Stills, page_html
from viz.page.scenes import scenes_of
from viz.scene.coverage import coverage_scene
from viz.scene.fishbone import fishbone_scene
from viz.scene.views import COVERAGE_ROWS, FISHBONE_SIZES, NARROW, POWER_SIZES
from viz.svg.coverage import coverage_scene_svg
from viz.svg.fishbone import fishbone_scene_svg
from viz.svg.power import power_scene_svg

if TYPE_CHECKING:
    from graph.analysis.history.compared_map import ComparedMap
    from graph.analysis.map import MapContent
    from viz.scene.views import View


def power_map_page(
    content: MapContent, lang: str = "en", view: View = "power", compared: ComparedMap | None = None
) -> str:
    """The page of an account, opened in a language and on a view; the reader may switch to the others.

    `compared` is the comparison whose later day the content is, where the page shows two days.
    """
    scenes = scenes_of(content)
    comparison = compared.comparison if compared else None
    still = POWER_SIZES.index(NARROW)
    power = {name: power_scene_svg(sizes[still], content, comparison=comparison) for name, sizes in scenes.items()}
    return page_html(content, lang, view, scenes, Stills(power, _still(content, view, lang)), compared)


def compared_page(compared: ComparedMap, lang: str = "en", view: View = "power") -> str:
    """The page of two days: the map of the later day, with what changed since the earlier."""
    return power_map_page(compared.content, lang, view, compared)


def _still(content: MapContent, view: View, lang: str) -> str | None:
    """A view other than the power map as SVG, in the colours of the page's style sheet."""
    if view == "fishbone":
        return fishbone_scene_svg(fishbone_scene(content, lang, *FISHBONE_SIZES[0]), content, "page")
    if view == "coverage":
        return coverage_scene_svg(coverage_scene(content, lang, most=COVERAGE_ROWS), content, "page")
    return None
