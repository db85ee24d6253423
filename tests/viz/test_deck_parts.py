"""Parts of slides: paths read from SVG, links that pass beside people, one position per person in every format."""

from __future__ import annotations

import io
import math
import re

import numpy as np
import pytest
from defusedxml.ElementTree import fromstring
from pptx import Presentation

from tests.viz.test_deck import GROUP, PIXEL, dossier_of, written
from viz import encodings
from viz.deck.frame import BODY_TOP, MARGIN
from viz.deck.lines import End, Link, Linker
from viz.deck.paths import circle, svg_path
from viz.deck.power_slide import ZOOM
from viz.page.scenes import scenes_data, scenes_of
from viz.scene.power import power_scene
from viz.scene.scene import Curve
from viz.scene.views import NARROW, WIDE
from viz.svg.power import power_scene_svg
from viz.words.names import name_of

APART = 2.0
"""Pixels by which two renderers may differ."""


@pytest.mark.parametrize("form", encodings.GLYPHS)
def test_every_glyph_is_read_and_stays_in_its_box(form: str) -> None:
    x, y, width, height = svg_path(encodings.GLYPHS[form]).bounds
    assert min(x, y) >= 0
    assert max(x + width, y + height) <= 24


def test_an_arc_stays_on_its_circle() -> None:
    path = svg_path("M10 0A10 10 0 1 1 0 -10")
    assert [name for name, _ in path.steps] == ["M", "C", "C", "C"]
    ends = [path.steps[0][1][0], *(ends[-1] for _, ends in path.steps[1:])]
    assert all(abs(math.hypot(x, y) - 10) < 1e-9 for x, y in ends)
    assert math.dist(ends[-1], (0, -10)) < 1e-9
    for (start, *_), (_, ends_) in zip([step[1][::-1] for step in path.steps], path.steps[1:], strict=False):
        first, second, last = ends_
        middle = tuple((a + 3 * b + 3 * c + d) / 8 for a, b, c, d in zip(start, first, second, last, strict=True))
        assert abs(math.hypot(*middle) - 10) < 0.01


def test_small_and_large_letters_say_the_same() -> None:
    assert svg_path("M1 2l3 4h5v6z").steps == svg_path("M1 2L4 6H9V12Z").steps
    assert svg_path("M0 0Q1 2 3 0").steps[1][1][-1] == (3.0, 0.0)
    assert svg_path("M8.2 9.2a3.9 3.9 0 1 1 5.6 3.5c-1.2.6-1.8 1.3-1.8 2.6M12 19.4v.1").bounds[3] > 10
    with pytest.raises(KeyError):
        svg_path("M0 0T1 1")


def test_a_circle_is_as_large_as_it_is_said() -> None:
    x, y, width, height = circle(5, 5, 5).bounds
    assert (round(x, 9), round(y, 9), round(width, 9), round(height, 9)) == (0, 0, 10, 10)


def curve(source: str, target: str, kind: str = "influence") -> Curve:
    nothing = (0.0, 0.0)
    return Curve(kind, source, target, 0.5, False, 2.0, 1.0, 0.0, nothing, nothing, nothing, nothing)  # type: ignore[arg-type]


def away(link: Link, x: float, y: float) -> float:
    """How near a straight link comes to a point."""
    (x0, y0), (x1, y1) = link.start, link.end
    return abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / math.hypot(x1 - x0, y1 - y0)


def test_a_link_is_straight_where_nobody_is_in_its_way() -> None:
    ends = End(0, 0, 20), End(300, 0, 20)
    linker = Linker(np.array([(0, 0, 20), (300, 0, 20), (150, 90, 20)], dtype=float), np.zeros((0, 4)))
    found = linker.link(curve("a", "b"), *ends)
    assert not found.bulge
    assert math.dist(found.start, (20, 0)) < 1e-9
    assert math.dist(found.end, (280, 0)) < 1e-9


def test_a_link_passes_by_who_stands_in_its_way() -> None:
    circles = np.array([(0, 0, 30), (300, 0, 30), (150, 0, 12)], dtype=float)
    found = Linker(circles, np.zeros((0, 4))).link(curve("a", "b"), End(0, 0, 30), End(300, 0, 30))
    assert found.bulge or away(found, 150, 0) >= 12


def test_lines_there_and_back_lie_apart() -> None:
    ends = End(0, 0, 20), End(300, 0, 20)
    linker = Linker(np.array([(0, 0, 20), (300, 0, 20)], dtype=float), np.zeros((0, 4)))
    there, back = linker.link(curve("a", "b"), *ends), linker.link(curve("b", "a"), ends[1], ends[0])
    assert math.dist(there.middle, back.middle) >= 5


@pytest.mark.parametrize("case", ["sample", 60, 200])
def test_everybody_is_in_one_place_on_page_svg_and_slide(case: str | int) -> None:
    content = dossier_of(case).map
    for lang in ("en", "zh"):
        page = {
            disc["id"]: (disc["x"], disc["y"]) for disc in scenes_data(scenes_of(content), content)[lang][0]["discs"]
        }
        drawn = fromstring(power_scene_svg(power_scene(content, lang, *WIDE), content))
        circles = [
            (float(element.get("cx")), float(element.get("cy")))
            for element in drawn.iter()
            if element.tag.endswith("circle")
        ]
        assert page
        for x, y in page.values():
            assert min(math.dist((x, y), other) for other in circles) < APART


def test_a_slide_has_everybody_where_the_scene_has_them() -> None:
    content = dossier_of("sample").map
    slide = Presentation(io.BytesIO(written("sample", "en"))).slides[0]
    groups = {shape.name: shape for shape in slide.shapes if shape.shape_type == GROUP}
    people = {person.id: person for person in content.report.people}
    for disc in power_scene(content, "en", *NARROW).discs:
        halo = groups[name_of(people[disc.person], "en")].shapes[0]
        x, y = (halo.left + halo.width / 2) / PIXEL, (halo.top + halo.height / 2) / PIXEL
        assert math.dist((x, y), (MARGIN + ZOOM * disc.x, BODY_TOP + ZOOM * disc.y)) < APART


def test_no_colour_of_a_slide_is_made_up() -> None:
    known = {colour.upper() for colour in encodings.COLOURS["light"].values()}
    known |= {part.upper() for form in encodings.FORMS["light"].values() for part in (form.fill, form.glyph)}
    known |= {form.outline.upper() for form in encodings.FORMS["light"].values() if form.outline}
    for slide in Presentation(io.BytesIO(written("sample", "en"))).slides:
        used = set(re.findall(r'srgbClr val="([0-9A-F]{6})"', slide._element.xml))
        assert {f"#{colour}" for colour in used} <= known
