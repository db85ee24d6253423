"""The fishbone drawn: bones, spine, head with votes, people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph.analysis.map import MapContent
from graph.analysis.report.results import PersonResult
from viz import encodings
from viz.drawing.marks import written
from viz.drawing.pen import Part, Pen
from viz.encodings import person_form
from viz.scene.fish_parts import Bone, Fishbone, Head, Mix, Segment, StepBar
from viz.scene.scene import Disc, Point, TextLine

INK = "influence"
ROUND = 3.0
APART = 2.0
"""Segments stand so far apart, so that two of one colour are two."""
GLYPH_SIZE = 18.0
QUOTA_OVER = 3.0


def draw_fishbone(scene: Fishbone, content: MapContent, pen: Pen[Part]) -> Iterator[Part]:
    """A fishbone with a pen, from the ground up."""
    people = content.report.people_by_id
    for bone in scene.bones:
        yield _bone(bone, pen)
    yield pen.path(_through(scene.spine), INK, scene.spine_width)
    if scene.bones:
        yield pen.path(_through(scene.tail), INK, 6.0, rounded=True)
    yield pen.path(scene.head.outline, INK, 2.5, fill="page", rounded=True)
    for bone in scene.bones:
        yield from _words(bone, pen)
    yield from _head(scene.head, pen, people)
    for dot in scene.dots:
        yield pen.begin("dot", dot.person)
        yield pen.dot(people[dot.person], dot.x, dot.y)
        yield pen.end()
    for disc in scene.discs:
        yield from _person(disc, pen, people[disc.person], slim=scene.ring < 6)


def _bone(bone: Bone, pen: Pen[Part]) -> Part:
    return pen.path(_through((bone.start, bone.end)), "track", bone.width, rounded=True)


def _through(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _words(bone: Bone, pen: Pen[Part]) -> Iterator[Part]:
    yield from _lines(bone.name, pen, 13.0, bold=True)
    yield from _lines(bone.under, pen, 11.0, "muted")
    if bone.mix:
        yield from _mix(bone.mix, pen)


def _person(disc: Disc, pen: Pen[Part], person: PersonResult, *, slim: bool) -> Iterator[Part]:
    yield pen.begin("person", disc.person)
    yield pen.mark(person, disc.x, disc.y, disc.radius, slim=slim)
    yield from written(pen, disc.label, person)
    if disc.badge is not None:
        yield pen.badge(*disc.badge)
    yield pen.end()


def _head(head: Head, pen: Pen[Part], people: Mapping[str, PersonResult]) -> Iterator[Part]:
    yield from _lines((head.title,), pen, 12.5, bold=True)
    for step in head.steps:
        yield from _step(step, pen, people)
    yield from _lines(head.notes, pen, 11.0, "muted")
    yield from _lines(head.bottleneck, pen, 11.0)
    if head.rule is not None:
        x, _, width, _ = head.box
        yield pen.path(f"M{x + 40:.1f} {head.rule:.1f}H{x + width - 14:.1f}", "line", 1.0)
    for line, size, colour in ((head.heading, 12.5, "text"), (head.heading_under, 11.0, "muted")):
        if line is not None:
            yield pen.text(line.x, line.y, line.text, size, colour=colour, bold=size > 12)
    if head.mix:
        yield from _mix(head.mix, pen)


def _step(step: StepBar, pen: Pen[Part], people: Mapping[str, PersonResult]) -> Iterator[Part]:
    yield pen.text(step.name.x, step.name.y, step.name.text, 12.0, bold=True)
    yield pen.text(step.rule.x, step.rule.y, step.rule.text, 11.0, colour="muted")
    _, y, _, height = step.box
    for segment in step.segments:
        yield from _segment(segment, y, height, pen, people[segment.person])
    if step.quota is not None:
        top, bottom = y - QUOTA_OVER, y + height + 1.0
        yield pen.path(f"M{step.quota:.1f} {top:.1f}V{bottom:.1f}", "text", 2.0)
        yield pen.path(f"M{step.quota - 3.5:.1f} {top - 1:.1f}h7l-3.5 5z", "", 0.0, fill="text")
    yield from _lines(step.words, pen, 11.0, "ours" if step.enough else "red", bold=True)
    yield from _lines(step.blocked, pen, 11.0, "red", bold=True)


def _segment(segment: Segment, y: float, height: float, pen: Pen[Part], person: PersonResult) -> Iterator[Part]:
    form = person_form(person)
    unknown = encodings.FORMS["light"][form].dashed
    apart = APART if segment.width > 3 * APART else min(0.5, segment.width / 4.0)
    width = max(0.5, segment.width - apart)
    yield pen.begin("vote", segment.person)
    if unknown:
        box = (segment.x + 0.65, y + 0.65, max(0.5, width - 1.3), height - 1.3)
        yield pen.rect(*box, f"form{form}-fill", rounded=ROUND, edge=f"form{form}-outline", edge_width=1.3, dashed=True)
    else:
        yield pen.rect(segment.x, y, width, height, f"form{form}-fill", rounded=min(ROUND, width / 2.0))
    if segment.glyph is not None:
        yield pen.glyph(form, segment.glyph, y + height / 2.0, GLYPH_SIZE / 24.0)
    if segment.chip:
        yield pen.chip(segment.chip)
    if segment.label:
        yield pen.text(segment.label.x, segment.label.y, segment.label.text, 11.0, "middle", "muted")
    yield pen.end()


def _mix(mix: Mix, pen: Pen[Part]) -> Iterator[Part]:
    x, y, width, height = mix.box
    total = sum(mix.forms.values())
    for form, count in mix.forms.items():
        wide = width * count / total
        edge = f"form{form}-outline" if encodings.FORMS["light"][form].dashed else ""
        yield pen.rect(x, y, wide, height, f"form{form}-fill", edge=edge, dashed=True)
        x += wide
    yield pen.text(mix.words.x, mix.words.y, mix.words.text, 11.0, colour="muted")


def _lines(
    lines: tuple[TextLine, ...], pen: Pen[Part], size: float, colour: str = "text", *, bold: bool = False
) -> Iterator[Part]:
    for line in lines:
        yield pen.text(line.x, line.y, line.text, size, colour=colour, bold=bold)
