"""A batch of accounts: each has the numbers that it has alone, whatever stands beside it."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.portfolio import renamed
from graph.analysis.ground.coding import code_accounts
from graph.analysis.ground.columns import CodedAccount, decoded, format_number, tables
from graph.analysis.ground.team_columns import team_columns
from graph.analysis.report.coverage_report import coverage_report
from graph.analysis.report.opportunity_rows import opportunity_rows
from graph.model import Account, Competitor, Interaction, Opportunity, Person, TeamMember
from graph.model.calibration import load_calibration
from graph.model.dataset import Dataset
from tests.analysis.records import AS_OF, account
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

NUMBERS = load_calibration(None)

SEVERAL = st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 14)), min_size=1, max_size=5)
"""Random accounts, as seed and number of people."""


def together(accounts: list[tuple[int, int]]) -> Dataset:
    """Random accounts with one team and the rivals of all in one dataset; their ids begin with their numbers."""
    made = [dataset_of(random_account(seed, people=people)) for seed, people in accounts]
    records = Dataset()
    for number, own in enumerate(made):
        for record in renamed(own, f"{number}-"):
            records.add(record)
    for kind in (TeamMember, Competitor):
        for record in {record.id: record for own in made for record in own.of(kind)}.values():
            records.add(record)
    return records


def rows_of(records: Dataset, accounts: list[str], as_of: datetime.date = AS_OF) -> list[dict[str, Any]]:
    coded = code_accounts(records, accounts).coded()
    return opportunity_rows(coded, team_columns(records.of(TeamMember)), as_of, NUMBERS)


def ids_of(records: Dataset) -> list[str]:
    return sorted(record.id for record in records.of(Account))


@settings(max_examples=40, deadline=None)
@given(accounts=SEVERAL, earlier=st.integers(-30, 400))
def test_every_row_is_the_report_of_that_account_alone(accounts: list[tuple[int, int]], earlier: int) -> None:
    records, as_of = together(accounts), AS_OF - datetime.timedelta(days=earlier)
    rows = rows_of(records, ids_of(records), as_of)
    assert len(rows) == sum(
        max(1, sum(own.account == account for own in records.of(Opportunity))) for account in ids_of(records)
    )
    for row in rows:
        report = coverage_report(records, row["account"], as_of, row["opportunity"])
        if row["opportunity"] is None:
            assert report.opportunity is None
        for name in ("identified", "independent_routes", "concentration", "status", "supportive_coverage"):
            assert row[name] == pytest.approx(getattr(report, name), abs=1e-12), name
        for name in ("decision_chain_coverage", "redundancy", "influence_assumed"):
            assert row[name] == pytest.approx(getattr(report, name), abs=1e-12), name
        assert {corner: row[corner] for corner in report.triangle} == pytest.approx(report.triangle, abs=1e-12)
        for name in ("index", "forecast", "low", "high"):
            expected = None if report.support is None else getattr(report.support, name)
            assert row[f"support_{name}"] == pytest.approx(expected, abs=1e-12), name
        assert row["people"] == len(report.people)
        assert row["levels_inferred"] == sum(person.level_inferred for person in report.people)
        assert row["gaps"] == len(report.gaps)
        assert row["critical_gaps"] == sum(gap.band == "critical" for gap in report.gaps)
        assert row["worst_gap"] == (report.gaps[0].type if report.gaps else None)


@settings(max_examples=40, deadline=None)
@given(accounts=SEVERAL)
def test_no_number_depends_on_the_accounts_beside(accounts: list[tuple[int, int]]) -> None:
    records = together(accounts)
    ids = ids_of(records)
    assert rows_of(records, ids) == [row for own in ids for row in rows_of(records, [own])]


@settings(max_examples=40, deadline=None)
@given(accounts=SEVERAL)
def test_the_columns_of_an_account_are_the_same_from_all_records_and_from_its_own(
    accounts: list[tuple[int, int]],
) -> None:
    records = together(accounts)
    ids = ids_of(records)
    whole = code_accounts(records, ids).coded()
    assert list(whole) == ids
    assert whole == {own: code_accounts(records, [own]).coded()[own] for own in ids}
    again = decoded(whole.values())
    for table, own in code_accounts(records, ids).tables.items():
        assert again.tables[table].keys() == own.keys()
        for name, values in own.items():
            np.testing.assert_array_equal(again.tables[table][name], values)
    assert again.coded() == whole


def test_columns_do_not_depend_on_the_order_of_the_records() -> None:
    records = together([(3, 12), (4, 7)])
    turned = Dataset.collect(reversed(list(records)))
    assert code_accounts(turned, ids_of(records)).coded() == code_accounts(records, ids_of(records)).coded()


def test_somebody_of_another_account_at_a_contact_counts_as_an_attendee() -> None:
    both = Interaction("i", AS_OF, "forum", None, ("a", "x"), ("u",), "two_way")
    other = [Account("r"), Person("x", "r"), TeamMember("u", role="AR")]
    records = account(both, *other, people="a", opportunity=False)
    alone = coverage_report(records, "q", AS_OF).person("a").connection_strength
    (row, _) = rows_of(records, ["q", "r"])
    assert 0 < alone == coverage_report(records, "r", AS_OF).person("x").connection_strength
    assert row["AR"] == pytest.approx(coverage_report(records, "q", AS_OF).triangle["AR"], abs=1e-12)


def test_members_who_have_no_part_in_an_account_change_nothing() -> None:
    records = together([(5, 12)])
    before = rows_of(records, ids_of(records))
    for number in range(50):
        records.add(TeamMember(f"idle{number}", role="SR", level=5))
    assert rows_of(records, ids_of(records)) == before
    report = coverage_report(records, "0-acme", AS_OF, before[0]["opportunity"])
    assert before[0]["concentration"] == pytest.approx(report.concentration, abs=1e-12)


def test_bytes_that_are_cut_short_are_refused() -> None:
    columns = code_accounts(together([(1, 6)]), ["0-acme"]).coded()["0-acme"]
    for cut in (columns.data[:-1], columns.data + b"0"):
        with pytest.raises(ValueError, match="not as long"):
            decoded([CodedAccount(columns.sizes, cut)])


def test_the_format_has_a_number_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    before = format_number.__wrapped__()
    monkeypatch.setattr("graph.analysis.ground.columns.LAYOUT", 0)
    assert format_number.__wrapped__() != before
    assert {"people", "contacts", "members"} <= set(tables())


def test_no_accounts_have_no_rows() -> None:
    assert rows_of(Dataset(), []) == []
