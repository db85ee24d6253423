"""Results as pandas DataFrames: one row a person, gap, tie, line, hop, action, opportunity or change.

Every frame has a plain row index, the columns and dtypes of its docstring, and what the result knows of its account,
date and calibration in `attrs`. What is unknown is NA (NaT for days), never 0. The words of a scale are ordered
categories, so that `frame[frame.band >= "high"]` works. Lists are Python lists. pandas is imported when a frame is
made.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graph.model.scales import BASIS, METHOD, STANCE, STATUS, SUBTYPE, TEAM_ROLE, TIER

if TYPE_CHECKING:
    from pandas import DataFrame

    from graph.analysis.measures.measures import Measures
    from graph.analysis.network.influence_network import InfluencePaths
    from graph.analysis.planning.plan import Plan
    from graph.analysis.report.results import CoverageReport
    from graph.store.protocol import AccountSummary, JournalEntry

Categories = tuple[Hashable, ...]
Dtype = str | Categories
"""A dtype of pandas by name, or the categories of a scale, the lowest first."""

TEXT, DAY, MAYBE_NUMBER, MAYBE_COUNT, LIST = "string", "datetime64[s]", "Float64", "Int64", "object"
NUMBER, COUNT, FLAG = "float64", "int64", "bool"
BANDS: Categories = ("low", "medium", "high", "critical")
TRAFFIC_LIGHT: Categories = ("red", "amber", "green")
CHANGES: Categories = ("added", "changed", "removed")
HOPS: Categories = ("connection", "influence")
SIDES: Categories = ("member", "person")
STANCES: Categories = tuple(sorted(map(int, STANCE.by_code)))
TIERS: Categories = tuple(reversed(TIER.by_code))


def accounts_frame(summaries: Iterable[AccountSummary]) -> DataFrame:
    """Accounts, in the order given.

    Columns:
        id                   string           the account
        name                 string
        tier                 category         C < B < A < S
        people               int64            how many are stored
        opportunities        int64
        interactions         int64
        last_contact         datetime64[s]    the day of the last interaction
    """
    columns: dict[str, Dtype] = {
        "id": TEXT,
        "name": TEXT,
        "tier": TIERS,
        "people": COUNT,
        "opportunities": COUNT,
        "interactions": COUNT,
        "last_contact": DAY,
    }
    rows = [
        (
            summary.id,
            summary.name,
            summary.tier,
            summary.people,
            summary.opportunities,
            summary.interactions,
            summary.last_interaction,
        )
        for summary in summaries
    ]
    return _frame(columns, rows)


def people_frame(report: CoverageReport, more: Mapping[str, Mapping[str, float]] | None = None) -> DataFrame:
    """The people of a report, by decision influence, with the keys that they have in the report's JSON.

    Args:
        report: the coverage report.
        more: further columns by name, each with a number for some of the people by id (a centrality, say).

    Columns:
        id                   string           the person
        name                 string
        title                string
        level                float64          1 to 7
        level_inferred       bool             whether the level is worked out, not recorded
        unit                 string           the id of the unit
        status               category         active, left, … in the order of the scale
        roles                object           list of codes, empty without a role
        stance               category         -2 < … < 3
        phi                  float64          share of the votes' power, 0 to 1
        role_power           float64          0 to 1
        formal_power         float64          0 to 1
        decision_influence   float64          sums to 1 over the people
        turned_to_by         int64            how many people this one sways
        connection_strength  float64          of the whole team, 0 to 1
        required_strength    float64          by the coverage standard, 0 to 1
        cadence              int64            days
        coverage             float64          0 to 1
        competitor_strength  float64          0 to 1
        trust                float64          in the member who is trusted most, 0 to 1
        final_stance         float64          forecast, -1 to 1
        covered_by           object           list of ids of team members, the strongest first: see `ties_frame`
    """
    columns: dict[str, Dtype] = {
        "id": TEXT,
        "name": TEXT,
        "title": TEXT,
        "level": NUMBER,
        "level_inferred": FLAG,
        "unit": TEXT,
        "status": tuple(STATUS.by_code),
        "roles": LIST,
        "stance": STANCES,
        "phi": NUMBER,
        "role_power": NUMBER,
        "formal_power": NUMBER,
        "decision_influence": NUMBER,
        "turned_to_by": COUNT,
        "connection_strength": NUMBER,
        "required_strength": NUMBER,
        "cadence": COUNT,
        "coverage": NUMBER,
        "competitor_strength": NUMBER,
        "trust": NUMBER,
        "final_stance": NUMBER,
        "covered_by": LIST,
    }
    plain = [name for name in columns if name != "covered_by"]
    more = more or {}
    rows = [
        (
            *(getattr(person, name) for name in plain),
            [tie.member for tie in person.covered_by],
            *(numbers.get(person.id) for numbers in more.values()),
        )
        for person in report.people
    ]
    return _frame({**columns, **dict.fromkeys(more, MAYBE_NUMBER)}, rows, _attrs_of(report))


def gaps_frame(report: CoverageReport, lang: str = "en") -> DataFrame:
    """The gaps of a report, the worst first; reason and action in a language.

    Columns:
        type                 string
        person               string           NA for a gap of a unit or of the account
        unit                 string           NA for the others
        severity             float64
        band                 category         low < medium < high < critical
        reason               string
        action               string
    """
    columns: dict[str, Dtype] = {
        "type": TEXT,
        "person": TEXT,
        "unit": TEXT,
        "severity": NUMBER,
        "band": BANDS,
        "reason": TEXT,
        "action": TEXT,
    }
    rows = [
        (gap.type, gap.person, gap.unit, gap.severity, gap.band, gap.reason.render(lang), gap.action.render(lang))
        for gap in report.gaps
    ]
    return _frame(columns, rows, _attrs_of(report))


def ties_frame(report: CoverageReport) -> DataFrame:
    """Ties between the team and the people of a report, by person as in the report, the strongest first.

    Columns:
        member               string           the team member
        person               string
        role                 category         AR, SR, … in the order of the scale
        frequency            float64          0 to 1
        breadth              float64          0 to 1
        depth                float64          0 to 1
        strength             float64          0 to 1
        trust                float64          0 to 1
        last_touch           datetime64[s]
    """
    columns: dict[str, Dtype] = {
        "member": TEXT,
        "person": TEXT,
        "role": tuple(TEAM_ROLE.by_code),
        "frequency": NUMBER,
        "breadth": NUMBER,
        "depth": NUMBER,
        "strength": NUMBER,
        "trust": NUMBER,
        "last_touch": DAY,
    }
    rows = [tuple(getattr(tie, name) for name in columns) for person in report.people for tie in person.covered_by]
    return _frame(columns, rows, _attrs_of(report))


def influences_frame(measures: Measures) -> DataFrame:
    """Lines of influence that the measures of an account are computed from, recorded and assumed, by source and target.

    Columns:
        source               string           who sways
        target               string           who is swayed
        weight               float64          0 to 1
        assumed              bool             whether the line comes from reporting lines
        basis                category         formal, expert, … in the order of the scale; NA for an assumed line
        confidence           Float64          0 to 1
        evidence             string
    """
    from graph.model import Influence

    columns: dict[str, Dtype] = {
        "source": TEXT,
        "target": TEXT,
        "weight": NUMBER,
        "assumed": FLAG,
        "basis": tuple(BASIS.by_code),
        "confidence": MAYBE_NUMBER,
        "evidence": TEXT,
    }
    recorded = {(line.source, line.target): line for line in measures.dataset.of(Influence)}
    ids = [person.id for person in measures.view.people]
    lines = measures.lines
    rows = []
    for source, target, weight, assumed in zip(
        lines.source.tolist(), lines.target.tolist(), lines.weight.tolist(), lines.assumed.tolist(), strict=True
    ):
        pair = ids[source], ids[target]
        line = None if assumed else recorded[pair]
        basis = (None, None, None) if line is None else (line.basis, line.confidence, line.evidence)
        rows.append((*pair, weight, assumed, *basis))
    view = measures.view
    return _frame(
        columns,
        rows,
        {
            "account": view.account.id,
            "opportunity": None if view.opportunity is None else view.opportunity.id,
            "as_of": view.as_of.isoformat(),
            "calibration": view.calibration.label.render("en"),
        },
    )


def paths_frame(paths: InfluencePaths) -> DataFrame:
    """The hops of influence paths, the strongest path first; `attrs` has the person at their end in `to`.

    Columns:
        path                 int64            1, 2, …
        strength             float64          of the whole path: the product of its weights
        hop                  int64            1, 2, … from the team member on
        source               string
        source_name          string
        source_kind          category         member or person
        target               string           a person
        target_name          string
        type                 category         connection or influence
        weight               float64          0 to 1
        assumed              bool
        conflict             bool             whether the two are in conflict
    """
    columns: dict[str, Dtype] = {
        "path": COUNT,
        "strength": NUMBER,
        "hop": COUNT,
        "source": TEXT,
        "source_name": TEXT,
        "source_kind": SIDES,
        "target": TEXT,
        "target_name": TEXT,
        "type": HOPS,
        "weight": NUMBER,
        "assumed": FLAG,
        "conflict": FLAG,
    }
    rows = [
        (
            *(number, path.strength, place),
            *(source.id, source.name, source.kind, target.id, target.name),
            *(hop.type, hop.weight, hop.assumed, hop.conflict),
        )
        for number, path in enumerate(paths.paths, 1)
        for place, (hop, source, target) in enumerate(zip(path.hops, path.nodes, path.nodes[1:], strict=False), 1)
    ]
    return _frame(columns, rows, {"to": paths.to.id})


def plan_frame(plan: Plan, lang: str = "en") -> DataFrame:
    """The next best actions of a plan, the best first; reasons in a language. `attrs` has the days of the plan.

    Columns:
        person               string           whom to touch
        member               string           the team member who does it
        method               category         of the ten methods, in the order of the scale
        subtype              category         in the order of the scale
        priority             float64
        value                float64
        feasibility          float64          0 to 1
        effort               float64          days of the team
        forecast             Float64          by how much the support forecast moves; NA without an opportunity
        coverage             float64          by how much decision-chain coverage moves
        information          float64
        ask                  bool             whether a commitment may be asked for
        by_when              datetime64[s]
        closes               string           the worst gap of the person
        reason               string
        alternates           object           list of ids of other team members who could do it, the best first
    """
    columns: dict[str, Dtype] = {
        "person": TEXT,
        "member": TEXT,
        "method": tuple(METHOD.by_code),
        "subtype": tuple(SUBTYPE.by_code),
        "priority": NUMBER,
        "value": NUMBER,
        "feasibility": NUMBER,
        "effort": NUMBER,
        "forecast": MAYBE_NUMBER,
        "coverage": NUMBER,
        "information": NUMBER,
        "ask": FLAG,
        "by_when": DAY,
        "closes": TEXT,
        "reason": TEXT,
        "alternates": LIST,
    }
    plain = [name for name in columns if name not in ("reason", "alternates")]
    rows = [
        (
            *(getattr(action, name) for name in plain),
            action.reason.render(lang),
            [alternate.member for alternate in action.alternates],
        )
        for action in plan.actions
    ]
    attrs = {
        "account": plan.account,
        "opportunity": plan.opportunity,
        "as_of": plan.as_of.isoformat(),
        "calibration": plan.calibration.render("en"),
        "days": plan.days,
    }
    return _frame(columns, rows, attrs)


def portfolio_frame(rows: Iterable[Mapping[str, Any]]) -> DataFrame:
    """Opportunities over all accounts, in the order given; the keys are those of a row of the portfolio.

    Columns:
        account              string
        account_name         string
        opportunity          string           NA for an account without one
        opportunity_name     string
        bid_date             datetime64[s]
        as_of                datetime64[s]
        calibration          string
        influence_assumed    bool
        status               category         red < amber < green
        decision_chain_coverage  float64      0 to 1
        supportive_coverage  Float64          0 to 1
        identified           Float64          0 to 1
        redundancy           float64
        independent_routes   Int64
        concentration        Float64          0 to 1
        AR                   Float64          coverage by this corner of the triangle, 0 to 1
        SR                   Float64
        FR                   Float64
        support_index        Float64          -1 to 1
        support_forecast     Float64          -1 to 1
        support_low          Float64          -1 to 1
        support_high         Float64          -1 to 1
        people               int64
        levels_inferred      int64            of how many people the level is worked out
        gaps                 int64
        critical_gaps        int64
        worst_gap            string
    """
    columns: dict[str, Dtype] = {
        "account": TEXT,
        "account_name": TEXT,
        "opportunity": TEXT,
        "opportunity_name": TEXT,
        "bid_date": DAY,
        "as_of": DAY,
        "calibration": TEXT,
        "influence_assumed": FLAG,
        "status": TRAFFIC_LIGHT,
        "decision_chain_coverage": NUMBER,
        "supportive_coverage": MAYBE_NUMBER,
        "identified": MAYBE_NUMBER,
        "redundancy": NUMBER,
        "independent_routes": MAYBE_COUNT,
        "concentration": MAYBE_NUMBER,
        **dict.fromkeys(("AR", "SR", "FR"), MAYBE_NUMBER),
        **dict.fromkeys((f"support_{name}" for name in ("index", "forecast", "low", "high")), MAYBE_NUMBER),
        "people": COUNT,
        "levels_inferred": COUNT,
        "gaps": COUNT,
        "critical_gaps": COUNT,
        "worst_gap": TEXT,
    }
    values = [tuple(row[name] for name in columns) for row in rows]
    names = list(columns)
    attrs = {
        name: distinct.pop()
        for name in ("as_of", "calibration")
        if len(distinct := {row[names.index(name)] for row in values}) == 1
    }
    return _frame(columns, values, attrs)


def history_frame(entries: Iterable[JournalEntry]) -> DataFrame:
    """Changes of stored records, in the order given.

    Columns:
        seq                  int64            the number of the change
        import_id            int64            the number of the import that made it
        recorded_at          datetime64[us, UTC]
        recorded_by          string
        source               string
        sheet                string           the kind of the record
        key                  string           of several columns joined by " / "
        accounts             object           list of ids: those that the record belongs to
        change               category         added < changed < removed
        before               object           dict of the fields, None where there was no record
        after                object           dict of the fields, None where there is no record now
    """
    columns: dict[str, Dtype] = {
        "seq": COUNT,
        "import_id": COUNT,
        "recorded_at": "datetime64[us, UTC]",
        "recorded_by": TEXT,
        "source": TEXT,
        "sheet": TEXT,
        "key": TEXT,
        "accounts": LIST,
        "change": CHANGES,
        "before": LIST,
        "after": LIST,
    }
    rows = [
        (
            entry.seq,
            entry.import_id,
            entry.recorded_at,
            entry.recorded_by,
            entry.source,
            entry.sheet,
            " / ".join(map(str, entry.key)),
            entry.accounts,
            "added" if entry.before is None else "removed" if entry.after is None else "changed",
            entry.before if entry.before is None else dict(entry.before),
            entry.after if entry.after is None else dict(entry.after),
        )
        for entry in entries
    ]
    return _frame(columns, rows)


def _attrs_of(report: CoverageReport) -> dict[str, Any]:
    return {
        "account": report.account.id,
        "opportunity": None if report.opportunity is None else report.opportunity.id,
        "as_of": report.as_of.isoformat(),
        "calibration": report.calibration.render("en"),
    }


def _frame(
    columns: Mapping[str, Dtype], rows: Sequence[tuple[Any, ...]], attrs: Mapping[str, Any] | None = None
) -> DataFrame:
    """A DataFrame of these columns, each of its dtype also where there is no row."""
    from pandas import CategoricalDtype, DataFrame, Series

    cells = zip(*rows, strict=True) if rows else ([] for _ in columns)
    made = {}
    for (name, dtype), values in zip(columns.items(), cells, strict=True):
        if dtype == LIST:
            lists = [list(value) if isinstance(value, tuple) else value for value in values]
            made[name] = Series(lists, dtype="object")
        elif isinstance(dtype, tuple):
            made[name] = Series(list(values), dtype=CategoricalDtype(list(dtype), ordered=True))
        else:
            made[name] = Series(list(values), dtype=dtype)
    frame = DataFrame(made)
    frame.attrs.update(attrs or {})
    return frame
