"""The coverage map 覆盖图 as a scene: a row per person, a column per team member, gap and action at the row's end."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.map import MapContent
from graph.analysis.report.gap_subjects import Subject, subjects
from graph.analysis.report.results import PersonResult, Tie
from graph.model.scales import GONE, TEAM_ROLE
from graph.model.words import text
from viz.scene import plan
from viz.scene.coverage_parts import CoverageRow, CoverageScene, GapCell, MemberColumn, Table, TieCell
from viz.scene.coverage_side import WIDTH, beside_table, under_table
from viz.scene.labels import CHIP_STEP
from viz.scene.metrics import cut, width_of
from viz.scene.scene import Chip, TextLine
from viz.words.names import name_of, record_name, role_letters, title_of
from viz.words.numbers import strength

LEAST_BESIDE = 1200.0
"""In narrower pictures the table takes the whole width."""
MEMBERS = 8
"""The most team members with a column of their own; the others share the last."""
ROW, HEAD = 26.0, 50.0
LEFT, RANK, MARK = 12.0, 24.0, 28.0
SHARE, BAR, BAR_WORDS = 46.0, 76.0, 40.0
LEAST_PERSON, LEAST_GAP, LEAST_MEMBER, MOST_MEMBER = 150.0, 200.0, 50.0, 70.0
NAME, SMALL = 12.5, 11.0
LARGEST_DOT, SMALLEST_DOT = 7.5, 2.0
TINTED = 3
NOBODY_TO_MEET = "–"


@dataclass(frozen=True)
class _Columns:
    """Where the columns of the table begin, and how wide they are."""

    person: float
    person_width: float
    member: float
    member_width: float
    bar: float
    gap: float
    gap_width: float


def coverage_scene(content: MapContent, lang: str, width: float = 1440.0, most: int | None = None) -> CoverageScene:
    """The coverage map of an account in a language, for a picture of a width; as high as its people, or `most`, ask.

    In narrow pictures what stands beside the table stands under it.
    """
    beside = width >= LEAST_BESIDE
    table = _table(content, width - WIDTH if beside else width, lang, most)
    bottom = table.head + table.row * len(table.rows) + (24.0 if table.more else 8.0)
    side = beside_table(content, width - WIDTH, lang) if beside else under_table(content, bottom, width, lang)
    return CoverageScene(lang, width, max(bottom, side.y + side.height), table, side)


def chosen_members(content: MapContent) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The members with a column of their own, by role; and those who share the last column: they carry least."""
    influence = {person.id: person.decision_influence for person in content.report.people}
    carried = {member.id: 0.0 for member in content.members}
    for tie in content.ties:
        carried[tie.member] += tie.strength * influence[tie.person]
    ranked = sorted(carried, key=lambda item: (-round(carried[item], 9), item))
    kept = ranked if len(ranked) <= MEMBERS else ranked[:MEMBERS]
    roles = list(TEAM_ROLE.by_code)
    order = {member.id: roles.index(member.role) if member.role in roles else len(roles) for member in content.members}
    return tuple(sorted(kept, key=lambda item: (order[item], item))), tuple(
        member for member in ranked if member not in kept
    )


def _table(content: MapContent, width: float, lang: str, most: int | None) -> Table:
    own, others = chosen_members(content)
    at = _columns(width, len(own) + bool(others))
    members = _members(content, own, others, at, lang)
    subject_of = {subject.person: subject for subject in subjects(content.report) if subject.person is not None}
    badges = plan.badges_of(content.report)
    people = content.report.people[:most]
    ties = _ties(content)
    rows = tuple(
        _row(
            person,
            rank,
            HEAD + ROW * (rank - 1),
            at,
            members,
            ties.get(person.id, {}),
            not content.report.has_tie(person),
            subject_of.get(person.id),
            badges.get(person.id),
            lang,
        )
        for rank, person in enumerate(people, 1)
    )
    left_out = len(content.report.people) - len(people)
    bottom = HEAD + ROW * len(rows) + 17.0
    more = None
    if left_out:
        key = "cover.more_rows.one" if left_out == 1 else "cover.more_rows"
        more = TextLine(at.person, bottom, text(key, lang, count=left_out))
    if not content.report.people:
        more = TextLine(at.person, bottom, text("cover.nobody", lang))
    return Table(
        width=width,
        head=HEAD,
        row=ROW,
        person_x=at.person,
        share_right=at.member - 10.0,
        bar_x=at.bar,
        bar_width=BAR,
        gap_x=at.gap,
        gap_width=at.gap_width,
        members=members,
        rows=rows,
        more=more,
    )


def _columns(width: float, members: int) -> _Columns:
    person = LEFT + RANK + MARK
    fixed = person + LEAST_PERSON + SHARE + 16.0 + BAR + BAR_WORDS + 10.0
    each = min(max((width - fixed - LEAST_GAP) / max(1, members), LEAST_MEMBER), MOST_MEMBER)
    rest = width - fixed - each * members + LEAST_PERSON
    person_width = max(LEAST_PERSON, 0.43 * rest)
    member = person + person_width + SHARE
    bar = member + each * members + 8.0
    gap = bar + BAR + BAR_WORDS + 8.0
    return _Columns(person, person_width, member, each, bar, gap, width - gap - 10.0)


def _members(
    content: MapContent, own: Sequence[str], others: Sequence[str], at: _Columns, lang: str
) -> tuple[MemberColumn, ...]:
    known = {member.id: member for member in content.members}
    made = []
    for place, member in enumerate(own):
        whole = record_name(known[member].name, member, lang)
        name = cut(whole, SMALL, at.member_width - 6.0, bold=True)
        x = at.member + place * at.member_width
        made.append(MemberColumn(member, (member,), known[member].role or "", name, whole, x, at.member_width))
    if others:
        x = at.member + len(own) * at.member_width
        words = text("cover.others", lang, count=len(others))
        made.append(MemberColumn(None, tuple(others), "", words, words, x, at.member_width))
    return tuple(made)


def _ties(content: MapContent) -> Mapping[str, Mapping[str, Tie]]:
    ties: dict[str, dict[str, Tie]] = {}
    for tie in content.ties:
        ties.setdefault(tie.person, {})[tie.member] = tie
    return ties


def _row(
    person: PersonResult,
    rank: int,
    y: float,
    at: _Columns,
    members: Sequence[MemberColumn],
    held: Mapping[str, Tie],
    absent: bool,
    subject: Subject | None,
    number: int | None,
    lang: str,
) -> CoverageRow:
    name, chips, title = _written(person, at, y, lang)
    return CoverageRow(
        person=person.id,
        rank=rank,
        y=y,
        share=person.decision_influence,
        name=name,
        title=title,
        chips=chips,
        cells=tuple(cell for column in members if (cell := _cell(column, held)) is not None),
        together=person.connection_strength,
        required=person.required_strength,
        words=_together_words(person, absent, lang),
        absent=absent,
        gap=_gap(subject, number, at, y, lang) if subject else None,
        tinted=number is not None and number <= TINTED,
    )


def _together_words(person: PersonResult, absent: bool, lang: str) -> str:
    """The strength of all ties together, a word where there is none, a dash for seats that nobody holds."""
    if person.status == "unidentified" or person.status in GONE:
        return NOBODY_TO_MEET
    return text("cover.none", lang) if absent else strength(person.connection_strength)


def _written(
    person: PersonResult, at: _Columns, y: float, lang: str
) -> tuple[TextLine, tuple[Chip, ...], TextLine | None]:
    """Name, chips and as much of the title as there is room for, on one line."""
    whole, letters = name_of(person, lang), role_letters(person)
    row = CHIP_STEP * len(letters) + 5.0 if letters else 0.0
    name = cut(whole, NAME, at.person_width - row, bold=True)
    x = at.person + min(width_of(name, NAME, bold=True), at.person_width - row) + 4.0
    chips = tuple(Chip(x + CHIP_STEP * i, y + 6.5, letter) for i, letter in enumerate(letters))
    x += row + 2.0
    room = at.person + at.person_width - x
    title = title_of(person, lang)
    shown = TextLine(x, y + 17.0, cut(title, SMALL, room)) if title and room > 26.0 else None
    return TextLine(at.person, y + 17.5, name), chips, shown


def _cell(column: MemberColumn, held: Mapping[str, Tie]) -> TieCell | None:
    ties = [held[member] for member in column.members if member in held]
    if not ties:
        return None
    tie = max(ties, key=lambda held_tie: (round(held_tie.strength, 9), held_tie.member))
    radius = max(SMALLEST_DOT, LARGEST_DOT * math.sqrt(tie.strength))
    return TieCell(
        column.member, tie.strength, tie.frequency, tie.breadth, tie.depth, column.x + LARGEST_DOT + 1.0, radius
    )


def _gap(subject: Subject, number: int | None, at: _Columns, y: float, lang: str) -> GapCell:
    worst = subject.gaps[0]
    kind, action = text(f"gap.{worst.type}", lang), worst.brief.render(lang)
    x = at.gap + (21.0 if number is not None else 0.0)
    first = f"{kind} → "
    begin = x + width_of(first, SMALL)
    room = at.gap + at.gap_width - begin
    return GapCell(
        number,
        TextLine(x, y + 17.0, first),
        TextLine(begin, y + 17.0, cut(action, SMALL, max(room, 12.0), bold=True)),
        f"{worst.reason.render(lang)} → {worst.action.render(lang)}",
    )
