"""The fishbone as SVG."""

from __future__ import annotations

from graph.analysis.map import MapContent
from viz.drawing.fishbone import draw_fishbone
from viz.scene.fish_parts import Fishbone
from viz.scene.fishbone import fishbone_scene
from viz.svg.pen import Ink, pen_of


def fishbone_svg(content: MapContent, lang: str = "en", ink: Ink = "light") -> str:
    """The fishbone of an account as one SVG document."""
    return fishbone_scene_svg(fishbone_scene(content, lang), content, ink)


def fishbone_scene_svg(scene: Fishbone, content: MapContent, ink: Ink = "light") -> str:
    """A fishbone as one SVG document. People's parts carry `data-person`."""
    pen = pen_of(ink)
    parts = draw_fishbone(scene, content, pen)
    return "\n".join(pen.document(scene.width, scene.height, scene.lang, parts)) + "\n"
