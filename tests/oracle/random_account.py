"""Random accounts with every kind of variety, as rows by sheet: all columns, plain Python values, None for empty."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from typing import Any

from tests.oracle.defaults import DEFAULTS, Row
from tests.oracle.random_pairs import pairs, unordered_pairs

TODAY = datetime.date(2026, 11, 23)

COLUMNS: dict[str, str] = {
    "accounts": "id name industry tier strategy notes",
    "units": "id account name function parent",
    "people": "id account unit name title level function status external adaptability orientation profile"
    " interests background kpis notes",
    "reports_to": "person manager kind",
    "influences": "source target weight basis confidence evidence",
    "conflicts": "a b intensity evidence",
    "opportunities": "id account name origin first_seen grade stage amount currency budget_confirmed"
    " start_date bid_date decision_date",
    "participation": "opportunity person roles stance veto political_status response_mode win confidence assessed_on",
    "steps": "id opportunity position name chain rule quota",
    "votes": "step person weight veto",
    "team": "id name role level knowledge skill experience active background interests",
    "covers": "member person owner current_level target_level",
    "interactions": "id date method subtype people members response customer_headcount source notes",
    "commitments": "id member person made_by statement due status",
    "competitors": "id name strategy strengths weaknesses",
    "competitor_ties": "competitor person strength evidence",
    "pains": "id person opportunity statement state severity",
    "claims": "id opportunity topic statement source_person date polarity reliability",
    "duties": "account duty member notes",
    "insights": "opportunity lens aspect statement source_person date",
    "propositions": "opportunity element statement ours rival matters_to",
}

FUNCTIONS = [*DEFAULTS["function_role"], "other"]
METHODS = [method for method in DEFAULTS["method"] if method != "daily_contact"]
SUBTYPES = [*DEFAULTS["daily_weight"], None]
OUR_ROLES = list(DEFAULTS["our_roles"])
ROLES = list(DEFAULTS["role_weight"])
STATUSES = ["active"] * 15 + ["left"] * 2 + ["moved"] + ["unidentified"] * 2


@dataclass
class _Maker:
    """One account in the making: its random numbers, and the rows so far."""

    chance: random.Random
    rows: dict[str, list[Row]] = field(default_factory=lambda: {sheet: [] for sheet in COLUMNS})

    def add(self, sheet: str, **values: Any) -> Row:
        """A row with all columns of its sheet, those not given empty."""
        row: Row = dict.fromkeys(COLUMNS[sheet].split())
        assert set(values) <= set(row), sheet
        row.update(values)
        self.rows[sheet].append(row)
        return row

    def ids(self, sheet: str) -> list[str]:
        """The ids of a sheet's rows."""
        return [row["id"] for row in self.rows[sheet]]

    def maybe(self, probability: float) -> bool:
        """True with this probability."""
        return self.chance.random() < probability

    def one_of(self, choices: list[Any], empty: float = 0.0) -> Any:
        """One of them, or None with the probability `empty`."""
        return None if self.maybe(empty) else self.chance.choice(choices)

    def some(self, choices: list[Any], most: int, least: int = 1) -> list[Any]:
        """A few different ones, as far as there are so many."""
        return self.chance.sample(choices, min(len(choices), self.chance.randint(least, most)))

    def share(self, low: float, high: float) -> float:
        """A number with two decimals between the two."""
        return round(self.chance.uniform(low, high), 2)

    def day(self, earliest: int, latest: int) -> datetime.date:
        """A day so many days from today."""
        return TODAY + datetime.timedelta(days=self.chance.randint(earliest, latest))


def random_account(
    seed: int,
    people: int,
    members: int = 5,
    lines: int | None = None,
    interactions: int | None = None,
    opportunities: int | None = None,
) -> dict[str, list[Row]]:
    """Rows of one account with exactly so many people, members, lines and interactions.

    Left out, lines are about two and a half a person, interactions six a person, opportunities none to three. Contact
    dates are never after TODAY, but may be after an earlier date of reckoning. Raises ValueError where so many lines
    cannot be drawn.
    """
    if people < 1 or members < 0:
        raise ValueError("An account needs people.")
    if lines is not None and lines > people * (people - 1):
        raise ValueError("There are not so many pairs of people.")
    maker = _Maker(random.Random(seed))
    maker.add("accounts", id="acme", name="Acme 集团", industry=maker.one_of(["energy"], 0.5), tier="A")
    _people(maker, people)
    _team(maker, members)
    _networks(maker, min(round(2.5 * people), people * (people - 1)) if lines is None else lines)
    _rivals(maker)
    for number in range(maker.chance.choice((0, 1, 1, 2, 2, 3)) if opportunities is None else opportunities):
        _opportunity(maker, f"opp{number + 1}")
    if members:
        _covers(maker)
    ids = maker.ids("people"), maker.ids("team")
    for number in range(6 * people if interactions is None else interactions):
        _interaction(maker, f"i{number + 1:04}", *ids)
    return maker.rows


def _people(maker: _Maker, count: int) -> None:
    units = [f"u{number}" for number in range(maker.chance.randint(1, 2 + count // 8))]
    for number, unit in enumerate(units):
        parent = maker.one_of(units[:number], 0.3) if number else None
        maker.add("units", id=unit, account="acme", name=f"Unit {number}", parent=parent)
    for number in range(count):
        maker.add(
            "people",
            id=f"p{number + 1:02}",
            account="acme",
            unit=maker.one_of(units, 0.1),
            name=f"Person {number + 1}",
            title=maker.one_of(["Director", "处长", "Engineer"], 0.3),
            level=maker.one_of([1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7], 0.2),
            function=maker.one_of(FUNCTIONS, 0.15),
            status=maker.one_of(STATUSES, 0.2) if number else "active",
            external=maker.one_of([True, False, False, False, False], 0.5),
            adaptability=maker.one_of(list(DEFAULTS["susceptibility"]), 0.4),
            profile=maker.one_of(["go_getter", "teacher", "skeptic", "guide", "friend", "climber", "blocker"], 0.5),
            interests=maker.one_of([["golf"], ["tea", "chess"]], 0.6),
        )


def _team(maker: _Maker, count: int) -> None:
    for number in range(count):
        maker.add(
            "team",
            id=f"m{number + 1}",
            name=f"Member {number + 1}",
            role=OUR_ROLES[number] if number < 5 else maker.one_of(OUR_ROLES),
            level=maker.one_of([2, 3, 4, 5, 6], 0.2),
            knowledge=maker.one_of([1, 2, 3, 4, 5], 0.3),
            skill=maker.one_of([0, 2, 3, 4, 5], 0.3),
            experience=maker.one_of([1, 2, 3, 4, 5], 0.3),
            active=False if number > 0 and maker.maybe(0.12) else maker.one_of([True], 0.2),
        )


def _networks(maker: _Maker, lines: int) -> None:
    people = maker.ids("people")
    for number, person in enumerate(people[1:], start=1):
        if maker.maybe(0.8):
            managers = maker.some(people[max(0, number - 8) : number], 2 if maker.maybe(0.2) else 1)
            for place, manager in enumerate(managers):
                kind = maker.one_of(["solid", "solid", "dotted"], 0.2) if place == 0 else "dotted"
                maker.add("reports_to", person=person, manager=manager, kind=kind)
    for source, target in pairs(maker.chance, people, lines):
        weight = maker.chance.choice((maker.share(0.02, 0.3), maker.share(0.1, 0.9), 1.0 if maker.maybe(0.1) else 0.2))
        maker.add(
            "influences",
            source=source,
            target=target,
            weight=weight,
            basis=maker.one_of(["formal", "expert", "personal", "alliance", "counted"], 0.2),
            confidence=maker.one_of([0.3, 0.6, 1.0], 0.5),
        )
    for a, b in unordered_pairs(maker.chance, people, len(people) // 4):
        maker.add("conflicts", a=a, b=b, intensity=maker.share(0.1, 1))


def _rivals(maker: _Maker) -> None:
    people = maker.ids("people")
    for number in range(maker.chance.randint(0, 3)):
        rival = f"c{number + 1}"
        maker.add("competitors", id=rival, name=f"Rival {number + 1}")
        for person in maker.some(people, 1 + len(people) // 5):
            maker.add("competitor_ties", competitor=rival, person=person, strength=maker.share(0.05, 1))


def _opportunity(maker: _Maker, name: str) -> None:
    bid = None if maker.maybe(0.25) else maker.day(-200, 250)
    maker.add(
        "opportunities",
        id=name,
        account="acme",
        name=f"Project {name}",
        origin=maker.one_of(["self_created", "customer", "partner", "tender"], 0.4),
        grade=maker.one_of(["raw", "credible", "opportunity_lead", "opportunity"], 0.4),
        amount=maker.one_of([1_500_000.0], 0.5),
        budget_confirmed=maker.one_of([True, False], 0.4),
        bid_date=bid,
    )
    if maker.maybe(0.08):
        return  # nobody takes part in it yet
    taking_part = [person for person in maker.ids("people") if maker.maybe(0.4)]
    for person in taking_part:
        _participation(maker, name, person)
    voters = maker.some(maker.ids("people"), 9, least=min(6, 1 + len(maker.rows["people"]) // 10))
    for position in range(maker.chance.choice((0, 1, 2, 3, 3))):
        _step(maker, name, position + 1, voters)


def _participation(maker: _Maker, opportunity: str, person: str) -> None:
    roles = maker.some(ROLES, 2)
    maker.add(
        "participation",
        opportunity=opportunity,
        person=person,
        roles=None if maker.maybe(0.1) else roles,
        stance=maker.one_of([-2, -1, 0, 0, 1, 1, 2, 3], 0.3),
        veto=maker.one_of([True, False, False, False, False], 0.4),
        political_status=maker.one_of(["outside", "outside", "political_structure", "inner_circle"], 0.4),
        response_mode=maker.one_of(["growth", "trouble", "even_keel", "overconfident"], 0.5),
        win=maker.one_of(["a quiet start"], 0.6),
        confidence=maker.one_of([0.3, 0.5, 0.6, 0.8, 1.0], 0.4),
        assessed_on=None if maker.maybe(0.5) else maker.day(-120, 0),
    )


def _step(maker: _Maker, opportunity: str, position: int, voters: list[str]) -> None:
    rule = maker.one_of(["unanimous", "quota", "quota", "single"], 0.15)
    name = f"{opportunity}-s{position}"
    voting = [] if maker.maybe(0.12) else maker.some(voters, 6, least=max(1, len(voters) // 2))
    weights = [maker.one_of([0.0, 1.0, 1.0, 2.0, 4.0, 10.0, 0.5], 0.3) for _ in voting]
    total = sum(1.0 if weight is None else weight for weight in weights)
    quota = None
    if rule == "quota" and total > 0 and maker.maybe(0.6):
        quota = round(maker.chance.uniform(0.2, 1) * total * 2) / 2 or total
    chain = maker.one_of(["technical", "commercial", "overall"], 0.2)
    maker.add(
        "steps",
        id=name,
        opportunity=opportunity,
        position=position,
        name=f"Step {position}",
        chain=chain,
        rule=rule,
        quota=quota,
    )
    for person, weight in zip(voting, weights, strict=True):
        maker.add("votes", step=name, person=person, weight=weight, veto=maker.one_of([True, False, False], 0.5))


def _covers(maker: _Maker) -> None:
    people, members = maker.ids("people"), maker.ids("team")
    for person in people:
        for member in maker.some(members, 2) if maker.maybe(0.6) else []:
            maker.add(
                "covers",
                member=member,
                person=person,
                owner=maker.one_of([True, True, False], 0.2),
                current_level=maker.one_of([0, 1, 1, 2, 3, 4], 0.3),
                target_level=maker.one_of([2, 3, 4], 0.4),
            )
    for number in range(len(people)):
        maker.add(
            "commitments",
            id=f"k{number + 1:03}",
            member=maker.one_of(members),
            person=maker.one_of(people),
            made_by=maker.one_of(["us", "us", "them"]),
            statement="A promise",
            due=maker.day(-200, 60),
            status=maker.one_of(["open", "kept", "kept", "missed"]),
        )


def _interaction(maker: _Maker, name: str, people: list[str], members: list[str]) -> None:
    near = maker.chance.randrange(len(people))
    theirs = maker.some(people[near : near + 6], 4)
    daily = maker.maybe(0.55)
    maker.add(
        "interactions",
        id=name,
        date=TODAY - datetime.timedelta(days=int(maker.chance.expovariate(1 / 90))),
        method="daily_contact" if daily else maker.one_of(METHODS),
        subtype=maker.one_of(SUBTYPES) if daily else None,
        people=theirs,
        members=None if not members or maker.maybe(0.05) else maker.some(members, 3),
        response=maker.one_of(["none", "one_way", "two_way", "two_way", "commitment"], 0.3),
        customer_headcount=maker.one_of([1, len(theirs), len(theirs) + 3, 30], 0.6),
    )
