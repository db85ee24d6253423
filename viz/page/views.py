"""Fishbone and coverage map in the page's data: drawings as lists, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.model.words import LANGUAGES
from viz.drawing.coverage import draw_side, draw_table
from viz.drawing.fishbone import draw_fishbone
from viz.page.data import shared
from viz.page.listed import ListPen, listed
from viz.scene.coverage import chosen_members, coverage_scene
from viz.scene.fishbone import fishbone_scene
from viz.scene.views import COVERAGE_ROWS, FISHBONE_SIZES, VIEWS, View
from viz.words.bilingual import Both, both_texts, named

if TYPE_CHECKING:
    from graph.analysis.map import MapContent
    from viz.scene.coverage_parts import CoverageScene
    from viz.scene.fish_parts import Fishbone

KEYS: dict[View, str] = {"power": "F", "fishbone": "B", "coverage": "V"}


def view_words() -> dict[View, Both]:
    """The name of each view."""
    return {view: both_texts(f"viz.view.{view}") for view in VIEWS}


def views_data(content: MapContent) -> dict[str, Any]:
    """Fishbones and coverage maps as data.js declares them."""
    pen = ListPen(content)
    return {
        "fishbones": {
            lang: [_fishbone(fishbone_scene(content, lang, *size), content, pen) for size in FISHBONE_SIZES]
            for lang in LANGUAGES
        },
        "cover": {lang: _cover(coverage_scene(content, lang, most=COVERAGE_ROWS), content, pen) for lang in LANGUAGES},
        "columns": _columns(content),
        "styles": pen.styles,
    }


def _fishbone(scene: Fishbone, content: MapContent, pen: ListPen) -> dict[str, Any]:
    drawn = listed(scene.width, scene.height, draw_fishbone(scene, content, pen))
    place = {person.id: number for number, person in enumerate(content.report.people)}
    bars = [
        [*(round(number, 1) for number in mix.box), [place[person] for person in mix.people]] for mix in scene.mixes
    ]
    return {**drawn, "bars": bars, "says": _spoken(scene)}


def _spoken(scene: Fishbone) -> str:
    """The head of the fishbone as one text for screen readers: each step with its rule and result, the bottleneck."""
    joiner = "" if scene.lang == "zh" else " "
    steps = [
        f"{step.name.text} ({step.rule.text}): " + joiner.join(line.text for line in (*step.words, *step.blocked))
        for step in scene.head.steps
    ]
    rest = joiner.join(line.text for line in (*scene.head.notes, *scene.head.bottleneck))
    return ". ".join(part for part in (scene.head.title.text, *steps, rest) if part)


def _cover(scene: CoverageScene, content: MapContent, pen: ListPen) -> dict[str, Any]:
    """The part beside the table, with its own origin; and the whole map for export."""
    side = scene.side
    return {
        "side": {**listed(side.width, side.height, draw_side(side, content, pen)), "left": side.x},
        "table": listed(scene.width, scene.height, draw_table(scene, content, pen)),
    }


def _columns(content: MapContent) -> list[dict[str, Any]]:
    """The columns of team members in the table: ids, role and name; the last may stand for several."""
    own, others = chosen_members(content)
    members = {member.id: member for member in content.members}
    columns = [
        {"ids": [own_id], "role": members[own_id].role or "", "name": shared(named(members[own_id].name, own_id))}
        for own_id in own
    ]
    if others:
        columns.append({"ids": list(others), "role": "", "name": shared(both_texts("cover.others", count=len(others)))})
    return columns
