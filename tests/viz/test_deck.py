"""The deck, opened again: native shapes, glued connectors, the report's numbers, nothing off the slide, same bytes."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.presentation import Presentation as Deck

from graph.analysis.map import Dossier, dossier
from graph.model.words import text
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of
from tests.viz.dossiers import SECRET, hostile_dossier, random_dossier, sample_dossier
from tests.viz.hostile import HOSTILE
from tests.viz.views import AS_OF
from viz.deck.deck import deck
from viz.scene.metrics import width_of, wrap
from viz.scene.power import power_scene
from viz.scene.views import NARROW
from viz.words.names import name_of, named
from viz.words.numbers import percent, whole_percent
from viz.words.printable import contained, printable

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
VIEWS = ("power", "fishbone", "coverage", "gaps", "plan", "value")
CASES = [("sample", "en"), ("sample", "zh"), (1, "en"), (10, "zh"), (60, "en"), (200, "zh")]
PIXEL = 9525
LEAST = 690
"""Hundredths of a point: seven points, to the rounding of a picture that fills its slide."""
GROUP = MSO_SHAPE_TYPE.GROUP


def dossier_of(case: str | int) -> Dossier:
    return sample_dossier() if case == "sample" else random_dossier(int(case))


@cache
def written(case: str | int, lang: str) -> bytes:
    return deck(dossier_of(case), lang)


def opened(content: bytes) -> Deck:
    return Presentation(io.BytesIO(content))


def shapes_of(slide: Any) -> Iterator[Any]:
    """Every shape of a slide, those in groups too: our groups keep the coordinates of the slide."""

    def opened_up(shapes: Any) -> Iterator[Any]:
        for shape in shapes:
            yield shape
            if shape.shape_type == GROUP:
                yield from opened_up(shape.shapes)

    return opened_up(slide.shapes)


def extent(shape: Any) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a shape as it stands, turned if it is."""
    turn = math.radians(shape.rotation if hasattr(shape, "rotation") else _turn(shape))
    wide = abs(shape.width * math.cos(turn)) + abs(shape.height * math.sin(turn))
    high = abs(shape.width * math.sin(turn)) + abs(shape.height * math.cos(turn))
    x, y = shape.left + shape.width / 2, shape.top + shape.height / 2
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _turn(shape: Any) -> float:
    frame = shape._element.find(f".//{A}xfrm")
    return 0.0 if frame is None else int(frame.get("rot", 0)) / 60_000


def inside(shape: Any, made: Deck) -> bool:
    """Whether a shape is on the slide, to the pixel."""
    left, top, right, bottom = extent(shape)
    width, height = made.slide_width or 0, made.slide_height or 0
    return min(left, top) >= -PIXEL and right <= width + PIXEL and bottom <= height + PIXEL


def words_of(slide: Any) -> str:
    """Everything written on a slide."""
    return "\n".join("".join(run.text or "" for run in p.iter(f"{A}t")) for p in slide._element.iter(f"{A}p"))


def numbers_of(found: Any) -> list[list[str]]:
    """The cells of the one table of a slide."""
    (table,) = (shape.table for shape in found.shapes if shape.has_table)
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(("case", "lang"), CASES)
def test_a_slide_a_view_then_gaps_plan_and_value(case: str | int, lang: str) -> None:
    slides = opened(written(case, lang)).slides
    assert len(slides) == len(VIEWS)
    for view, slide in zip(VIEWS, slides, strict=True):
        said = words_of(slide)
        assert text(f"deck.view.{view}", lang) in said
        assert text("viz.confidential", lang) in said
        assert text("viz.made.default_calibration", lang) in said
        assert slide.shapes.title.has_text_frame
        assert slide.shapes.title.text_frame.text.strip()
        assert whole_percent(dossier_of(case).map.report.decision_chain_coverage) in said


@pytest.mark.parametrize(("case", "lang"), CASES)
def test_every_line_of_the_map_is_a_connector_glued_at_both_ends(case: str | int, lang: str) -> None:
    scene = power_scene(dossier_of(case).map, lang, *NARROW)
    slide = opened(written(case, lang)).slides[0]
    shapes = {element.get("id"): element for element in slide._element.iter(f"{P}cNvPr")}
    glued = [connector for connector in slide._element.iter(f"{P}cxnSp") if connector.find(f".//{A}stCxn") is not None]
    assert len(glued) == sum(curve.kind != "reporting" for curve in scene.curves)
    for connector in glued:
        for end in ("stCxn", "endCxn"):
            glue = connector.find(f".//{A}{end}")
            shape = shapes[glue.get("id")].getparent().getparent()
            sites = shape.findall(f".//{A}cxnLst/{A}cxn")
            assert int(glue.get("idx")) < (len(sites) or 4)


def test_a_connector_ends_at_the_site_that_it_is_glued_to() -> None:
    slide = opened(written("sample", "en")).slides[0]
    frames = {shape.shape_id: shape for shape in shapes_of(slide)}
    straight = 0
    for shape in shapes_of(slide):
        element = shape._element
        glue = element.find(f".//{A}endCxn")
        if glue is None or "straight" not in element.find(f".//{A}prstGeom").get("prst"):
            continue
        straight += 1
        circle = frames[int(glue.get("id"))]
        site = circle._element.findall(f".//{A}cxnLst/{A}cxn/{A}pos")[int(glue.get("idx"))]
        assert abs(circle.left + int(site.get("x")) - shape.end_x) <= PIXEL
        assert abs(circle.top + int(site.get("y")) - shape.end_y) <= PIXEL
        radius = circle.width / 2
        away = math.hypot(shape.end_x - circle.left - radius, shape.end_y - circle.top - radius)
        assert abs(away - radius) <= PIXEL, "the arrow ends at the circle's edge"
    assert straight > 20


@pytest.mark.parametrize(("case", "lang"), CASES)
def test_nothing_is_off_the_slide_and_ids_are_used_once(case: str | int, lang: str) -> None:
    made = opened(written(case, lang))
    for slide in made.slides:
        ids = [element.get("id") for element in slide._element.iter(f"{P}cNvPr")]
        assert len(ids) == len(set(ids))
        for shape in shapes_of(slide):
            assert inside(shape, made), shape.name


@pytest.mark.parametrize(("case", "lang"), CASES)
def test_texts_fit_their_boxes(case: str | int, lang: str) -> None:
    for slide in opened(written(case, lang)).slides:
        for shape in shapes_of(slide):
            if not shape.has_text_frame or not shape.text_frame.text:
                continue
            room, tall = shape.width / PIXEL, shape.height / PIXEL
            lines = 0.0
            for paragraph in shape.text_frame.paragraphs:
                size = max(run.font.size.pt for run in paragraph.runs) / 0.75
                bold = any(run.font.bold for run in paragraph.runs)
                if shape.text_frame.word_wrap:
                    lines += size * 1.25 * len(wrap(paragraph.text, size, room, 99, bold)[0])
                else:
                    lines += size
                    assert width_of(paragraph.text, size, bold) <= room + 4, (shape.name, paragraph.text)
            assert lines <= tall * 1.12 + 2, (shape.name, shape.text_frame.text)


@pytest.mark.parametrize(("case", "lang"), CASES)
def test_no_text_is_smaller_than_seven_points(case: str | int, lang: str) -> None:
    for slide in opened(written(case, lang)).slides:
        assert min(int(element.get("sz")) for element in slide._element.iter(f"{A}rPr")) >= LEAST


@pytest.mark.parametrize(("case", "lang"), [("sample", "en"), ("sample", "zh"), (60, "en")])
def test_the_tables_hold_the_gaps_and_the_plan(case: str | int, lang: str) -> None:
    found = dossier_of(case)
    slides = opened(written(case, lang)).slides
    head, *rows = numbers_of(slides[3])
    assert head[4] == text("deck.head.reason", lang)
    assert len(rows) == min(10, len(found.map.report.gaps))
    for row, gap in zip(rows, found.map.report.gaps, strict=False):
        assert row[1] == f"{gap.severity:.0f} {text(f'band.{gap.band}', lang)}"
        assert row[3] == text(f"gap.{gap.type}", lang)
        assert row[4].rstrip("…") in gap.reason.render(lang)
        assert row[5].rstrip("…") in gap.action.render(lang)
    _, *actions = numbers_of(slides[4])
    assert len(actions) == len(found.plan.actions)
    for row, action in zip(actions, found.plan.actions, strict=True):
        assert row[2].rstrip("…") in named(found.names.members, action.member, lang)
        assert row[7] == f"{action.effort:g}"
    assert found.plan.actions[0].reason.render(lang) in slides[4].notes_slide.notes_text_frame.text


def test_marks_show_the_reports_numbers() -> None:
    content = sample_dossier().map
    slide = opened(written("sample", "en")).slides[0]
    scene = power_scene(content, "en", *NARROW)
    radius = {disc.person: disc.radius for disc in scene.discs}
    groups = {shape.name: shape for shape in slide.shapes if shape.shape_type == GROUP}
    zoom = None
    for person in content.report.people:
        if person.id not in radius:
            continue
        group = groups[name_of(person, "en")]
        assert percent(person.decision_influence) in group._element.nvGrpSpPr.cNvPr.get("descr")
        arcs = [arc for arc in group._element.iter(f"{A}prstGeom") if arc.get("prst") == "arc"]
        if 0 < person.coverage < 0.9999:
            guides = {guide.get("name"): int(guide.get("fmla").split()[1]) for guide in arcs[0].iter(f"{A}gd")}
            turn = (guides["adj2"] - guides["adj1"]) % 21_600_000 / 21_600_000
            assert abs(turn - person.coverage) < 1e-6
        else:
            assert not arcs
        halo = group.shapes[0]
        zoom = zoom or halo.width / (radius[person.id] + scene.frame.ring + 1)
        assert abs(halo.width / zoom - (radius[person.id] + scene.frame.ring + 1)) < 0.01
    assert zoom


def test_the_value_slide_scores_ours_and_the_rivals_and_says_to_whom_it_matters() -> None:
    found = sample_dossier()
    said = words_of(opened(written("sample", "en")).slides[5])
    people = {person.id: person for person in found.map.report.people}
    for element in found.map.elements:
        assert f"{element.ours:g}" in said
        assert f"{element.rival:g}" in said
        assert any(people[who].name.split(" / ")[0] in said for who in element.matters_to)
    assert "Vantar" in said


def test_a_slide_with_nothing_to_show_says_so() -> None:
    none = random_dossier(10, 0)
    said = [words_of(slide) for slide in opened(deck(none, "en")).slides]
    assert text("deck.value.no_opportunity", "en") in said[5]
    assert "–" in said[0], "no opportunity, no status"


def test_notes_give_the_reasons() -> None:
    content = sample_dossier().map
    for lang in ("en", "zh"):
        notes = [slide.notes_slide.notes_text_frame.text for slide in opened(written("sample", lang)).slides]
        assert all(notes)
        assert content.report.gaps[0].reason.render(lang) in notes[0]
        assert content.report.gaps[9].action.render(lang) in notes[3]


@pytest.mark.parametrize(("case", "lang"), [("sample", "en"), (60, "zh")])
def test_same_data_same_bytes(case: str | int, lang: str) -> None:
    assert deck(dossier_of(case), lang) == written(case, lang)
    with zipfile.ZipFile(io.BytesIO(written(case, lang))) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = opened(written(case, lang)).core_properties
    assert properties.created.date() == properties.modified.date() == AS_OF
    assert properties.author == "swaymap"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_hostile_texts_are_text(lang: str) -> None:
    found = hostile_dossier()
    made = opened(deck(found, lang))
    assert {person.name for person in found.map.report.people} == set(HOSTILE)
    starts = {contained(printable(hostile)).strip("\u2068\u2069")[:3] for hostile in HOSTILE}
    assert starts
    for slide in made.slides:
        for relation in slide.part.rels.values():
            assert not relation.is_external
        assert not slide._element.findall(f".//{A}hlinkClick")
        for shape in shapes_of(slide):
            assert inside(shape, made), shape.name
    shown = {name for slide in made.slides for shape in shapes_of(slide) for name in [shape.name]}
    drawn = power_scene(found.map, lang, *NARROW)
    people = {person.id: person for person in found.map.report.people}
    for disc in drawn.discs:
        name = contained(name_of(people[disc.person], lang))
        assert not name or name in shown, repr(name)


def test_every_hostile_text_can_lead_the_deck() -> None:
    rows = random_account(seed=4, people=3, opportunities=1)
    for start in range(0, len(HOSTILE), 8):
        texts = HOSTILE[start : start + 8]
        for sheet in ("accounts", "opportunities", "people", "team", "units"):
            for number, row in enumerate(rows[sheet]):
                row["name"] = texts[number % len(texts)]
        made = opened(deck(dossier(dataset_of(rows), "acme", AS_OF), "en"))
        notes = made.slides[0].notes_slide.notes_text_frame.text
        assert contained(printable(rows["people"][0]["name"]))[:40] in notes


@pytest.mark.parametrize("people", [10, 60])
def test_what_nobody_may_see_is_in_no_part(people: int) -> None:
    with zipfile.ZipFile(io.BytesIO(written(people, "en" if people == 60 else "zh"))) as package:
        for member in package.namelist():
            assert SECRET.encode() not in package.read(member)
