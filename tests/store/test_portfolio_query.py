"""The owner and the units that a query names are found in every store, by id or name."""

from __future__ import annotations

import pytest

from graph.model.problem import UnknownRecord
from graph.store.scope import EVERYTHING, Scope
from swaymap.portfolio import portfolio_query
from tests.portfolio_store import ACCOUNTS, account_id, fill
from tests.store.places import Place


def test_owner_and_units_are_found_by_id_or_name(place: Place) -> None:
    store = place.open()
    fill(store)
    for owner in ("bob", "Bob Wu", "吴博"):
        assert portfolio_query(store, EVERYTHING, owner=owner).owner == "bob"
    finance = {f"u{number:03}" for number in range(0, ACCOUNTS, 4)}
    assert portfolio_query(store, EVERYTHING, unit="财务部").units == finance
    assert portfolio_query(store, EVERYTHING, unit="u003").units == {"u003"}
    some = Scope(accounts=frozenset({account_id(3), account_id(4)}))
    assert portfolio_query(store, some, unit="Finance").units == {"u004"}
    assert portfolio_query(store, some, owner="bob").owner == "bob"
    for wrong in ({"owner": "bobby wu"}, {"unit": "u008"}):
        with pytest.raises(UnknownRecord, match="Did you mean"):
            portfolio_query(store, some, **wrong)
