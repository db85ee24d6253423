"""The slide of the fishbone: units as bones, the steps and their votes in the head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.analysis.dossier import Dossier
from graph.analysis.results import MapContent, PersonResult
from graph.model.words import text
from viz import encodings
from viz.deck import marks
from viz.deck.frame import BODY_BOTTOM, BODY_TOP, MARGIN, WIDTH, frame
from viz.deck.legend import stance_row
from viz.deck.marks import COLOUR
from viz.deck.paths import Path, svg_path
from viz.deck.sentences import named, person_sentence
from viz.deck.shapes import Board, Ink
from viz.page.numbers import whole_percent
from viz.scene.fish_parts import Bone, Fishbone, Head, Mix, Segment, StepBar
from viz.scene.fishbone import fishbone_scene
from viz.scene.plan import name_of

SIZE = (1180.0, 558.0)
ZOOM = (WIDTH - 2 * MARGIN) / SIZE[0]
APART = 2.0
ROUND = 3.0
GLYPH = 18.0
QUOTA_OVER = 3.0


def fishbone_slide(board: Board, dossier: Dossier, lang: str, number: int) -> Iterator[str]:
    """Draw the fishbone; give the lines of its notes: every step in words."""
    content = dossier.map
    scene = fishbone_scene(content, lang, *SIZE)
    frame(board, content, "fishbone", _title(content, scene, lang), lang, number)
    draw_fishbone(board.inner(MARGIN, BODY_TOP, ZOOM), scene, content)
    stance_row(board.inner(MARGIN, BODY_BOTTOM - 15.0), content, WIDTH - 2 * MARGIN, lang)
    return _notes(scene, lang)


def _title(content: MapContent, scene: Fishbone, lang: str) -> str:
    """Whether the votes are there, the step that holds them back by name; where none are cast, the weightiest unit."""
    support = content.report.support
    if not scene.head.steps and scene.bones:
        unit = scene.bones[0]
        return text("deck.title.fishbone.share", lang, unit=unit.whole, share=whole_percent(unit.share))
    if support is None or support.bottleneck is None or support.bottleneck.step not in content.report.step_names:
        return text("deck.title.fishbone", lang)
    step = named(content.report.step_names, support.bottleneck.step, lang)
    return text("deck.title.fishbone.bottleneck", lang, step=step)


def draw_fishbone(board: Board, scene: Fishbone, content: MapContent) -> None:
    """Draw the scene on a board of the scene's pixels."""
    people = {one.id: one for one in content.report.people}
    with board.group(text("deck.view.fishbone", scene.lang)):
        for bone in scene.bones:
            board.line(bone.start, bone.end, Ink(COLOUR["track"], bone.width), bone.whole)
        board.line(*scene.spine, Ink(COLOUR["influence"], scene.spine_width))
        if scene.bones:
            for end in (scene.tail[0], scene.tail[2]):
                board.line(scene.tail[1], end, Ink(COLOUR["influence"], 6.0))
        _outline(board, scene.head)
        for bone in scene.bones:
            _bone_words(board, bone)
    _head(board, scene.head, people, scene.lang)
    for dot in scene.dots:
        marks.dot(board, people[dot.person], dot.x, dot.y, scene.lang)
    for disc in scene.discs:
        person = people[disc.person]
        with board.group(name_of(person, scene.lang), person_sentence(person, content.report, scene.lang)):
            marks.disc(board, disc, person, scene.ring, board.new_id(), ())


def _outline(board: Board, head: Head) -> None:
    x, y, width, height = head.box
    path = svg_path(head.outline).moved(1.0, -x, -y)
    board.freeform(Path(path.steps), (x, y, width, height), COLOUR["page"], Ink(COLOUR["influence"], 2.5))


def _bone_words(board: Board, bone: Bone) -> None:
    for line in bone.name:
        marks.written(board, line, 13.0, bold=True)
    for line in bone.under:
        marks.written(board, line, 11.0, COLOUR["muted"])
    if bone.mix:
        _mix(board, bone.mix)


def _mix(board: Board, mix: Mix) -> None:
    """A bar of the stances of those who have no place of their own."""
    x, y, width, height = mix.box
    total = sum(mix.forms.values())
    for code in encodings.GLYPHS:
        if code in mix.forms:
            wide, form = width * mix.forms[code] / total, encodings.FORMS["light"][code]
            edge = Ink(form.outline, 1.0, dashes=(2.0, 2.0)) if form.dashed and form.outline else None
            board.shape("rect", (x, y, wide, height), form.fill, edge)
            x += wide
    marks.written(board, mix.words, 11.0, COLOUR["muted"])


def _head(board: Board, head: Head, people: Mapping[str, PersonResult], lang: str) -> None:
    marks.written(board, head.title, 12.5, bold=True)
    for step in head.steps:
        with board.group(step.name.text):
            _step(board, step, people, lang)
    for line in head.notes:
        marks.written(board, line, 11.0, COLOUR["muted"])
    for line in head.bottleneck:
        marks.written(board, line, 11.0)
    if head.rule is not None:
        x, _, width, _ = head.box
        board.line((x + 40, head.rule), (x + width - 14, head.rule), Ink(COLOUR["line"]))
    if head.heading is not None:
        marks.written(board, head.heading, 12.5, bold=True)
    if head.heading_under is not None:
        marks.written(board, head.heading_under, 11.0, COLOUR["muted"])
    if head.mix:
        _mix(board, head.mix)


def _step(board: Board, step: StepBar, people: Mapping[str, PersonResult], lang: str) -> None:
    marks.written(board, step.name, 12.0, bold=True)
    marks.written(board, step.rule, 11.0, COLOUR["muted"])
    _, y, _, height = step.box
    for segment in step.segments:
        _segment(board, segment, y, height, people[segment.person], lang)
    if step.quota is not None:
        top = y - QUOTA_OVER
        board.line((step.quota, top), (step.quota, y + height + 1.0), Ink(COLOUR["text"], 2.0))
        board.shape("flowChartMerge", (step.quota - 3.5, top - 1.0, 7.0, 5.0), COLOUR["text"])
    for line in step.words:
        marks.written(board, line, 11.0, COLOUR["ours" if step.enough else "red"], bold=True)
    for line in step.blocked:
        marks.written(board, line, 11.0, COLOUR["red"], bold=True)


def _segment(board: Board, segment: Segment, y: float, height: float, person: PersonResult, lang: str) -> None:
    code = encodings.form_of(person.status, person.stance)
    form = encodings.FORMS["light"][code]
    apart = APART if segment.width > 3 * APART else min(0.5, segment.width / 4.0)
    width = max(0.5, segment.width - apart)
    edge = Ink(form.outline, 1.3, dashes=(4.0, 3.0)) if form.dashed and form.outline else None
    inset = 0.65 if edge else 0.0
    box = (segment.x + inset, y + inset, max(0.5, width - 2 * inset), height - 2 * inset)
    board.rounded(box, min(ROUND, width / 2), form.fill, edge, name=name_of(person, lang))
    if segment.glyph is not None:
        marks.glyph(board, code, segment.glyph, y + height / 2.0, GLYPH / 24.0)
    if segment.chip:
        marks.role_chip(board, segment.chip)
    if segment.label:
        marks.written(board, segment.label, 11.0, COLOUR["muted"], align="center")


def _notes(scene: Fishbone, lang: str) -> Iterator[str]:
    """Each step in a line, as the head says it; then the units by their share."""
    apart = text("viz.semicolon", lang)
    for step in scene.head.steps:
        said = apart.join(line.text for line in (*step.words, *step.blocked))
        yield f"{step.name.text} ({step.rule.text}): {said}"
    yield from (line.text for line in (*scene.head.notes, *scene.head.bottleneck))
    for bone in scene.bones:
        yield f"{bone.whole}: {apart.join(line.text for line in bone.under)}"
