"""The example of the blank template: one small account with a record of every kind."""

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
    """The records of the example. They are consistent: reading them back finds no error."""
    day = datetime.date
    return Dataset.collect(
        [
            Account(id="acme", name="Acme Telecom / 顶峰电信", industry="Telecom / 通信", tier="A"),
            OrgUnit(id="net", account="acme", name="Network / 网络部", function="technology"),
            Person(
                id="chen",
                account="acme",
                unit="net",
                name="Chen Yu / 陈宇",
                title="Director / 总监",
                level=5,
                function="technology",
            ),
            Person(
                id="wu",
                account="acme",
                unit="net",
                name="Wu Min / 吴敏",
                title="Architect / 架构师",
                level=2,
                function="architecture",
                interests=("go", "tea"),
            ),
            ReportsTo(person="wu", manager="chen", kind="solid"),
            Influence(source="wu", target="chen", weight=0.6, basis="expert", confidence=0.8),
            Conflict(a="chen", b="wu", intensity=0.2, evidence="Differ over the supplier / 对供应商看法不同"),
            Opportunity(
                id="core", account="acme", name="New core / 新核心网", origin="customer", bid_date=day(2027, 3, 31)
            ),
            Participation(
                opportunity="core",
                person="chen",
                roles=("D", "A"),
                stance=1,
                political_status="inner_circle",
                confidence=0.7,
            ),
            DecisionStep(
                id="core-1",
                opportunity="core",
                position=1,
                name="Technical vote / 技术评审",
                chain="technical",
                rule="quota",
            ),
            Vote(step="core-1", person="chen", weight=2.0, veto=True),
            Pain(id="p1", person="chen", opportunity="core", statement="Outages / 断网", state="painful", severity=0.8),
            Claim(
                id="c1",
                opportunity="core",
                topic="budget",
                statement="Approved / 已批",
                source_person="wu",
                date=day(2026, 11, 2),
                polarity="supports",
                reliability=0.7,
            ),
            Insight(
                opportunity="core",
                lens="market",
                aspect="growth phase / 成长期",
                statement="Traffic doubles / 流量翻倍",
                source_person="wu",
                date=day(2026, 11, 2),
            ),
            Proposition(
                opportunity="core",
                element="need_fit",
                statement="Shortest cut-over / 割接最短",
                ours=4.0,
                rival=3.0,
                matters_to=("chen",),
            ),
            TeamMember(id="li", name="Li Na / 李娜", role="AR", level=4, knowledge=4.0, skill=4.0, experience=3.0),
            Covers(member="li", person="chen", owner=True, current_level=2, target_level=3),
            Interaction(
                id="i1",
                date=day(2026, 11, 2),
                method="daily_contact",
                subtype="visit",
                people=("chen", "wu"),
                members=("li",),
                response="two_way",
            ),
            Commitment(
                id="k1",
                member="li",
                person="chen",
                made_by="us",
                statement="Send the plan / 送方案",
                due=day(2026, 12, 1),
                status="open",
            ),
            Duty(account="acme", duty="sales_lead", member="li"),
            Competitor(id="rival", name="Rival / 对手"),
            CompetitorTie(
                competitor="rival", person="chen", strength=0.4, evidence="Golf with the rival / 常与对手打球"
            ),
        ]
    )
