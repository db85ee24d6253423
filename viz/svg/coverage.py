"""The coverage map as SVG."""

from __future__ import annotations

from graph.analysis.map import MapContent
from viz.drawing.coverage import draw_coverage
from viz.scene.coverage import coverage_scene
from viz.scene.coverage_parts import CoverageScene
from viz.svg.pen import Ink, pen_of


def coverage_svg(content: MapContent, lang: str = "en", ink: Ink = "light") -> str:
    """The coverage map of an account as one SVG document, as high as its people ask."""
    return coverage_scene_svg(coverage_scene(content, lang), content, ink)


def coverage_scene_svg(scene: CoverageScene, content: MapContent, ink: Ink = "light") -> str:
    """A coverage map as one SVG document. People's parts carry `data-person`."""
    pen = pen_of(ink)
    parts = draw_coverage(scene, content, pen)
    return "\n".join(pen.document(scene.width, scene.height, scene.lang, parts, hatched=True)) + "\n"
