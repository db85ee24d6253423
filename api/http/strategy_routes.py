"""Questions of strategists: why a rank, what if, what next."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from api.http.asking import FromDay, Id, LangQuery, PersonId, QuestionOf, ToDay
from api.http.computing.answer import Answer, answer_json
from api.http.computing.computation import bounded, of_all_accounts
from api.http.computing.route import ComputedRouter
from api.http.problems import documented
from api.http.urls import API
from graph.analysis.ground.as_json import as_json
from graph.analysis.persons.explain import explained_json
from graph.analysis.scenarios.changes import Change, Stance, Without
from graph.analysis.scenarios.written_changes import touch_of
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
    """A team member meets a stakeholder, by a method or a kind of daily contact."""

    member: Id
    person: Id
    method: Method


class WhatIfAsked(_Body):
    """The changes, all made together."""

    without: list[Id] = Field(default=[], max_length=MOST_CHANGES)
    stance: list[StanceAsked] = Field(default=[], max_length=MOST_CHANGES)
    touch: list[TouchAsked] = Field(default=[], max_length=MOST_CHANGES)

    def changes(self) -> list[Change]:
        """The changes: departures, stances, meetings."""
        return [
            *map(Without, self.without),
            *(Stance(change.person, change.stance) for change in self.stance),
            *(touch_of(change.member, change.person, change.method) for change in self.touch),
        ]


@router.get("/accounts/{account:path}/people/{person:path}/sways", responses=ASKED, summary="Whom a person sways")
def sways(question: QuestionOf, person: PersonId, lang: LangQuery = "en") -> Answer:
    """The strongest path from a person to everybody whom they influence."""
    return answer_json(as_json(question.account().whom(person), lang))


@router.get("/accounts/{account:path}/people/{person:path}/introductions", responses=ASKED, summary="Who introduces us")
def introductions_to(question: QuestionOf, person: PersonId, lang: LangQuery = "en") -> Answer:
    """The introductions to a person: which team member can ask which stakeholder."""
    return answer_json(as_json(question.account().introductions(person), lang))


@router.get(
    "/accounts/{account:path}/people/{person:path}/brief",
    responses=documented(400, 404, 409, 421),
    summary="A visit brief",
)
@bounded(long=True)
def brief_of(
    question: QuestionOf,
    person: PersonId,
    member: Annotated[Id | None, Query(description="The team member who goes; else the owner or the closest.")] = None,
    lang: LangQuery = "en",
) -> Answer:
    """Background, goals, agenda, questions, what the two share, objections, and the commitment to ask for."""
    return answer_json(as_json(question.account().brief(person, member), lang))


@router.get("/accounts/{account:path}/fewest", responses=ASKED, summary="The fewest to win")
@bounded(long=True)
def fewest(question: QuestionOf, lang: LangQuery = "en") -> Answer:
    """The fewest people who hold more than half of the decision, and where their network is weak."""
    return answer_json(as_json(question.account().weak_points, lang))


@router.get("/accounts/{account:path}/independent", responses=ASKED, summary="Independent routes to the deciders")
@bounded(long=True)
def independent(question: QuestionOf, lang: LangQuery = "en") -> Answer:
    """A largest set of routes from our team to the deciders that share nobody before the decider."""
    return answer_json(as_json(question.account().independent_routes, lang))


@router.get("/accounts/{account:path}/groups", responses=ASKED, summary="Informal groups across units")
@bounded(long=True)
def groups(question: QuestionOf, lang: LangQuery = "en") -> Answer:
    """The groups that recorded influence makes: hub, people, units, and who links each to others."""
    return answer_json(as_json(question.account().groups, lang))


@router.get("/accounts/{account:path}/people/{person:path}", responses=ASKED, summary="Why a person ranks so")
def person_explained(question: QuestionOf, person: PersonId, lang: LangQuery = "en") -> Answer:
    """Own vote, through whom and along which way, rank band, place between others, and what is missing."""
    return answer_json(explained_json(question.account().explained(person), lang))


@router.get("/accounts/{account:path}/plan", responses=ASKED, summary="Next best actions")
@bounded(long=True, narrower="plan")
def plan_of(
    question: QuestionOf,
    days: Annotated[
        int | None, Query(ge=1, le=366, description="How many days ahead; else as the calibration says, 30.")
    ] = None,
    top: Annotated[int, Query(ge=1, le=1000, description="How many actions.")] = 10,
    capacity: CapacityQuery = None,
    lang: LangQuery = "en",
) -> Answer:
    """The next best actions with person, day and reason; the assignment of members to people; what to find out."""
    return answer_json(as_json(question.account().plan(days, top, capacity), lang))


@router.get("/accounts/{account:path}/compare", responses=ASKED, summary="Two days compared")
@bounded(long=True, narrower="days")
def compare_of(
    question: QuestionOf,
    from_date: FromDay,
    to_date: ToDay = None,
    lang: LangQuery = "en",
) -> Answer:
    """People who came, left and moved, ties won and lost, causes of each measure, ties about to fall and by when."""
    comparison = question.store.compare(
        question.id, from_date, to_date or question.as_of, question.opportunity, question.calibration
    )
    return answer_json(as_json(comparison, lang))


@router.get("/accounts/{account:path}/leads", responses=ASKED, summary="The lead verified")
def leads_of(question: QuestionOf, lang: LangQuery = "en") -> Answer:
    """The claims by source, the grade that they support, the question that would move it most, what is empty."""
    return answer_json(as_json(question.account().leads, lang))


@router.get("/accounts/{account:path}/team", responses=ASKED, summary="The iron triangle at work")
@of_all_accounts
def team_of(
    question: QuestionOf,
    capacity: CapacityQuery = None,
    lang: LangQuery = "en",
) -> Answer:
    """Duties, reach, customer time, joint work, load, and which team member suits whom."""
    return answer_json(as_json(question.account().team(capacity), lang))


@router.get("/accounts/{account:path}/departures", responses=ASKED, summary="If anybody went")
@bounded(long=True)
def departures_of(question: QuestionOf, lang: LangQuery = "en") -> Answer:
    """How the account stands without each stakeholder and each team member, the costliest to lose first."""
    return answer_json(as_json(question.account().departures, lang))


@router.post("/accounts/{account:path}/what-if", responses=documented(400, 404, 409, 421), summary="Before and after")
@bounded(narrower="what_if")
def what_if_of(question: QuestionOf, asked: WhatIfAsked, lang: LangQuery = "en") -> Answer:
    """The differences when people go, turn, or are met; nothing is stored."""
    account = question.account()
    return answer_json(as_json(account.difference(account.changed(asked.changes())), lang))
