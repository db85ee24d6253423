"""The fishbone by its numbers: nothing overlaps, nothing is outside, everybody is there once, votes are counted."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from graph.analysis.map import MapContent, map_content
from graph.model import Account, DecisionStep, Opportunity, OrgUnit, Participation, Person, Vote
from graph.model.dataset import Dataset
from tests.viz.views import AS_OF, CASES, LANGS, LONG_CASES, SIZES, content_of, long_named, sample
from viz import encodings
from viz.scene.fish_parts import Fishbone
from viz.scene.fishbone import fishbone_scene, root_unit
from viz.scene.labels import overlap
from viz.scene.metrics import width_of
from viz.scene.votes import tallies
from viz.svg.fishbone import fishbone_scene_svg

Box = tuple[float, float, float, float]


def every_scene(people: int, seed: int) -> list[tuple[MapContent, Fishbone]]:
    content = content_of(people, seed) if seed < 100 else long_named(people, seed)
    sizes = SIZES if people <= 60 else SIZES[:2]
    return [(content, fishbone_scene(content, lang, *size)) for lang in LANGS for size in sizes]


def texts_of(scene: Fishbone) -> list[Box]:
    """The boxes of every text but those of labels."""
    lines = [(line, 13.0, True, "start") for bone in scene.bones for line in bone.name]
    lines += [(line, 11.0, False, "start") for bone in scene.bones for line in bone.under]
    head = scene.head
    lines.append((head.title, 12.5, True, "start"))
    for step in head.steps:
        lines += [(step.name, 12.0, True, "start"), (step.rule, 11.0, False, "start")]
        lines += [(line, 11.0, True, "start") for line in (*step.words, *step.blocked)]
        lines += [(segment.label, 11.0, False, "middle") for segment in step.segments if segment.label]
    lines += [(line, 11.0, True, "start") for line in (*head.notes, *head.bottleneck)]
    lines += [(line, 12.0, True, "start") for line in (head.heading, head.heading_under) if line]
    return [
        (
            line.x - (width_of(line.text, size, bold) / 2 if anchor == "middle" else 0.0),
            line.y - 0.75 * size,
            width_of(line.text, size, bold),
            0.9 * size,
        )
        for line, size, bold, anchor in lines
    ]


def around(x: float, y: float, radius: float) -> Box:
    return (x - radius, y - radius, 2 * radius, 2 * radius)


def assert_apart(scene: Fishbone) -> None:
    """No two things lie one over the other."""
    labels = [disc.label.box for disc in scene.discs]
    circles = [around(disc.x, disc.y, disc.radius + scene.ring) for disc in scene.discs]
    badges = [(disc.badge[1], disc.badge[2], 16.0, 16.0) for disc in scene.discs if disc.badge]
    texts = texts_of(scene)
    dots = [around(dot.x, dot.y, 3.0) for dot in scene.dots]
    for kind, boxes in (("label", labels), ("text", texts), ("dot", dots), ("badge", badges)):
        for first, second in combinations(boxes, 2):
            assert not overlap(first, second, 0.0), (kind, first, second)
    for first, second in combinations(scene.discs, 2):
        apart = ((first.x - second.x) ** 2 + (first.y - second.y) ** 2) ** 0.5
        assert apart >= first.radius + second.radius + 2 * scene.ring - 1.0
    for number, label in enumerate(labels):
        for place, circle in enumerate(circles):
            assert place == number or not overlap(label, circle, 0.0), (label, circle)
        assert not any(overlap(label, text, 0.0) for text in texts), label
        assert not any(overlap(label, dot, 0.0) for dot in dots)
        assert not any(overlap(label, badge, 0.0) for badge in badges)
    for circle in circles:
        assert not any(overlap(circle, text_, 0.0) for text_ in (*texts, *dots)), circle


def assert_inside(scene: Fishbone) -> None:
    """Nothing is outside the picture, and what belongs into the head is in it."""
    boxes = [disc.label.box for disc in scene.discs] + texts_of(scene)
    boxes += [around(disc.x, disc.y, disc.radius + scene.ring) for disc in scene.discs]
    boxes += [around(dot.x, dot.y, 3.0) for dot in scene.dots]
    boxes += [(disc.badge[1], disc.badge[2], 16.0, 16.0) for disc in scene.discs if disc.badge]
    for x, y, width, height in boxes:
        assert x >= 0
        assert y >= 0
        assert x + width <= scene.width + 0.5, (x, y, width, height)
        assert y + height <= scene.height + 0.5, (x, y, width, height)
    left, top, wide, high = scene.head.box
    assert top >= 0
    assert top + high <= scene.height
    for x, y, width, height in texts_of(scene):
        if x > left + 30:
            assert x + width <= left + wide
            assert top <= y
            assert y + height <= top + high


@pytest.mark.parametrize(("people", "seed"), CASES + LONG_CASES)
def test_everybody_is_drawn_once(people: int, seed: int) -> None:
    for content, scene in every_scene(people, seed):
        drawn = [disc.person for disc in scene.discs] + [dot.person for dot in scene.dots]
        form_of = {person.id: encodings.form_of(person.status, person.stance) for person in content.report.people}
        for mix in scene.mixes:
            forms = [form for form, count in mix.forms.items() for _ in range(count)]
            assert [form_of[person] for person in mix.people] == forms
            assert people > 200
            drawn += mix.people
        assert sorted(drawn) == sorted(form_of)


@pytest.mark.parametrize(("people", "seed"), CASES + LONG_CASES)
def test_nothing_overlaps(people: int, seed: int) -> None:
    for _, scene in every_scene(people, seed):
        assert_apart(scene)


@pytest.mark.parametrize(("people", "seed"), CASES + LONG_CASES)
def test_nothing_is_outside(people: int, seed: int) -> None:
    for _, scene in every_scene(people, seed):
        assert_inside(scene)


@pytest.mark.parametrize(("people", "seed"), CASES + LONG_CASES)
def test_votes_are_as_wide_as_they_weigh(people: int, seed: int) -> None:
    for content, scene in every_scene(people, seed):
        weights = {step.id: {vote[0]: vote[1] for vote in step.votes} for step in content.steps}
        rules = {step.id: step.rule for step in content.steps}
        for step in scene.head.steps:
            _, _, width, _ = step.box
            assert sum(segment.votes for segment in step.segments) == pytest.approx(step.total)
            assert sum(segment.width for segment in step.segments) == pytest.approx(width)
            for segment in step.segments:
                assert segment.width == pytest.approx(width * segment.votes / step.total)
            if step.step in weights and rules[step.step] == "quota" and sum(weights[step.step].values()) > 0:
                assert {segment.person: segment.votes for segment in step.segments} == weights[step.step]
            supporters = [segment.person for segment in step.segments]
            stance = {person.id: person.stance for person in content.report.people}
            ours = [(stance[supporter] or 0) >= 1 for supporter in supporters]
            assert ours == sorted(ours, reverse=True)
            assert step.passes <= step.enough


def test_the_same_content_gives_the_same_numbers() -> None:
    assert fishbone_scene(sample(), "en") == fishbone_scene(sample(), "en")


def test_a_language_keeps_the_bones() -> None:
    for content in (sample(), content_of(60, 1), content_of(200, 2)):
        english, chinese = fishbone_scene(content, "en"), fishbone_scene(content, "zh")
        assert [bone.unit for bone in english.bones] == [bone.unit for bone in chinese.bones]
        assert [bone.start for bone in english.bones] == [bone.start for bone in chinese.bones]


def test_the_sample_is_whole() -> None:
    for lang in LANGS:
        for size in SIZES:
            scene = fishbone_scene(sample(), lang, *size)
            assert len(scene.discs) == len(sample().report.people)
            assert not any(disc.label.cut for disc in scene.discs)
            assert [step.step for step in scene.head.steps] == ["core-1", "core-2", "core-3"]
            assert scene.head.unit == "ql-executive"
            assert len(scene.bones) == 6


def test_bones_are_units_by_share_the_heaviest_next_to_the_head_on_alternate_sides() -> None:
    scene = fishbone_scene(sample(), "en")
    shares = [bone.share for bone in scene.bones]
    assert shares == sorted(shares, reverse=True)
    assert [bone.above for bone in scene.bones] == [True, False] * 3
    joints = [bone.start[0] for bone in scene.bones]
    assert joints == sorted(joints, reverse=True)
    report = sample().report
    for bone in scene.bones:
        own = [
            person
            for person in report.people
            if person.unit == bone.unit and bool(person.external) == (bone.kind == "outside")
        ]
        if bone.kind == "unit":
            assert bone.share == pytest.approx(sum(person.decision_influence for person in own))
            assert bone.coverage == pytest.approx(next(u.coverage for u in report.units if u.id == bone.unit))


def test_the_highest_stand_nearest_the_spine() -> None:
    scene = fishbone_scene(sample(), "en")
    people = {person.id: person for person in sample().report.people}
    middle = scene.height / 2
    for bone in scene.bones:
        own = [disc for disc in scene.discs if people[disc.person].unit == bone.unit and bone.unit]
        own.sort(key=lambda disc: abs(disc.y - middle))
        levels = [people[disc.person].level for disc in own]
        assert levels == sorted(levels, reverse=True)


def test_too_many_units_share_the_last_bone() -> None:
    content = content_of(200, 1)
    scene = fishbone_scene(content, "en")
    assert len(scene.bones) == 8
    assert scene.bones[-1].kind == "others"
    assert scene.bones[-1].whole == f"{scene.bones[-1].units} other units"
    shares = sum(bone.share for bone in scene.bones)
    root = sum(person.decision_influence for person in content.report.people if person.unit == scene.head.unit)
    assert 0.99 < shares + root <= 1.001


def decision(rule: str, quota: float | None, votes: list[tuple[int | None, float, bool]]) -> MapContent:
    """A step with voters of these stances, weights and vetoes."""
    kinds: list[object] = [
        Account("a"),
        Opportunity("o", "a"),
        DecisionStep("s", "o", 1, "Vote", rule=rule, quota=quota),
    ]
    for number, (stance, weight, veto) in enumerate(votes):
        kinds += [Person(f"p{number}", "a", name=f"P{number}"), Vote("s", f"p{number}", weight, veto)]
        kinds.append(Participation("o", f"p{number}", stance=stance))
    return map_content(Dataset.collect(kinds), "a", AS_OF)


@pytest.mark.parametrize(
    ("rule", "quota", "votes", "passes", "words", "blocked"),
    [
        ("quota", 60.0, [(1, 55, False), (0, 45, False)], False, "55 votes support us, 5 short of the quota", None),
        ("quota", 60.0, [(2, 70, False), (-1, 30, False)], True, "70 votes support us, quota 60: reached", None),
        (
            "quota",
            60.0,
            [(2, 70, False), (None, 30, True)],
            False,
            "70 votes support us, quota 60: reached",
            "can veto and not with us: P1",
        ),
        ("quota", None, [(1, 1, False), (0, 1, False)], False, "1 of 2 votes supports us, more than half needed", None),
        ("quota", 3.0, [(1, 1, False), (0, 2, False)], False, "1 vote supports us, 2 short of the quota", None),
        ("quota", None, [(1, 2, False), (0, 1, False)], True, "2 of 3 votes support us: more than half", None),
        ("unanimous", None, [(1, 1, False), (None, 1, False)], False, "1 of 2 approvals ours, 1 unknown", None),
        ("unanimous", None, [(1, 1, False), (3, 1, False)], True, "2 of 2 approvals ours", None),
        ("single", None, [(-1, 1, False), (1, 1, False)], True, "one is enough: P1 supports us", None),
        ("single", None, [(0, 1, False)], False, "one is enough, nobody supports us yet", None),
    ],
)
def test_a_step_is_counted_as_it_stands(
    rule: str,
    quota: float | None,
    votes: list[tuple[int | None, float, bool]],
    passes: bool,
    words: str,
    blocked: str | None,
) -> None:
    (step,) = tallies(decision(rule, quota, votes), "en")
    assert (step.passes, step.words, step.blocked) == (passes, words, blocked)


def test_many_steps_of_many_voters_keep_the_bottleneck_and_their_votes() -> None:
    """Twelve steps of fifteen voters, the last of which nobody supports."""
    units = [
        OrgUnit("root", "a", "Head office"),
        *(OrgUnit(f"u{i}", "a", f"Unit {i}", parent="root") for i in range(3)),
    ]
    people = [
        Person(f"p{i:02}", "a", "root" if i < 9 else f"u{i % 3}", f"Voter {i}", level=i % 7 + 1) for i in range(24)
    ]
    kinds: list[object] = [Account("a"), Opportunity("o", "a"), *units, *people]
    kinds += [Participation("o", person.id, ("D",), 1 if number < 15 else -2) for number, person in enumerate(people)]
    for number in range(12):
        kinds.append(DecisionStep(f"s{number:02}", "o", number + 1, f"Step {number + 1}", rule="quota", quota=60.0))
        voters = people[9:] if number == 11 else people[:15]
        kinds += [Vote(f"s{number:02}", voter.id, 10.0 / (place + 1) + 5) for place, voter in enumerate(voters)]
    content = map_content(Dataset.collect(kinds), "a", AS_OF)
    for lang in LANGS:
        for size in SIZES:
            scene = fishbone_scene(content, lang, *size)
            shown = [step.step for step in scene.head.steps]
            assert "s11" in shown
            assert next(step for step in scene.head.steps if step.bottleneck).step == "s11"
            assert len(shown) < 12
            assert any(str(12 - len(shown)) in note.text for note in scene.head.notes)
            drawn = [disc.person for disc in scene.discs] + [dot.person for dot in scene.dots]
            assert sorted(drawn) == [person.id for person in people]
            assert_apart(scene)
            assert_inside(scene)


def test_a_veto_outside_the_steps_is_one_more_step() -> None:
    content = map_content(
        Dataset.collect(
            [
                Account("a"),
                Opportunity("o", "a"),
                DecisionStep("s", "o", 1, "Vote", rule="single"),
                Person("p", "a", name="P"),
                Person("q", "a", name="Q"),
                Vote("s", "p", 1.0, False),
                Participation("o", "p", stance=1),
                Participation("o", "q", veto=True),
            ]
        ),
        "a",
        AS_OF,
    )
    assert [(tally.step, tally.passes, tally.words) for tally in tallies(content, "en")] == [
        ("s", True, "one is enough: P supports us"),
        ("veto", False, "0 of 1 who can veto support us"),
    ]


def test_without_units_below_another_the_head_is_the_chief_s_unit() -> None:
    units = [OrgUnit("u", "a"), OrgUnit("v", "a")]
    people = [Person("p", "a", "u", level=7), Person("q", "a", "v", level=3), Person("r", "a", "v", level=3)]
    account: list[object] = [Account("a"), *units, *people]
    assert root_unit(map_content(Dataset.collect(account), "a", AS_OF)) == "u"
    account.append(Person("s", "a", "v", level=7))
    assert root_unit(map_content(Dataset.collect(account), "a", AS_OF)) is None


@pytest.mark.parametrize("people", [0, 1, 2])
def test_almost_nobody_is_a_picture_too(people: int) -> None:
    dataset = Dataset.collect([Account("a"), *(Person(f"p{i}", "a") for i in range(people))])
    for lang in LANGS:
        scene = fishbone_scene(map_content(dataset, "a", AS_OF), lang)
        assert len(scene.discs) == people
        assert len(scene.head.notes) >= 1


def test_the_svg_has_the_scene_s_positions() -> None:
    scene = fishbone_scene(sample(), "zh")
    drawn = fishbone_scene_svg(scene, sample())
    for disc in scene.discs:
        group = re.search(rf'<g class="person" data-person="{disc.person}">(.*?)</g>', drawn, re.S)
        assert group
        middle = re.search(r'<circle cx="([\d.]+)" cy="([\d.]+)"', group[1])
        assert middle
        assert (float(middle[1]), float(middle[2])) == pytest.approx((disc.x, disc.y), abs=0.01)
    assert fishbone_scene_svg(scene, sample()) == drawn
