"""The fishbone as SVG, from the same numbers as every other renderer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.analysis.results import MapContent, PersonResult
from viz import encodings
from viz.scene.fish_parts import Bone, Fishbone, Head, Mix, Segment, StepBar
from viz.scene.fishbone import fishbone_scene
from viz.scene.scene import Disc, TextLine
from viz.svg.marks import badge, chip, dot, form_of, glyph, mark, rect, written
from viz.svg.pen import Ink, Pen, about, n, pen_of, xy

ROUND = 3.0
APART = 2.0
"""Segments stand so far apart, so that two of one colour are two."""
GLYPH_SIZE = 18.0
QUOTA_OVER = 3.0


def fishbone_svg(content: MapContent, lang: str = "en", ink: Ink = "light") -> str:
    """The fishbone of an account as one SVG document."""
    return fish_svg(fishbone_scene(content, lang), content, ink)


def fish_svg(scene: Fishbone, content: MapContent, ink: Ink = "light") -> str:
    """A fishbone as one SVG document. People's parts carry `data-person`."""
    people = {one.id: one for one in content.report.people}
    pen = pen_of(ink)
    return "\n".join(pen.document(scene.width, scene.height, scene.lang, _parts(scene, pen, people))) + "\n"


def _parts(scene: Fishbone, pen: Pen, people: Mapping[str, PersonResult]) -> Iterator[str]:
    for bone in scene.bones:
        yield _bone(bone, pen)
    ink = pen.colour["influence"]
    yield f'<path d="M{xy(scene.spine[0])}L{xy(scene.spine[1])}" stroke="{ink}" stroke-width="{n(scene.spine_width)}"/>'
    if scene.bones:
        tail = f"M{xy(scene.tail[0])}L{xy(scene.tail[1])}L{xy(scene.tail[2])}"
        look = f'fill="none" stroke="{ink}" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"'
        yield f'<path d="{tail}" {look}/>'
    yield (
        f'<path d="{scene.head.outline}" fill="{pen.colour["page"]}" stroke="{ink}" stroke-width="2.5" '
        'stroke-linejoin="round"/>'
    )
    for bone in scene.bones:
        yield from _words(bone, pen)
    yield from _head(scene.head, pen, people)
    for one in scene.dots:
        yield dot(pen, people[one.person], one.x, one.y, about(one.person))
    for disc in scene.discs:
        yield from _person(disc, pen, people[disc.person], slim=scene.ring < 6)


def _bone(bone: Bone, pen: Pen) -> str:
    return (
        f'<path class="bone" d="M{xy(bone.start)}L{xy(bone.end)}" stroke="{pen.colour["track"]}" '
        f'stroke-width="{n(bone.width)}" stroke-linecap="round"/>'
    )


def _words(bone: Bone, pen: Pen) -> Iterator[str]:
    yield from _lines(bone.name, pen, 13.0, bold=True)
    yield from _lines(bone.under, pen, 11.0, "muted")
    if bone.mix:
        yield from _mix(bone.mix, pen)


def _person(disc: Disc, pen: Pen, person: PersonResult, *, slim: bool) -> Iterator[str]:
    yield f'<g class="person"{about(disc.person)}>'
    yield f'<circle cx="{n(disc.x)}" cy="{n(disc.y)}" r="{n(disc.radius + 5)}" fill="{pen.colour["page"]}"/>'
    yield from mark(pen, person, disc.x, disc.y, disc.radius, slim=slim)
    yield from written(pen, disc.label, person)
    if disc.badge is not None:
        yield from badge(pen, *disc.badge)
    yield "</g>"


def _head(head: Head, pen: Pen, people: Mapping[str, PersonResult]) -> Iterator[str]:
    yield from _lines((head.title,), pen, 12.5, bold=True)
    for step in head.steps:
        yield from _step(step, pen, people)
    yield from _lines(head.notes, pen, 11.0, "muted")
    yield from _lines(head.bottleneck, pen, 11.0)
    if head.rule is not None:
        x, _, width, _ = head.box
        yield f'<path d="M{n(x + 40)} {n(head.rule)}H{n(x + width - 14)}" stroke="{pen.colour["line"]}"/>'
    for line, size, colour in ((head.heading, 12.5, "text"), (head.heading_under, 11.0, "muted")):
        if line is not None:
            yield pen.text(line.x, line.y, line.text, size, colour=colour, bold=size > 12)
    if head.mix:
        yield from _mix(head.mix, pen)


def _step(step: StepBar, pen: Pen, people: Mapping[str, PersonResult]) -> Iterator[str]:
    yield pen.text(step.name.x, step.name.y, step.name.text, 12.0, bold=True)
    yield pen.text(step.rule.x, step.rule.y, step.rule.text, 11.0, colour="muted")
    _, y, _, height = step.box
    for segment in step.segments:
        yield from _segment(segment, y, height, pen, people[segment.person])
    if step.quota is not None:
        top, bottom = y - QUOTA_OVER, y + height + 1.0
        yield f'<path d="M{n(step.quota)} {n(top)}V{n(bottom)}" stroke="{pen.colour["text"]}" stroke-width="2"/>'
        tip = f"M{n(step.quota - 3.5)} {n(top - 1)}h7l-3.5 5z"
        yield f'<path d="{tip}" fill="{pen.colour["text"]}"/>'
    yield from _lines(step.words, pen, 11.0, "ours" if step.enough else "red", bold=True)
    yield from _lines(step.blocked, pen, 11.0, "red", bold=True)


def _segment(segment: Segment, y: float, height: float, pen: Pen, person: PersonResult) -> Iterator[str]:
    code = form_of(person)
    form = pen.forms[code]
    apart = APART if segment.width > 3 * APART else min(0.5, segment.width / 4.0)
    width = segment.width - apart
    yield f'<g class="vote"{about(segment.person)}>'
    if form.dashed:
        look = f'stroke="{form.outline}" stroke-width="1.3" stroke-dasharray="4 3"'
        box = f'x="{n(segment.x + 0.65)}" y="{n(y + 0.65)}" width="{n(max(0.5, width - 1.3))}"'
        yield f'<rect {box} height="{n(height - 1.3)}" rx="{n(ROUND)}" fill="{form.fill}" {look}/>'
    else:
        yield rect(segment.x, y, max(0.5, width), height, form.fill, min(ROUND, max(0.5, width) / 2.0))
    if segment.glyph is not None:
        yield glyph(pen, code, segment.glyph, y + height / 2.0, GLYPH_SIZE / 24.0)
    if segment.chip:
        yield from chip(pen, segment.chip)
    if segment.label:
        yield pen.text(segment.label.x, segment.label.y, segment.label.text, 11.0, "middle", "muted")
    yield "</g>"


def _mix(mix: Mix, pen: Pen) -> Iterator[str]:
    x, y, width, height = mix.box
    total = sum(mix.forms.values())
    for code in encodings.GLYPHS:
        if code not in mix.forms:
            continue
        wide = width * mix.forms[code] / total
        form = pen.forms[code]
        edge = f' stroke="{form.outline}" stroke-dasharray="2 2"' if form.dashed else ""
        yield f'<rect x="{n(x)}" y="{n(y)}" width="{n(wide)}" height="{n(height)}" fill="{form.fill}"{edge}/>'
        x += wide
    yield pen.text(mix.words.x, mix.words.y, mix.words.text, 11.0, colour="muted")


def _lines(
    lines: tuple[TextLine, ...], pen: Pen, size: float, colour: str = "text", *, bold: bool = False
) -> Iterator[str]:
    for line in lines:
        yield pen.text(line.x, line.y, line.text, size, colour=colour, bold=bold)
