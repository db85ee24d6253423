"""The views of a page besides the power map: what its scripts draw of fishbone and coverage map, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.model.names import in_script
from graph.model.words import LANGUAGES, text
from viz.drawing.coverage import draw_side, draw_table
from viz.drawing.fishbone import draw_fishbone
from viz.page.bilingual import Both, said
from viz.page.listed import ListPen, listed
from viz.page.people import shared
from viz.scene.coverage import chosen_members, coverage_scene
from viz.scene.fishbone import fishbone_scene
from viz.scene.views import VIEWS, View
from viz.svg.coverage import cover_svg
from viz.svg.fishbone import fish_svg

if TYPE_CHECKING:
    from graph.analysis.map import MapContent
    from viz.scene.coverage_parts import CoverageScene
    from viz.scene.fish_parts import Fishbone

KEYS: dict[View, str] = {"power": "F", "fishbone": "B", "coverage": "V"}
FISH_SIZES = ((1116.0, 702.0), (1024.0, 546.0), (956.0, 546.0))
"""The free area in pixels of windows of 1440 x 900, 1024 x 768 and 1280 x 800; larger ones enlarge the first."""
ROWS = 24
"""So many people are in the coverage map as a picture; the page's own table has all."""


def view_words() -> dict[View, Both]:
    """The name of each view."""
    return {view: said(f"viz.view.{view}") for view in VIEWS}


def views_data(content: MapContent) -> dict[str, Any]:
    """Fishbones and coverage maps as data.js declares them."""
    pen = ListPen(content)
    return {
        "fishbones": {
            lang: [_fishbone(fishbone_scene(content, lang, *size), content, pen) for size in FISH_SIZES]
            for lang in LANGUAGES
        },
        "cover": {lang: _cover(coverage_scene(content, lang, most=ROWS), content, pen) for lang in LANGUAGES},
        "columns": _columns(content),
        "styles": pen.styles,
    }


def still_picture(content: MapContent, view: View, lang: str) -> str:
    """What is shown of a view before and without scripts, in the colours of the page."""
    if view == "fishbone":
        return fish_svg(fishbone_scene(content, lang, *FISH_SIZES[0]), content, "page")
    return cover_svg(coverage_scene(content, lang, most=ROWS), content, "page")


def _fishbone(scene: Fishbone, content: MapContent, pen: ListPen) -> dict[str, Any]:
    drawn = listed(scene.width, scene.height, draw_fishbone(scene, content, pen))
    place = {one.id: number for number, one in enumerate(content.report.people)}
    bars = [
        [*(round(number, 1) for number in mix.box), [place[person] for person in mix.people]] for mix in scene.mixes
    ]
    return {**drawn, "bars": bars, "says": _says(scene)}


def _says(scene: Fishbone) -> str:
    """What the head says, for those who hear the page: each step with its rule and how it stands, the bottleneck."""
    joiner = "" if scene.lang == "zh" else " "
    steps = [
        f"{step.name.text} ({step.rule.text}): " + joiner.join(line.text for line in (*step.words, *step.blocked))
        for step in scene.head.steps
    ]
    rest = joiner.join(line.text for line in (*scene.head.notes, *scene.head.bottleneck))
    return ". ".join(one for one in (scene.head.title.text, *steps, rest) if one)


def _cover(scene: CoverageScene, content: MapContent, pen: ListPen) -> dict[str, Any]:
    """The side with its own origin, and the whole map for taking along."""
    side = scene.side
    return {
        "side": {**listed(side.width, side.height, draw_side(side, content, pen)), "left": side.x},
        "table": listed(scene.width, scene.height, draw_table(scene, content, pen)),
    }


def _columns(content: MapContent) -> list[dict[str, Any]]:
    """The columns of ours in the table: each one's ids, role and name; the last may stand for several."""
    own, others = chosen_members(content)
    known = {one.id: one for one in content.members}
    made = []
    for member in own:
        name = known[member].name or member
        made.append(
            {
                "ids": [member],
                "role": known[member].role or "",
                "name": shared(Both(in_script(name, "en"), in_script(name, "zh"))),
            }
        )
    if others:
        words = Both(*(text("cover.others", lang, count=len(others)) for lang in LANGUAGES))
        made.append({"ids": list(others), "role": "", "name": shared(words)})
    return made
