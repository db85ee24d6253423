"""The coverage map by its numbers: they are the report's, nothing overlaps, everybody is in one row and one cell."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from graph.analysis.map import MapContent, map_content
from graph.analysis.report.gap_subjects import subjects
from graph.model import Account, Covers, Interaction, OrgUnit, Person, TeamMember
from graph.model.dataset import Dataset
from tests.viz.views import AS_OF, CASES, LANGS, LONG_CASES, content_of, long_named, sample
from viz.scene.coverage import chosen_members, coverage_scene
from viz.scene.coverage_parts import CoverageScene
from viz.scene.labels import overlap
from viz.scene.metrics import width_of

WIDTHS = (1440.0, 1024.0)


def every_scene(people: int, seed: int) -> list[tuple[MapContent, CoverageScene]]:
    content = content_of(people, seed) if seed < 100 else long_named(people, seed)
    return [(content, coverage_scene(content, lang, width)) for lang in LANGS for width in WIDTHS]


@pytest.mark.parametrize(("people", "seed"), CASES + LONG_CASES)
def test_rows_are_the_people_with_the_report_s_numbers(people: int, seed: int) -> None:
    for content, scene in every_scene(people, seed):
        assert [row.person for row in scene.table.rows] == [person.id for person in content.report.people]
        for row, person in zip(scene.table.rows, content.report.people, strict=True):
            assert row.share == person.decision_influence
            assert (row.together, row.required) == (person.connection_strength, person.required_strength)
            ties = {tie.member: tie for tie in content.ties if tie.person == person.id}
            for cell in row.cells:
                if cell.member is not None:
                    tie = ties.pop(cell.member)
                    told = (cell.strength, cell.frequency, cell.breadth, cell.depth)
                    assert told == (tie.strength, tie.frequency, tie.breadth, tie.depth)
            assert bool(ties) == any(cell.member is None for cell in row.cells)


@pytest.mark.parametrize(("people", "seed"), CASES + LONG_CASES)
def test_texts_of_a_row_stand_apart_and_inside(people: int, seed: int) -> None:
    for _, scene in every_scene(people, seed):
        table = scene.table
        for row, after in pairwise(table.rows):
            assert after.y == pytest.approx(row.y + table.row)
        for row in table.rows:
            end = row.name.x + width_of(row.name.text, 12.5, bold=True)
            for chip in row.chips:
                assert chip.x >= end
                end = chip.x + 13.0
            if row.title:
                assert row.title.x >= end
                end = row.title.x + width_of(row.title.text, 11.0)
            assert end <= table.share_right - 30.0
            if row.gap:
                kind_end = row.gap.kind.x + width_of(row.gap.kind.text, 11.0)
                assert row.gap.action.x >= kind_end - 0.5
                assert row.gap.action.x + width_of(row.gap.action.text, 11.0, bold=True) <= table.width + 0.5
        places = [column.x for column in table.members]
        assert all(second - first >= 60.0 for first, second in pairwise(places))


@pytest.mark.parametrize(("people", "seed"), CASES + LONG_CASES)
def test_the_grid_holds_everybody_once(people: int, seed: int) -> None:
    for content, scene in every_scene(people, seed):
        cells = scene.side.grid.cells
        inside = [person for cell in cells for person in cell.people]
        assert sorted(inside) == sorted(person.id for person in content.report.people)
        unnamed = {person.id for person in content.report.people if person.status == "unidentified"}
        for cell in cells:
            assert cell.seat == bool(unnamed & set(cell.people))
            assert len(cell.marks) == (len(cell.people) if len(cell.people) <= 4 else 3)
            assert (cell.more.text if cell.more else None) == (
                f"+{len(cell.people) - 3}" if len(cell.people) > 4 else None
            )
            x, y, width, height = cell.box
            for mark in cell.marks:
                outer = mark.radius + 3.4 * min(1.0, mark.radius / 7.0) + 1.0
                assert x <= mark.x - outer
                assert mark.x + outer <= x + width
                assert y <= mark.y - outer
                assert mark.y + outer <= y + height
            for first, second in combinations(cell.marks, 2):
                assert abs(first.x - second.x) + abs(first.y - second.y) >= 2 * first.radius
        for first, second in combinations(cells, 2):
            assert not overlap(first.box, second.box, -0.1)
        for cell in cells:
            assert cell.box[0] + cell.box[2] <= scene.width
            assert cell.box[1] + cell.box[3] <= scene.height


@pytest.mark.parametrize(("people", "seed"), CASES + LONG_CASES)
def test_bars_are_the_report_s(people: int, seed: int) -> None:
    for content, scene in every_scene(people, seed):
        report = content.report
        told = {bar.key: bar.value for bar in scene.side.roles}
        assert told == {**report.by_role, "two_roles": report.redundancy}
        assert {bar.key: bar.value for bar in scene.side.triangle} == dict(report.triangle)
        for bar in (*scene.side.roles, *scene.side.triangle):
            assert bar.words.x + width_of(bar.words.text, 11.0) <= bar.bar[0]


def test_the_worst_three_are_tinted_and_numbered() -> None:
    rows = {row.person: row for row in coverage_scene(sample(), "en").table.rows}
    found = [subject for subject in subjects(sample().report) if subject.person is not None]
    for subject in found:
        assert subject.person is not None
        row = rows[subject.person]
        assert row.gap
        assert row.gap.number == (subject.number if subject.number <= 6 else None)
        assert row.tinted == (subject.number <= 3)
    assert sum(row.tinted for row in rows.values()) == 3


def test_no_tie_is_said_and_a_seat_is_a_dash() -> None:
    rows = {row.person: row for row in coverage_scene(sample(), "en").table.rows}
    assert (rows["lin-qiuyue"].words, rows["lin-qiuyue"].absent, rows["lin-qiuyue"].cells) == ("none", True, ())
    assert rows["architecture-seat"].words == "–"
    assert rows["wu-tao"].words.startswith(".")


def team_of(members: int) -> MapContent:
    """A person met by so many team members, each more often than the one before."""
    people = [Person("p", "a"), Person("q", "a")]
    team = [TeamMember(f"m{i:02}", f"Member {i}", ("AR", "SR", "FR")[i % 3]) for i in range(members)]
    met = [
        Interaction(f"i{i}-{j}", AS_OF, "executive_visit", people=("p",), members=(f"m{i:02}",))
        for i in range(members)
        for j in range(i + 1)
    ]
    covers = [Covers(f"m{i:02}", "q") for i in range(members)]
    return map_content(Dataset.collect([Account("a"), OrgUnit("u", "a"), *people, *team, *met, *covers]), "a", AS_OF)


def test_more_than_eight_of_ours_share_the_last_column() -> None:
    content = team_of(11)
    own, others = chosen_members(content)
    assert len(own) == 8
    assert len(others) == 3
    carried = {tie.member: tie.strength for tie in content.ties if tie.person == "p"}
    assert min(carried[member] for member in own) >= max(carried[other] for other in others) - 1e-9
    scene = coverage_scene(content, "en")
    assert [column.member for column in scene.table.members] == [*own, None]
    assert scene.table.members[-1].name == "3 others"
    last = next(row for row in scene.table.rows if row.person == "p").cells[-1]
    assert last.member is None
    assert last.strength == max(carried[other] for other in others)
    assert chosen_members(team_of(8))[1] == ()


def test_so_many_rows_as_asked_and_the_rest_is_told() -> None:
    scene = coverage_scene(content_of(60, 1), "en", 1440.0, most=20)
    assert len(scene.table.rows) == 20
    assert scene.table.more
    assert scene.table.more.text == f"and {len(content_of(60, 1).report.people) - 20} more people"
    assert coverage_scene(content_of(60, 1), "en").table.more is None


def test_the_same_content_gives_the_same_numbers() -> None:
    assert coverage_scene(sample(), "en") == coverage_scene(sample(), "en")


@pytest.mark.parametrize("people", [0, 1])
def test_almost_nobody_is_a_picture_too(people: int) -> None:
    dataset = Dataset.collect([Account("a"), *(Person(f"p{i}", "a") for i in range(people))])
    for lang in LANGS:
        scene = coverage_scene(map_content(dataset, "a", AS_OF), lang)
        assert len(scene.table.rows) == people
        assert (scene.table.more is not None) == (people == 0)
