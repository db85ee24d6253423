"""The example of the template: one small account, every kind once, filled in as a person would."""

from __future__ import annotations

import datetime

from graph.model import (
    Account,
    Claim,
    Commitment,
    Competitor,
    CompetitorTie,
    Conflict,
    Covers,
    DecisionStep,
    Duty,
    Influence,
    Insight,
    Interaction,
    Opportunity,
    OrgUnit,
    Pain,
    Participation,
    Person,
    Proposition,
    ReportsTo,
    TeamMember,
    Vote,
)
from graph.model.dataset import Dataset


def example() -> Dataset:
    """The example's records. They hold together: reading them back finds nothing wrong."""
    day = datetime.date
    return Dataset.collect(
        [
            Account("acme", "Acme Telecom / 顶峰电信", "Telecom / 通信", "A"),
            OrgUnit("net", "acme", "Network / 网络部", "technology"),
            Person("chen", "acme", "net", "Chen Yu / 陈宇", "Director / 总监", 5, "technology"),
            Person(
                "wu", "acme", "net", "Wu Min / 吴敏", "Architect / 架构师", 2, "architecture", interests=("go", "tea")
            ),
            ReportsTo("wu", "chen", "solid"),
            Influence("wu", "chen", 0.6, "expert", 0.8),
            Conflict("chen", "wu", 0.2, "Differ over the supplier / 对供应商看法不同"),
            Opportunity("core", "acme", "New core / 新核心网", "customer", bid_date=day(2027, 3, 31)),
            Participation("core", "chen", ("D", "A"), 1, political_status="inner_circle", confidence=0.7),
            DecisionStep("core-1", "core", 1, "Technical vote / 技术评审", "technical", "quota"),
            Vote("core-1", "chen", 2.0, True),
            Pain("p1", "chen", "core", "Outages / 断网", "painful", 0.8),
            Claim("c1", "core", "budget", "Approved / 已批", "wu", day(2026, 11, 2), "supports", 0.7),
            Insight("core", "market", "growth phase / 成长期", "Traffic doubles / 流量翻倍", "wu", day(2026, 11, 2)),
            Proposition("core", "need_fit", "Shortest cut-over / 割接最短", 4.0, 3.0, ("chen",)),
            TeamMember("li", "Li Na / 李娜", "AR", 4, 4.0, 4.0, 3.0),
            Covers("li", "chen", True, 2, 3),
            Interaction("i1", day(2026, 11, 2), "daily_contact", "visit", ("chen", "wu"), ("li",), "two_way"),
            Commitment("k1", "li", "chen", "us", "Send the plan / 送方案", day(2026, 12, 1), "open"),
            Duty("acme", "sales_lead", "li"),
            Competitor("rival", "Rival / 对手"),
            CompetitorTie("rival", "chen", 0.4, "Golf with the rival / 常与对手打球"),
        ]
    )
