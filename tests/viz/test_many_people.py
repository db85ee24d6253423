"""Pages of many people: what is left out unasked, and how often each part of a picture is made."""

from __future__ import annotations

import datetime
import re

import orjson
import pytest

from graph.analysis.ground.limits import UNASKED_PEOPLE
from graph.analysis.map import MapContent, map_content
from graph.analysis.report.gap_subjects import first_subjects, subjects
from graph.model.words import LANGUAGES, text
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of
from viz.map_json import map_json
from viz.map_page import power_map_page
from viz.page.content import briefs_data, scenarios_data
from viz.scene import fishbone, plan
from viz.scene.fishbone import fishbone_scene

AS_OF = datetime.date(2026, 11, 23)


def crowd(people: int, members: int = 5) -> MapContent:
    rows = random_account(seed=7, people=people, members=members, lines=people, interactions=20, opportunities=1)
    for row in rows["people"]:
        row["status"] = "active"
    return map_content(dataset_of(rows), "acme", AS_OF)


@pytest.fixture(scope="module")
def many() -> MapContent:
    """A few more people than a page computes everything for."""
    return crowd(UNASKED_PEOPLE + 1)


def data_of(page: str) -> dict[str, object]:
    found = re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data: dict[str, object] = orjson.loads(found[1])
    return data


def test_the_page_of_more_than_200_people_leaves_out_departures_and_briefs(many: MapContent) -> None:
    data = data_of(power_map_page(many))
    assert (data["supposing"], data["briefs"]) == (None, None)
    assert (data["id"], data["unasked"]) == ("acme", UNASKED_PEOPLE)


def test_up_to_200_people_the_page_has_them() -> None:
    content = crowd(20)
    assert scenarios_data(content)
    assert briefs_data(content)


def test_the_json_of_a_map_has_neither_however_many_people_there_are(many: MapContent) -> None:
    for content in (crowd(20), many):
        assert list(map_json(content)) == ["report", "scene", "routes"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_how_to_ask(lang: str) -> None:
    for key, command in (
        ("viz.if.too_many", "swaymap what-if acme --without person:p01"),
        ("viz.brief.too_many", "swaymap brief person:p01"),
    ):
        said = text(key, lang, most=UNASKED_PEOPLE, account="acme", id="person:p01")
        assert said.endswith(command)
        assert str(UNASKED_PEOPLE) in said


def test_the_first_subjects_are_those_of_all(many: MapContent) -> None:
    every = tuple((subject.person, subject.unit) for subject in subjects(many.report))
    for most in (0, 1, 6, len(every) + 1):
        assert first_subjects(many.report, most) == every[:most]


def test_a_page_sorts_its_people_and_columns_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    for name in ("_first_in_full", "_column_of", "_band_of"):
        make = getattr(plan, name)

        def counted(content: MapContent, name: str = name, make: object = make) -> object:
            made.append(name)
            return make(content)  # type: ignore[operator]

        monkeypatch.setattr(plan, name, counted)
    power_map_page(crowd(UNASKED_PEOPLE + 1))
    assert sorted(made) == ["_band_of", "_column_of", "_first_in_full"]


def test_only_bones_that_fit_are_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes and numbers of people are tried by the room that they take; dots and bars are made for what fits."""
    made: list[int] = []
    bar, fill, tried = fishbone.mix_of, fishbone.dots_in, fishbone.looks_of
    monkeypatch.setattr(fishbone, "mix_of", lambda *of: made.append(1) or bar(*of))  # type: ignore[func-returns-value]
    monkeypatch.setattr(fishbone, "dots_in", lambda *of: made.append(1) or fill(*of))  # type: ignore[func-returns-value]
    sizes: list[int] = []
    monkeypatch.setattr(fishbone, "looks_of", lambda *of: sizes.append(1) or tried(*of))  # type: ignore[func-returns-value]
    scene = fishbone_scene(crowd(1_000), "en")
    assert len(made) <= len(scene.bones) * len(sizes)
