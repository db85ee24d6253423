"""The pause of the garbage collector."""

from __future__ import annotations

import gc
import weakref

import pytest

from graph.model import gc_pause
from graph.model.gc_pause import gc_paused


class Ring:
    """An object that only the search for cycles can free."""

    def __init__(self) -> None:
        self.own = self


def test_the_collector_is_as_it_was_after_a_pause_and_after_an_error() -> None:
    with gc_paused():
        assert not gc.isenabled()
        with gc_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), gc_paused():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_what_was_let_go_after_a_pause_is_freed_by_a_later_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc_pause, "SEARCHED_FROM", 1_000)
    gc.collect()
    freed: list[weakref.ref[Ring]] = []
    objects = len(gc.get_objects())
    for _ in range(2 + 2 * objects // 5_000):  # created as often as objects are alive, twice over
        with gc_paused():
            rings = [Ring() for _ in range(5_000)]
        freed.append(weakref.ref(rings[0]))
        del rings
    assert freed[0]() is None
