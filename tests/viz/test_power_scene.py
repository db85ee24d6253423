"""The layout by its numbers: nothing overlaps, nothing is outside, who decides is named, the same twice."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise

import numpy as np
import pytest

from graph.analysis.map import MapContent, map_content
from graph.model import Account, Person
from graph.model.dataset import Dataset
from loaders import read, sample_company
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of
from viz.scene.labels import overlap
from viz.scene.lane import WIDEST_APART, spread
from viz.scene.metrics import cut, width_of, wrap
from viz.scene.power import power_scene
from viz.scene.scene import Scene
from viz.scene.small import Dots

AS_OF = datetime.date(2026, 11, 23)
LANGS = ("en", "zh")


@cache
def content_of(people: int, seed: int) -> MapContent:
    """The map of a random account of people with levels and units, as a real account has them."""
    rows = random_account(seed=seed, people=people, lines=3 * people, opportunities=1)
    for number, row in enumerate(rows["people"]):
        row["name"] = f"Person {number} / 人员{number}"
        row["level"] = row["level"] or number % 7 + 1
        row["unit"] = row["unit"] or (None if row["external"] else rows["units"][number % len(rows["units"])]["id"])
    return map_content(dataset_of(rows), rows["accounts"][0]["id"], AS_OF)


@cache
def sample() -> MapContent:
    """The sample company."""
    with sample_company() as folder:
        return map_content(read([folder], today=AS_OF).dataset, "qinglan", AS_OF)


@cache
def scene_of(people: int, seed: int, lang: str) -> Scene:
    return power_scene(content_of(people, seed), lang)


def every_scene(people: int) -> list[tuple[MapContent, Scene]]:
    return [(content_of(people, seed), scene_of(people, seed, lang)) for seed in (1, 2) for lang in LANGS]


@pytest.mark.parametrize("people", [10, 24, 60, 200, 500])
def test_labels_overlap_neither_each_other_nor_foreign_discs(people: int) -> None:
    for _, scene in every_scene(people):
        shown = [disc for disc in scene.discs if disc.label.shown]
        for first, second in combinations(shown, 2):
            assert not overlap(first.label.box, second.label.box, gap=0.0), (first.person, second.person)
        for named in shown:
            x, y, width, height = named.label.box
            for other in scene.discs:
                if other.person != named.person:
                    dx = other.x - min(max(other.x, x), x + width)
                    dy = other.y - min(max(other.y, y), y + height)
                    assert dx * dx + dy * dy >= other.radius**2, (named.person, other.person)


@pytest.mark.parametrize("people", [10, 24, 60, 200, 500])
def test_nothing_is_outside_the_map(people: int) -> None:
    for _, scene in every_scene(people):
        frame = scene.frame
        for disc in scene.discs:
            outer = disc.radius + frame.ring
            assert frame.gutter - 1 <= disc.x - outer
            assert disc.x + outer <= frame.width + 1
            assert frame.heads - 1 <= disc.y - outer
            assert disc.y + outer <= frame.height - frame.lane + 1
            if disc.label.shown:
                x, y, width, height = disc.label.box
                assert frame.gutter <= x
                assert x + width <= frame.width
                assert frame.heads <= y
                assert y + height <= frame.height - frame.lane


@pytest.mark.parametrize("people", [10, 24, 60, 200, 500])
def test_everybody_is_drawn_once_and_who_decides_is_named(people: int) -> None:
    for content, scene in every_scene(people):
        drawn = [disc.person for disc in scene.discs] + [dot.person for dot in scene.dots]
        assert sorted(drawn) == sorted(person.id for person in content.report.people)
        roles = {person.id: set(person.roles) for person in content.report.people}
        assert [disc.person for disc in scene.discs if not disc.label.shown and {"D", "A"} & roles[disc.person]] == []


def test_the_sample_has_every_name_whole() -> None:
    for lang in LANGS:
        scene = power_scene(sample(), lang)
        assert len(scene.discs) == len(sample().report.people)
        assert all(disc.label.shown and not disc.label.cut for disc in scene.discs)
        assert scene.strip is None
        assert [band.number for band in scene.bands] == ["7", "6", "5", "4", "3", "2", "1"]


def test_area_follows_influence_above_the_floor() -> None:
    for people in (24, 200):
        content, scene = content_of(people, 1), scene_of(people, 1, "en")
        influence = {person.id: person.decision_influence for person in content.report.people}
        floor = min(disc.radius for disc in scene.discs)
        pairs = [(influence[disc.person], disc.radius**2) for disc in scene.discs if disc.radius > floor]
        if len(pairs) > 2:
            assert np.corrcoef(np.array(pairs).T)[0, 1] == pytest.approx(1.0, abs=1e-9)


def test_the_same_content_gives_the_same_numbers() -> None:
    assert power_scene(sample(), "en") == power_scene(sample(), "en")


def test_a_language_keeps_the_order_of_columns() -> None:
    for content in (sample(), content_of(60, 1), content_of(200, 2)):
        english, chinese = power_scene(content, "en"), power_scene(content, "zh")
        assert [column.unit for column in english.columns] == [column.unit for column in chinese.columns]
        assert {disc.person for disc in power_scene(sample(), "en").discs} == {
            disc.person for disc in power_scene(sample(), "zh").discs
        }


def test_lines_lead_from_and_to_what_is_drawn() -> None:
    scene = power_scene(sample(), "en")
    places = {disc.person: (disc.x, disc.y) for disc in scene.discs}
    for curve in scene.curves:
        if curve.kind in ("influence", "conflict", "reporting"):
            assert (curve.start, curve.end) == (places[curve.source], places[curve.target])
        else:
            assert curve.end == places[curve.target]
    kinds = {curve.kind for curve in scene.curves}
    assert kinds == {"influence", "tie", "rival", "conflict", "reporting"}


@pytest.mark.parametrize("people", [0, 1, 2])
def test_almost_nobody_is_a_picture_too(people: int) -> None:
    dataset = Dataset.collect([Account("a"), *(Person(f"p{i}", "a") for i in range(people))])
    for lang in LANGS:
        scene = power_scene(map_content(dataset, "a", AS_OF), lang)
        assert len(scene.discs) + len(scene.dots) == people


def test_people_without_level_or_unit_are_not_guessed_into_a_cell() -> None:
    people = [Person(f"p{i}", "a", level=None if i == 5 else i % 3 + 1) for i in range(6)]
    from graph.model import OrgUnit

    units = [OrgUnit("u", "a", "Unit")]
    placed = [Person(person.id, "a", "u", level=person.level) if i != 4 else person for i, person in enumerate(people)]
    scene = power_scene(map_content(Dataset.collect([Account("a"), *units, *placed]), "a", AS_OF), "en")
    assert scene.strip is not None
    below = {disc.person for disc in scene.discs if disc.y > scene.strip.y}
    assert below == {"p4", "p5"}


def test_tiles_stand_apart_and_in_order() -> None:
    assert spread([60.0, 62.0, 300.0], 50.0, 0.0, 400.0) == [36.0, 86.0, 300.0]
    for wanted in ([5.0] * 6, [400.0, 400.0], [1.0, 200.0, 201.0, 399.0]):
        places = spread(wanted, 40.0, 0.0, 400.0)
        assert all(after - before >= 40.0 - 1e-9 for before, after in pairwise(places))


@pytest.mark.parametrize("lang", LANGS)
def test_tiles_give_way_to_long_roles_and_names(lang: str) -> None:
    content = content_of(60, 1)
    assert any(len(member.role or "") > 4 for member in content.members)
    for tile in power_scene(content, lang).tiles:
        assert "…" not in tile.name.text + tile.under.text
    longest = [replace(member, name="W" * 300) for member in content.members]
    places = [tile.x for tile in power_scene(replace(content, members=longest), lang).tiles]
    assert all(after - before <= WIDEST_APART + 1e-9 for before, after in pairwise(places))


def test_text_is_measured_wrapped_and_cut() -> None:
    assert width_of("林秋月", 12.5) == pytest.approx(3 * 12.5 * 1.03)
    assert width_of("iii", 11.0) < width_of("WWW", 11.0)
    assert wrap("Chief Financial Officer", 11.0, 90.0, 2) == (("Chief Financial", "Officer"), False)
    assert wrap("首席财务官", 11.0, 40.0, 2)[0] == ("首席财", "务官")
    shortened = cut("A very long title indeed", 11.0, 60.0)
    assert shortened.endswith("…")
    assert width_of(shortened, 11.0) <= 60.0


def test_no_name_is_cut_up_to_60_people_and_who_decides_is_drawn_in_full_up_to_200() -> None:
    for people in (10, 24, 60, 200):
        for content, scene in every_scene(people):
            drawn = {disc.person for disc in scene.discs}
            deciding = {person.id for person in content.report.people if {"D", "A"} & set(person.roles)}
            assert deciding <= drawn
            if people <= 60:
                assert not any(disc.label.cut for disc in scene.discs)
            if people <= 24:
                assert drawn == {person.id for person in content.report.people}


def test_discs_stand_apart_from_each_other_and_from_competitors() -> None:
    for people in (24, 60, 200, 500):
        for _, scene in every_scene(people):
            outer = [(disc.x, disc.y, disc.radius + scene.frame.ring) for disc in scene.discs]
            outer += [(rival.x, rival.y, rival.radius) for rival in scene.rivals]
            for (x, y, r), (other_x, other_y, other_r) in combinations(outer, 2):
                assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (r + other_r - 1) ** 2


def test_of_many_units_the_weightiest_have_a_column_each() -> None:
    content, scene = content_of(500, 500), scene_of(500, 500, "en")
    weight: dict[str | None, float] = {}
    for person in content.report.people:
        if not person.external:
            weight[person.unit] = weight.get(person.unit, 0.0) + person.decision_influence
    units = [unit.id for unit in content.report.units if unit.id in weight]
    assert len(units) > 13
    shown = {column.unit for column in scene.columns if column.unit is not None}
    assert shown == set(sorted(units, key=lambda unit: -weight[unit])[:12])
    assert f"{len(units) - 12} other units" in {column.whole for column in scene.columns}


def test_thousands_are_bars_of_their_stances() -> None:
    rows = random_account(seed=1, people=1200, lines=1800, opportunities=1)
    content = map_content(dataset_of(rows), "acme", AS_OF)
    scene = power_scene(content, "en")
    assert scene.dots == ()
    barred = [person for bar in scene.bars for person in bar.people]
    assert sorted(barred + [disc.person for disc in scene.discs]) == sorted(
        person.id for person in content.report.people
    )
    for bar in scene.bars:
        assert sum(count for _, count in bar.parts) == len(bar.people)
        assert bar.count.text == f"{len(bar.people):,}"
        assert scene.frame.gutter <= bar.x
        assert bar.x + bar.width <= scene.frame.width


def test_of_many_people_only_the_strongest_tie_each_is_a_line() -> None:
    content, scene = content_of(60, 1), scene_of(60, 1, "en")
    best: dict[str, float] = {}
    for tie in content.ties:
        best[tie.person] = max(best.get(tie.person, 0.0), tie.strength)
    lines = [curve for curve in scene.curves if curve.kind == "tie"]
    assert len({curve.target for curve in lines}) == len(lines) > 0
    assert all(curve.weight == best[curve.target] for curve in lines)


def test_dots_stand_beside_labels_while_their_rows_have_room() -> None:
    people = content_of(60, 1).report.people[:6]
    row = Dots(people, 100.0, 114.0, 300.0)
    usual = list(row.placed())
    assert [dot.x for dot in usual] == [109.0 + 8.0 * place for place in range(6)]
    label = (100.0, 285.0, 40.0, 15.0)
    beside = list(row.placed([label]))
    assert [dot.person for dot in beside] == [dot.person for dot in usual]
    assert all(dot.x >= 143.0 and dot.y == usual[0].y for dot in beside)
    full = list(row.placed([(100.0, 285.0, 80.0, 15.0)]))
    assert len({(dot.x, dot.y) for dot in full}) == len(people)
    assert sum(dot.x >= 183.0 for dot in full) == 2
