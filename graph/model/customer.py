"""Record kinds of the customer: accounts, units, people, reporting lines, influences, conflicts."""

from __future__ import annotations

from typing import Annotated

from graph.model.columns import FieldClass, Link, column
from graph.model.fields import LevelNumber, Share
from graph.model.kind import Edge, record
from graph.model.scales import ADAPTABILITY, BASIS, FUNCTION, LEVEL, PROFILE, REPORTING, STATUS, TIER

INTERNAL, RESTRICTED = FieldClass.INTERNAL, FieldClass.RESTRICTED


@record("accounts", "客户", "The customers.", "我们的客户。", label="Account")
class Account:
    """A customer organisation."""

    id: Annotated[str, column("客户编号", "Your own short name for it.", "自定的简短编号。", key=True)]
    name: Annotated[str | None, column("客户名称", "Both scripts: Latin / 中文.", "双语写法：Latin / 中文。")] = None
    industry: Annotated[str | None, column("行业")] = None
    tier: Annotated[str | None, column("客户等级", scale=TIER)] = None
    strategy: Annotated[str | None, column("客户战略", see=INTERNAL)] = None
    notes: Annotated[str | None, column("备注", see=RESTRICTED)] = None


@record("units", "部门", "Departments; the root unit has no parent.", "部门；根部门没有上级。", label="OrgUnit")
class OrgUnit:
    """A department of an account."""

    id: Annotated[str, column("部门编号", key=True)]
    account: Annotated[str, column("客户", ref="accounts", link=Link("PART_OF"))]
    name: Annotated[str | None, column("部门名称")] = None
    function: Annotated[str | None, column("部门职能", scale=FUNCTION)] = None
    parent: Annotated[str | None, column("上级部门", "A unit id.", "部门编号。", ref="units", link=Link("PART_OF"))] = (
        None
    )


@record(
    "people",
    "人员",
    "The customer's people; a seat whose holder nobody knows has status unidentified.",
    "客户方人员；尚不知由谁担任的席位填“未识别”。",
    label="Person",
)
class Person:
    """A stakeholder of an account, or a seat whose holder is not known yet."""

    id: Annotated[str, column("人员编号", key=True)]
    account: Annotated[str, column("客户", ref="accounts", link=Link("WORKS_AT"))]
    unit: Annotated[str | None, column("部门", ref="units", link=Link("MEMBER_OF"))] = None
    name: Annotated[str | None, column("姓名")] = None
    title: Annotated[str | None, column("职务")] = None
    level: Annotated[
        LevelNumber | None,
        column(
            "级别", "1 staff to 7 chief executive; empty is inferred.", "1 员工至 7 最高层；留空则推断。", scale=LEVEL
        ),
    ] = None
    function: Annotated[str | None, column("职能", scale=FUNCTION)] = None
    status: Annotated[str | None, column("状态", "Empty is active.", "留空即在职。", scale=STATUS)] = None
    external: Annotated[
        bool | None, column("外部人士", "Consultant, former executive, partner.", "顾问、前高管、伙伴。")
    ] = None
    adaptability: Annotated[
        str | None, column("适应性", "How easily swayed.", "是否易受影响。", see=INTERNAL, scale=ADAPTABILITY)
    ] = None
    orientation: Annotated[str | None, column("取向", see=INTERNAL)] = None
    profile: Annotated[str | None, column("画像", see=INTERNAL, scale=PROFILE)] = None
    interests: Annotated[tuple[str, ...], column("兴趣", "Separated by ;", "用 ; 分隔", see=INTERNAL)] = ()
    background: Annotated[tuple[str, ...], column("背景", "Separated by ;", "用 ; 分隔", see=INTERNAL)] = ()
    kpis: Annotated[tuple[str, ...], column("考核指标", "Separated by ;", "用 ; 分隔", see=INTERNAL)] = ()
    notes: Annotated[str | None, column("备注", see=RESTRICTED)] = None
    addresses: Annotated[
        tuple[str, ...],
        column("邮箱", "Mail addresses, separated by ;", "邮箱地址，用 ; 分隔", see=INTERNAL),
    ] = ()


@record(
    "reports_to",
    "汇报关系",
    "Who reports to whom: the prescribed organisation.",
    "谁向谁汇报：正式的组织。",
    edge=Edge("REPORTS_TO", "person", "manager"),
)
class ReportsTo:
    """A reporting line."""

    person: Annotated[str, column("人员", key=True, ref="people")]
    manager: Annotated[str, column("上级", key=True, ref="people")]
    kind: Annotated[str | None, column("汇报类型", "Empty is solid.", "留空即实线。", scale=REPORTING)] = None


@record(
    "influences",
    "影响关系",
    "Who sways whom: the target listens to the source.",
    "谁影响谁：目标听从来源。",
    edge=Edge("INFLUENCES", "source", "target"),
)
class Influence:
    """A line of influence from `source` to `target`: the target listens to the source."""

    source: Annotated[str, column("影响者", key=True, ref="people")]
    target: Annotated[str, column("被影响者", key=True, ref="people")]
    weight: Annotated[
        Share,
        column(
            "权重",
            "Above 0, at most 1: the share of the target's ear.",
            "大于0，至多1：占被影响者所听的比重。",
            see=INTERNAL,
        ),
    ]
    basis: Annotated[str | None, column("依据", see=INTERNAL, scale=BASIS)] = None
    confidence: Annotated[Share | None, column("把握", "Above 0, at most 1.", "大于0，至多1。", see=INTERNAL)] = None
    evidence: Annotated[str | None, column("证据", see=RESTRICTED)] = None


@record(
    "conflicts",
    "冲突关系",
    "Who is at odds with whom.",
    "谁与谁不和。",
    edge=Edge("CONFLICTS_WITH", "a", "b", directed=False),
)
class Conflict:
    """A conflict between two people; it has no direction."""

    a: Annotated[str, column("甲方", key=True, ref="people")]
    b: Annotated[str, column("乙方", key=True, ref="people")]
    intensity: Annotated[Share | None, column("强度", "Above 0, at most 1.", "大于0，至多1。", see=INTERNAL)] = None
    evidence: Annotated[str | None, column("证据", see=RESTRICTED)] = None
