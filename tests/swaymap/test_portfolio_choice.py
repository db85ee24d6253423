"""Rows of the portfolio that are asked for: by status, owner, tier and unit, however they are computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from graph.analysis.ground.columns import CodedAccount
from graph.analysis.ground.team_columns import TeamColumns
from graph.model import TeamMember
from graph.model.calibration import load_calibration
from graph.store.scope import Scope
from swaymap import AmbiguousName, InputError, Store, UnknownRecord, open_store
from swaymap.portfolio import PortfolioWork, portfolio_query, portfolio_rows, rows_in_processes
from tests.api.conftest import AS_OF
from tests.portfolio_store import ACCOUNTS, TIERS, account_id, filled, owner_of
from tests.store.places import put

CASES: Mapping[str, tuple[dict[str, Any], Callable[[int], bool]]] = {
    "tier": ({"tier": "S"}, lambda number: TIERS[number % 5] == "S"),
    "tiers": ({"tier": ["S", "C"]}, lambda number: TIERS[number % 5] in ("S", "C")),
    "owner": ({"owner": "ann"}, lambda number: owner_of(number) == "ann"),
    "owner by name": ({"owner": "李安"}, lambda number: owner_of(number) == "ann"),
    "owner who has left": ({"owner": "gone"}, lambda number: owner_of(number) == "gone"),
    "unit": ({"unit": "u008"}, lambda number: number == 8),
    "unit by name": ({"unit": "财务部"}, lambda number: number % 4 == 0),
    "all": (
        {"owner": "bob", "unit": "Sales", "tier": ("A", "B")},
        lambda number: owner_of(number) == "bob" and number % 4 != 0 and TIERS[number % 5] in ("A", "B"),
    ),
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return filled(tmp_path_factory.mktemp("many"))


@pytest.fixture(scope="module")
def store(url: str) -> Iterator[Store]:
    with open_store(url) as opened:
        yield opened


class Watched:
    """A store that notes which accounts' columns were read."""

    def __init__(self, store: Store) -> None:
        self._store, self.read = store, list[str]()

    def account_ids(self) -> list[str]:
        return self._store.account_ids()

    def columns(self, accounts: Sequence[str]) -> tuple[Mapping[str, CodedAccount], TeamColumns]:
        self.read += accounts
        return self._store.columns(accounts)


@pytest.mark.parametrize("case", CASES)
def test_a_filter_of_accounts_leaves_the_rows_of_the_others_as_they_are(
    url: str, store: Store, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, belongs = CASES[case]
    query, numbers = portfolio_query(store.graph_store, store.scope, **asked), load_calibration()
    every = list(portfolio_rows(store, AS_OF, numbers))
    wanted = {account_id(number) for number in range(ACCOUNTS) if belongs(number)}
    expected = [row for row in every if row["account"] in wanted]
    assert 0 < len(expected) < len(every)
    assert list(portfolio_rows(store, AS_OF, numbers, query=query)) == expected
    assert list(portfolio_rows(store, AS_OF, numbers, chunk=9, query=query)) == expected
    work = PortfolioWork(url, AS_OF, None, open_store, query)
    assert list(rows_in_processes(2, work, store.account_ids())) == expected
    monkeypatch.setenv("SWAYMAP_KEEP_COLUMNS", "0")
    with open_store(url) as without:
        assert list(portfolio_rows(without, AS_OF, numbers, query=query)) == expected


def test_accounts_that_are_not_asked_for_are_not_computed(store: Store) -> None:
    query = portfolio_query(store.graph_store, store.scope, owner="ann", tier="S")
    columns, _ = store.columns(store.account_ids())
    kept = query.accounts(columns)
    assert set(kept) == {
        account_id(number) for number in range(ACCOUNTS) if owner_of(number) == "ann" and TIERS[number % 5] == "S"
    }
    watched = Watched(store)
    list(portfolio_rows(watched, AS_OF, load_calibration(), query=query))  # type: ignore[arg-type]
    assert watched.read == store.account_ids(), "each account's columns are read once"


def test_a_status_leaves_out_single_rows(store: Store) -> None:
    every = store.portfolio(as_of=AS_OF)
    for status in ("red", ["amber", "green"]):
        chosen = store.portfolio(as_of=AS_OF, status=status)
        wanted = every[every["status"].isin([status] if isinstance(status, str) else status)]
        assert 0 < len(chosen) < len(every)
        assert chosen["opportunity"].tolist() == wanted["opportunity"].tolist()


def test_a_frame_is_sorted_and_filtered_as_asked(store: Store) -> None:
    frame = store.portfolio(as_of=AS_OF, sort=["amount", "bid_date"], tier="S", status="red", owner="Bob Wu")
    assert len(frame) > 0
    assert frame["amount"].dropna().is_monotonic_decreasing
    assert frame["amount"].isna().tolist() == sorted(frame["amount"].isna())
    assert store.portfolio(as_of=AS_OF, sort="amount")["amount"].iloc[0] == 5_000_000


@pytest.mark.parametrize(
    ("asked", "kind", "said"),
    [
        ({"owner": "anm"}, UnknownRecord, r"anm\. Did you mean ann \(Ann Li / 李安\)"),
        ({"owner": 7}, InputError, "as text"),
        ({"unit": "Finanse"}, UnknownRecord, r"^No account has a unit called Finanse\. Did you mean u\d"),
        ({"unit": ["Finance"]}, InputError, "as text"),
        ({"tier": "s"}, InputError, r"^tier: “s” is none of S, A, B, C\.$"),
        ({"status": ["red", "blue"]}, InputError, r"^status: “blue” is none of red, amber, green\.$"),
        ({"sort": "amout"}, InputError, "Did you mean amount"),
        ({"sort": 7}, InputError, "^sort: “7” is none of"),
        ({"sort": b"amount"}, InputError, "^sort"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(
    store: Store, asked: dict[str, Any], kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind, match=said):
        store.portfolio(as_of=AS_OF, **asked)


def test_an_owner_whose_name_two_have_is_refused_with_both(tmp_path: Path) -> None:
    with open_store(tmp_path / "two.db") as store:
        put(store.graph_store, TeamMember("w1", name="Wu"), TeamMember("w2", name="Wu"))
        with pytest.raises(AmbiguousName, match=r"w1.*w2"):
            store.portfolio(owner="wu")


def test_a_limited_scope_finds_only_what_it_sees(url: str) -> None:
    own = Scope(accounts=frozenset({account_id(4), account_id(5)}))
    with open_store(url, scope=own) as limited:
        assert set(limited.portfolio(unit="Finance")["account"]) == {account_id(4)}
        with pytest.raises(UnknownRecord, match=r"called u008\. Did you mean u00[45]"):
            limited.portfolio(unit="u008")
    without_owners = Scope(withheld=frozenset({("covers", "owner"), ("team", "name"), ("units", "name")}))
    with open_store(url, scope=without_owners) as limited:
        assert limited.portfolio(owner="ann").empty
        for asked in ({"owner": "Ann Li"}, {"unit": "Finance"}):
            with pytest.raises(UnknownRecord) as raised:
                limited.portfolio(**asked)
            assert "李安" not in str(raised.value)


def test_progress_counts_accounts_in_one_process_and_in_several(url: str, store: Store) -> None:
    told: list[tuple[int, int]] = []
    work = PortfolioWork(url, AS_OF, None, open_store)
    list(portfolio_rows(store, AS_OF, load_calibration(), progress=lambda *counts: told.append(counts)))
    assert told == [(32, ACCOUNTS), (ACCOUNTS, ACCOUNTS)]
    told.clear()
    list(rows_in_processes(2, work, store.account_ids(), lambda *counts: told.append(counts)))
    assert told == [(64, ACCOUNTS), (ACCOUNTS, ACCOUNTS)]
