"""Questions of strategists: why a rank, what if, what next."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from api.answers import brief, comparison, explained, leads, measures_of, plan, team
from api.answers import what_if_of as what_if
from api.changes import touch_of
from api.http.asking import FromDay, Id, LangQuery, PersonId, QuestionOf, StoreOf, ToDay
from api.http.computing.answer import Answer, answer_json
from api.http.computing.computation import bounded
from api.http.computing.route import ComputedRouter
from api.http.problems import documented
from api.http.urls import API
from graph.analysis.ground.as_json import as_json
from graph.analysis.network.groups import informal_groups
from graph.analysis.network.independent_routes import list_independent_routes
from graph.analysis.network.introductions import introductions
from graph.analysis.network.paths import influenced_by
from graph.analysis.persons.explained_json import explained_json
from graph.analysis.persons.weak_points import weak_points
from graph.analysis.scenarios.changes import Change, Stance, Without
from graph.analysis.scenarios.leaving import everybody_leaving
from graph.model.scales import METHOD, SUBTYPE

router = ComputedRouter(prefix=API)
ASKED = documented(400, 404, 421)

MOST_CHANGES = 100

CapacityQuery = Annotated[
    int | None,
    Query(ge=1, le=1000, description="How many people a team member can answer for; else as the calibration says, 12."),
]


Method = Annotated[str, Field(pattern=f"^({'|'.join((*METHOD.by_code, *SUBTYPE.by_code))})$")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class StanceAsked(_Body):
    """Somebody's stance becomes this, from -2 (enemy) to 3 (coach); null is unknown."""

    person: Id
    stance: Annotated[int, Field(ge=-2, le=3)] | None


class TouchAsked(_Body):
    """One of ours meets one of theirs, by a method or a kind of daily contact."""

    member: Id
    person: Id
    method: Method


class WhatIfAsked(_Body):
    """What happens, all together."""

    without: list[Id] = Field(default=[], max_length=MOST_CHANGES)
    stance: list[StanceAsked] = Field(default=[], max_length=MOST_CHANGES)
    touch: list[TouchAsked] = Field(default=[], max_length=MOST_CHANGES)

    def changes(self) -> list[Change]:
        """Who goes, who turns, who is met."""
        return [
            *map(Without, self.without),
            *(Stance(one.person, one.stance) for one in self.stance),
            *(touch_of(one.member, one.person, one.method) for one in self.touch),
        ]


@router.get("/accounts/{account:path}/people/{person:path}/sways", responses=ASKED, summary="Whom a person sways")
def sways(store: StoreOf, question: QuestionOf, person: PersonId, lang: LangQuery = "en") -> Answer:
    """The strongest way from a person to everybody whom they sway."""
    return answer_json(as_json(influenced_by(measures_of(store, question), person), lang))


@router.get("/accounts/{account:path}/people/{person:path}/introductions", responses=ASKED, summary="Who introduces us")
def introductions_to(store: StoreOf, question: QuestionOf, person: PersonId, lang: LangQuery = "en") -> Answer:
    """Who of ours can ask whom for an introduction to a person."""
    return answer_json(as_json(introductions(measures_of(store, question), person), lang))


@router.get(
    "/accounts/{account:path}/people/{person:path}/brief",
    responses=documented(400, 404, 409, 421),
    summary="A visit brief",
)
@bounded(long=True)
def brief_of(
    store: StoreOf,
    question: QuestionOf,
    person: PersonId,
    member: Annotated[Id | None, Query(description="Who of ours goes; the owner or whoever is closest.")] = None,
    lang: LangQuery = "en",
) -> Answer:
    """Background, goals, agenda, questions, what the two share, objections, and the commitment to ask for."""
    return answer_json(as_json(brief(store, question, person, member), lang))


@router.get("/accounts/{account:path}/fewest", responses=ASKED, summary="The fewest to win")
@bounded(long=True)
def fewest(store: StoreOf, question: QuestionOf, lang: LangQuery = "en") -> Answer:
    """The fewest people who hold more than half of the decision, and where the network of theirs is weak."""
    return answer_json(as_json(weak_points(measures_of(store, question)), lang))


@router.get("/accounts/{account:path}/independent", responses=ASKED, summary="Independent routes to the deciders")
@bounded(long=True)
def independent(store: StoreOf, question: QuestionOf, lang: LangQuery = "en") -> Answer:
    """A largest set of routes from our team to the deciders that share nobody before the decider."""
    return answer_json(as_json(list_independent_routes(measures_of(store, question)), lang))


@router.get("/accounts/{account:path}/groups", responses=ASKED, summary="Informal groups across units")
@bounded(long=True)
def groups(store: StoreOf, question: QuestionOf, lang: LangQuery = "en") -> Answer:
    """The groups that recorded influence makes: hub, people, units, and who links each to others."""
    return answer_json(as_json(informal_groups(measures_of(store, question)), lang))


@router.get("/accounts/{account:path}/people/{person:path}", responses=ASKED, summary="Why a person ranks so")
def person_explained(store: StoreOf, question: QuestionOf, person: PersonId, lang: LangQuery = "en") -> Answer:
    """Own vote, through whom and along which way, rank band, place between others, and what is missing."""
    return answer_json(explained_json(explained(store, question, person), lang))


@router.get("/accounts/{account:path}/plan", responses=ASKED, summary="Next best actions")
@bounded(long=True, narrower="plan")
def plan_of(
    store: StoreOf,
    question: QuestionOf,
    days: Annotated[
        int | None, Query(ge=1, le=366, description="How many days ahead; else as the calibration says, 30.")
    ] = None,
    top: Annotated[int, Query(ge=1, le=1000, description="How many actions.")] = 10,
    capacity: CapacityQuery = None,
    lang: LangQuery = "en",
) -> Answer:
    """What to do next, by whom, by when and why; who of ours answers for whom; and what to find out."""
    return answer_json(as_json(plan(store, question, days, top, capacity), lang))


@router.get("/accounts/{account:path}/compare", responses=ASKED, summary="Two days compared")
@bounded(long=True, narrower="days")
def compare_of(
    store: StoreOf,
    question: QuestionOf,
    from_date: FromDay,
    to_date: ToDay = None,
    lang: LangQuery = "en",
) -> Answer:
    """Who came, left and moved, ties won and lost, what moved each measure, who falls below by when."""
    found = comparison(store, question, from_date, to_date or question.as_of)
    return answer_json(as_json(found, lang))


@router.get("/accounts/{account:path}/leads", responses=ASKED, summary="The lead verified")
def leads_of(store: StoreOf, question: QuestionOf, lang: LangQuery = "en") -> Answer:
    """What was said by whom, the grade that it supports, the question that would move it most, what is empty."""
    return answer_json(as_json(leads(store, question), lang))


@router.get("/accounts/{account:path}/team", responses=ASKED, summary="The iron triangle at work")
def team_of(
    store: StoreOf,
    question: QuestionOf,
    capacity: CapacityQuery = None,
    lang: LangQuery = "en",
) -> Answer:
    """Duties, reach, customer time, joint work, load, and who of ours suits whom."""
    return answer_json(as_json(team(store, question, capacity), lang))


@router.get("/accounts/{account:path}/departures", responses=ASKED, summary="If anybody went")
@bounded(long=True)
def departures_of(store: StoreOf, question: QuestionOf, lang: LangQuery = "en") -> Answer:
    """How the account stands without each of theirs and each of ours, the costliest to lose first."""
    return answer_json(as_json(everybody_leaving(measures_of(store, question)), lang))


@router.post("/accounts/{account:path}/what-if", responses=documented(400, 404, 409, 421), summary="Before and after")
@bounded(narrower="what_if")
def what_if_of(store: StoreOf, question: QuestionOf, asked: WhatIfAsked, lang: LangQuery = "en") -> Answer:
    """What moves when people go, turn, or are met; nothing is stored."""
    return answer_json(as_json(what_if(store, question, asked.changes()), lang))
