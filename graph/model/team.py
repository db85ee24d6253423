"""Record kinds of the team: members, coverage, interactions, commitments, duties; and competitors."""

from __future__ import annotations

import datetime
from typing import Annotated

from graph.model.columns import FieldClass, Link, column
from graph.model.fields import Count, LevelNumber, RelationshipNumber, Score, Share
from graph.model.kind import Edge, record
from graph.model.scales import (
    COMMITMENT_STATUS,
    DUTY,
    LEVEL,
    MADE_BY,
    METHOD,
    RELATIONSHIP_LEVEL,
    RESPONSE,
    SUBTYPE,
    TEAM_ROLE,
)

INTERNAL, RESTRICTED = FieldClass.INTERNAL, FieldClass.RESTRICTED


@record("team", "我方团队", "Our own people.", "我方人员。", label="TeamMember")
class TeamMember:
    """A member of the account team."""

    id: Annotated[str, column("成员编号", key=True)]
    name: Annotated[str | None, column("姓名")] = None
    role: Annotated[str | None, column("铁三角角色", scale=TEAM_ROLE)] = None
    level: Annotated[LevelNumber | None, column("级别", scale=LEVEL)] = None
    knowledge: Annotated[Score | None, column("知识", "0 to 5", "0 至 5", see=INTERNAL)] = None
    skill: Annotated[Score | None, column("技能", "0 to 5", "0 至 5", see=INTERNAL)] = None
    experience: Annotated[Score | None, column("经验", "0 to 5", "0 至 5", see=INTERNAL)] = None
    active: Annotated[bool | None, column("在岗", "Empty is yes.", "留空为是。")] = None
    background: Annotated[tuple[str, ...], column("背景", "Separated by ;", "用 ; 分隔", see=INTERNAL)] = ()
    interests: Annotated[tuple[str, ...], column("兴趣", "Separated by ;", "用 ; 分隔", see=INTERNAL)] = ()
    addresses: Annotated[
        tuple[str, ...],
        column("邮箱", "Mail addresses, separated by ;", "邮箱地址，用 ; 分隔", see=INTERNAL),
    ] = ()


@record(
    "covers",
    "覆盖",
    "The team members who look after a stakeholder.",
    "我方谁负责谁。",
    edge=Edge("COVERS", "member", "person"),
)
class Covers:
    """That a team member looks after a stakeholder, and the level of their relationship."""

    member: Annotated[str, column("成员", key=True, ref="team")]
    person: Annotated[str, column("人员", key=True, ref="people")]
    owner: Annotated[
        bool | None, column("主责", "The one who answers for the relationship.", "对该关系负责的人。", see=INTERNAL)
    ] = None
    current_level: Annotated[RelationshipNumber | None, column("当前关系", see=INTERNAL, scale=RELATIONSHIP_LEVEL)] = (
        None
    )
    target_level: Annotated[RelationshipNumber | None, column("目标关系", see=INTERNAL, scale=RELATIONSHIP_LEVEL)] = (
        None
    )


@record(
    "interactions", "互动", "Every contact, by one of the ten methods.", "每一次接触，按十大方法。", label="Interaction"
)
class Interaction:
    """A contact between team members and stakeholders."""

    id: Annotated[str, column("互动编号", key=True)]
    date: Annotated[datetime.date, column("日期", see=INTERNAL)]
    method: Annotated[str, column("方法", see=INTERNAL, scale=METHOD)]
    subtype: Annotated[str | None, column("细分", see=INTERNAL, scale=SUBTYPE)] = None
    people: Annotated[
        tuple[str, ...],
        column("客户人员", "Separated by ;", "用 ; 分隔", see=INTERNAL, ref="people", link=Link("INVOLVES")),
    ] = ()
    members: Annotated[
        tuple[str, ...],
        column("我方成员", "Separated by ;", "用 ; 分隔", see=INTERNAL, ref="team", link=Link("INVOLVES")),
    ] = ()
    response: Annotated[
        str | None,
        column(
            "回应",
            "Empty is two-way; one-way for letters and messages.",
            "留空为双向；信函与消息为单向。",
            see=INTERNAL,
            scale=RESPONSE,
        ),
    ] = None
    customer_headcount: Annotated[Count | None, column("客户人数", see=INTERNAL)] = None
    source: Annotated[str | None, column("出处", see=INTERNAL)] = None
    notes: Annotated[str | None, column("备注", see=RESTRICTED)] = None


@record(
    "commitments",
    "承诺",
    "What was promised, by whom, and whether it was kept.",
    "谁承诺了什么，是否兑现。",
    label="Commitment",
)
class Commitment:
    """A promise between a team member and a stakeholder."""

    id: Annotated[str, column("承诺编号", key=True)]
    member: Annotated[str, column("成员", see=INTERNAL, ref="team", link=Link("BETWEEN"))]
    person: Annotated[str, column("人员", see=INTERNAL, ref="people", link=Link("BETWEEN"))]
    made_by: Annotated[str, column("承诺方", see=INTERNAL, scale=MADE_BY)]
    statement: Annotated[str | None, column("陈述", see=RESTRICTED)] = None
    due: Annotated[datetime.date | None, column("到期日", see=INTERNAL)] = None
    status: Annotated[
        str | None, column("兑现情况", "Empty is open.", "留空为未到期。", see=INTERNAL, scale=COMMITMENT_STATUS)
    ] = None


@record(
    "duties",
    "职责",
    "The duties of the iron triangle; without a member a duty is open.",
    "铁三角职责；没有成员的职责为空缺。",
    edge=Edge("RESPONSIBLE_FOR", "member", "account"),
)
class Duty:
    """A duty of the iron triangle for an account, and the team member who has it."""

    account: Annotated[str, column("客户", key=True, ref="accounts")]
    duty: Annotated[str, column("职责", key=True, scale=DUTY)]
    member: Annotated[str | None, column("成员", ref="team")] = None
    notes: Annotated[str | None, column("备注", see=RESTRICTED)] = None


@record("competitors", "竞争对手", "The rivals.", "竞争对手。", label="Competitor")
class Competitor:
    """A competitor."""

    id: Annotated[str, column("对手编号", key=True)]
    name: Annotated[str | None, column("对手名称")] = None
    strategy: Annotated[str | None, column("策略", see=INTERNAL)] = None
    strengths: Annotated[str | None, column("优势", see=INTERNAL)] = None
    weaknesses: Annotated[str | None, column("劣势", see=INTERNAL)] = None


@record(
    "competitor_ties",
    "对手关系",
    "Whom the rival holds, and how firmly.",
    "对手与谁有关系，有多牢。",
    edge=Edge("TIED_TO", "competitor", "person"),
)
class CompetitorTie:
    """The tie of a competitor to a stakeholder."""

    competitor: Annotated[str, column("对手", see=RESTRICTED, key=True, ref="competitors")]
    person: Annotated[str, column("人员", see=RESTRICTED, key=True, ref="people")]
    strength: Annotated[Share, column("强度", "Above 0, at most 1.", "大于0，至多1。", see=RESTRICTED)]
    evidence: Annotated[str | None, column("证据", see=RESTRICTED)] = None
