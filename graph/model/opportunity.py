"""Record kinds of an opportunity: participation, decision steps, votes, pains, claims, insights, propositions."""

from __future__ import annotations

import datetime
from typing import Annotated

from graph.model.columns import FieldClass, Link, column
from graph.model.fields import Amount, Position, Positive, Reliability, Score, Share, StanceNumber
from graph.model.kind import Edge, record
from graph.model.scales import (
    CHAIN,
    ELEMENT,
    GRADE,
    LENS,
    ORIGIN,
    PAIN_STATE,
    POLARITY,
    POLITICAL_STATUS,
    RESPONSE_MODE,
    ROLE,
    RULE,
    STANCE,
)

INTERNAL, RESTRICTED = FieldClass.INTERNAL, FieldClass.RESTRICTED


@record("opportunities", "机会", "What the customer will decide.", "客户将要做的决定。", label="Opportunity")
class Opportunity:
    """A purchase decision of an account that the team wants to win."""

    id: Annotated[str, column("机会编号", key=True)]
    account: Annotated[str, column("客户", ref="accounts", link=Link("FOR_ACCOUNT"))]
    name: Annotated[str | None, column("机会名称")] = None
    origin: Annotated[str | None, column("来源", see=INTERNAL, scale=ORIGIN)] = None
    first_seen: Annotated[datetime.date | None, column("首次发现", see=INTERNAL)] = None
    grade: Annotated[str | None, column("线索等级", see=INTERNAL, scale=GRADE)] = None
    stage: Annotated[str | None, column("阶段", see=INTERNAL)] = None
    amount: Annotated[Amount | None, column("金额", see=INTERNAL)] = None
    currency: Annotated[str | None, column("币种", see=INTERNAL)] = None
    budget_confirmed: Annotated[bool | None, column("预算已确认", see=INTERNAL)] = None
    start_date: Annotated[datetime.date | None, column("启动日期", see=INTERNAL)] = None
    bid_date: Annotated[datetime.date | None, column("投标日期", see=INTERNAL)] = None
    decision_date: Annotated[datetime.date | None, column("决策日期", see=INTERNAL)] = None


@record(
    "participation",
    "参与",
    "What a person is in one opportunity: roles, stance, what they want from it.",
    "某人在某一机会中的角色、立场与诉求。",
    edge=Edge("PARTICIPATES_IN", "person", "opportunity"),
)
class Participation:
    """A person's part in one opportunity. An empty stance is unknown, never neutral."""

    opportunity: Annotated[str, column("机会", key=True, ref="opportunities")]
    person: Annotated[str, column("人员", key=True, ref="people")]
    roles: Annotated[
        tuple[str, ...],
        column("角色", "D A E P I U G S N, separated by ;", "D A E P I U G S N，用 ; 分隔", see=INTERNAL, scale=ROLE),
    ] = ()
    stance: Annotated[
        StanceNumber | None,
        column(
            "立场",
            "3 coach to -2 enemy; empty is unknown.",
            "3 教练至 -2 死敌；留空为未知。",
            see=RESTRICTED,
            scale=STANCE,
        ),
    ] = None
    veto: Annotated[bool | None, column("否决权", see=INTERNAL)] = None
    political_status: Annotated[str | None, column("政治地位", see=INTERNAL, scale=POLITICAL_STATUS)] = None
    response_mode: Annotated[str | None, column("反应模式", see=INTERNAL, scale=RESPONSE_MODE)] = None
    win: Annotated[
        str | None, column("个人赢", "What the person wants personally.", "个人想要什么。", see=RESTRICTED)
    ] = None
    confidence: Annotated[
        Share | None, column("把握", "In the stance: above 0, at most 1.", "对立场的把握：大于0，至多1。", see=INTERNAL)
    ] = None
    assessed_on: Annotated[datetime.date | None, column("评估日期", see=INTERNAL)] = None


@record("steps", "决策步骤", "The steps of the decision.", "决策的步骤。", label="DecisionStep")
class DecisionStep:
    """A step that the decision must pass. A committee has a quota; an empty quota is more than half of the weight."""

    id: Annotated[str, column("步骤编号", key=True)]
    opportunity: Annotated[str, column("机会", ref="opportunities", link=Link("OF"))]
    position: Annotated[Position | None, column("顺序", "1, 2, 3 …", "1、2、3……")] = None
    name: Annotated[str | None, column("步骤名称")] = None
    chain: Annotated[str | None, column("决策链", scale=CHAIN)] = None
    rule: Annotated[
        str | None,
        column(
            "规则",
            "An evaluation committee is a quota, not unanimous; empty is unanimous.",
            "评标委员会是“达到票数”，不是“一致同意”；留空即一致同意。",
            scale=RULE,
        ),
    ] = None
    quota: Annotated[
        Positive | None, column("票数", "Empty quota: more than half of the weight.", "留空：超过权重的一半。")
    ] = None


@record(
    "votes",
    "投票",
    "Who votes in which step.",
    "谁在哪一步投票。",
    edge=Edge("VOTES_IN", "person", "step"),
)
class Vote:
    """A person's vote in a step."""

    step: Annotated[str, column("步骤", key=True, ref="steps")]
    person: Annotated[str, column("人员", key=True, ref="people")]
    weight: Annotated[Amount | None, column("票重", "Empty is 1.", "留空为1。")] = None
    veto: Annotated[bool | None, column("否决权")] = None


@record("pains", "痛点", "What hurts whom.", "谁的什么问题。", label="Pain")
class Pain:
    """A problem that a person has."""

    id: Annotated[str, column("痛点编号", key=True)]
    person: Annotated[str, column("人员", see=RESTRICTED, ref="people", link=Link("HAS_PAIN", outgoing=False))]
    opportunity: Annotated[str | None, column("机会", see=RESTRICTED, ref="opportunities", link=Link("ABOUT"))] = None
    statement: Annotated[str | None, column("陈述", see=RESTRICTED)] = None
    state: Annotated[str | None, column("痛点状态", see=RESTRICTED, scale=PAIN_STATE)] = None
    severity: Annotated[Share | None, column("严重程度", see=RESTRICTED)] = None


@record(
    "claims", "说法", "What somebody told us about the opportunity.", "有人告诉我们的关于机会的说法。", label="Claim"
)
class Claim:
    """A statement about the opportunity, with its source."""

    id: Annotated[str, column("说法编号", key=True)]
    opportunity: Annotated[str, column("机会", see=RESTRICTED, ref="opportunities", link=Link("ABOUT"))]
    topic: Annotated[
        str,
        column(
            "主题",
            "customer_defined, intent, fit, pain, budget, start_date, stance:<person> …",
            "customer_defined、intent、fit、pain、budget、start_date、stance:<人员> ……",
            see=RESTRICTED,
        ),
    ]
    statement: Annotated[str | None, column("陈述", see=RESTRICTED)] = None
    source_person: Annotated[str | None, column("消息来源", see=RESTRICTED, ref="people", link=Link("TOLD_BY"))] = None
    date: Annotated[datetime.date | None, column("日期", see=RESTRICTED)] = None
    polarity: Annotated[
        str | None, column("印证", "Empty is supports.", "留空为支持。", see=RESTRICTED, scale=POLARITY)
    ] = None
    reliability: Annotated[
        Reliability | None, column("可靠度", "0.5 to 0.95; empty is .70.", "0.5 至 0.95；留空为 .70。", see=RESTRICTED)
    ] = None


@record("insights", "洞察", "What we know in the four lenses.", "四个视角下我们所知道的。", label="Insight")
class Insight:
    """A finding about the opportunity, seen through one of the four lenses."""

    opportunity: Annotated[str, column("机会", key=True, ref="opportunities", link=Link("ABOUT"))]
    lens: Annotated[str, column("视角", key=True, scale=LENS)]
    aspect: Annotated[
        str, column("方面", "A few words: new market, growth phase.", "几个字：新市场、成长期。", key=True)
    ]
    statement: Annotated[str | None, column("陈述", see=INTERNAL)] = None
    source_person: Annotated[str | None, column("消息来源", see=INTERNAL, ref="people", link=Link("TOLD_BY"))] = None
    date: Annotated[datetime.date | None, column("日期", see=INTERNAL)] = None


@record(
    "propositions",
    "价值主张",
    "The four elements of our value, ours against the rival's.",
    "价值四要素：我方与对手。",
    label="Proposition",
)
class Proposition:
    """One of the four elements of the offered value, with the team's score and the rival's."""

    opportunity: Annotated[str, column("机会", key=True, ref="opportunities", link=Link("FOR"))]
    element: Annotated[str, column("要素", key=True, scale=ELEMENT)]
    statement: Annotated[str | None, column("陈述", see=INTERNAL)] = None
    ours: Annotated[Score | None, column("我方得分", "0 to 5", "0 至 5", see=INTERNAL)] = None
    rival: Annotated[Score | None, column("对手得分", "0 to 5", "0 至 5", see=INTERNAL)] = None
    matters_to: Annotated[
        tuple[str, ...],
        column(
            "看重者", "People, separated by ;", "人员，用 ; 分隔", see=INTERNAL, ref="people", link=Link("MATTERS_TO")
        ),
    ] = ()
