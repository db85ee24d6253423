"""The order of the portfolio: every key of a row, empty values last, equal rows as they stand."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from api.text.portfolio_table import order_in_words
from graph.analysis.report.opportunity_rows import opportunity_rows
from graph.analysis.report.portfolio_query import LIGHTS, SORTS, PortfolioQuery, checked_sort, checked_values
from graph.analysis.report.status import STATUSES
from graph.model.calibration import load_calibration
from graph.model.problem import InputError
from swaymap import open_store
from tests.portfolio_store import filled

AS_OF = datetime.date(2026, 11, 23)
CONSTANT = {"as_of", "calibration"}
"""Keys whose value is that of every row."""


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    with open_store(filled(tmp_path_factory.mktemp("rows"))) as store:
        found = opportunity_rows(*store.columns(store.account_ids()), AS_OF, load_calibration())
    assert len({row["status"] for row in found}) > 2
    return found


def test_rows_are_sorted_by_every_key_that_tells_them_apart(rows: list[dict[str, Any]]) -> None:
    assert set(SORTS) == set(rows[0]) - CONSTANT
    assert set(LIGHTS) == set(STATUSES)


@pytest.mark.parametrize("key", SORTS)
def test_a_key_brings_what_it_says_first_and_the_unknown_last(rows: list[dict[str, Any]], key: str) -> None:
    values = [row[key] for row in PortfolioQuery(sort=(key,)).ordered(rows)]
    known = [value for value in values if value is not None]
    assert values == known + [None] * (len(values) - len(known))
    expected = {
        "text": lambda: sorted(known),
        "earliest": lambda: sorted(known),
        "smallest": lambda: sorted(known),
        "largest": lambda: sorted(known, reverse=True),
        "worst": lambda: sorted(known, key=["red", "amber", "green"].index),
        "assumed": lambda: sorted(known, reverse=True),
    }[SORTS[key]]
    assert known == expected()


def test_of_several_keys_the_first_is_the_first_and_equal_rows_stay(rows: list[dict[str, Any]]) -> None:
    ordered = list(PortfolioQuery(sort=("amount", "bid_date")).ordered(rows))
    places = [
        (-(row["amount"] or 0), row["bid_date"] or "9", row["account"], row["opportunity"] or "") for row in ordered
    ]
    assert places == sorted(places)
    assert sorted(ordered, key=lambda row: (row["account"], row["opportunity"] or "")) == rows


def test_names_are_sorted_without_case() -> None:
    rows = [{"account_name": name} for name in ("beta", "Alpha", None, "alto")]
    ordered = [row["account_name"] for row in PortfolioQuery(sort=("account_name",)).ordered(rows)]
    assert ordered == ["Alpha", "alto", "beta", None]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_order_is_said_in_words_for_every_key(lang: str) -> None:
    said = [order_in_words([key], lang) for key in SORTS]
    assert len(set(said)) == len(SORTS)
    assert order_in_words(["at_risk", "bid_date"], "en").startswith(
        "Order: At risk (largest first); Bid (earliest first);"
    )


def test_a_wrong_value_is_refused_with_the_nearest_right_ones() -> None:
    with pytest.raises(InputError, match=r"^sort: there is no “critical_gap”. Did you mean critical_gaps"):
        checked_sort(["amount", "critical_gap"])
    for wrong in ("xyzzy", 7, None, float("nan")):
        with pytest.raises(InputError, match=r"^sort: “.*” is none of account, .*, at_risk\.$"):
            checked_sort([wrong])
        with pytest.raises(InputError, match=r"^status: “.*” is none of red, amber, green\.$"):
            checked_values("status", ["red", wrong], LIGHTS)
