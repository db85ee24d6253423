"""The value that we offer in four elements, ours against the rival's, and to whom each matters (measures, 17)."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Opportunity, Proposition
from graph.model.dataset import Dataset
from graph.model.scales import ELEMENT


@dataclass(frozen=True, slots=True)
class Element:
    """One of the four elements of value, scores of 0 to 5; `lead` is ours less the rival's; `empty` without a word."""

    element: str
    empty: bool
    statement: str | None
    ours: float | None
    rival: float | None
    lead: float | None
    matters_to: tuple[str, ...]


def elements(dataset: Dataset, lead: Opportunity | None) -> tuple[Element, ...]:
    """All four elements of an opportunity in the order of the scale, empty ones too; without an opportunity none."""
    if lead is None:
        return ()
    own = {
        proposition.element: proposition
        for proposition in dataset.of(Proposition)
        if proposition.opportunity == lead.id
    }
    return tuple(_element(name, own.get(name)) for name in ELEMENT.by_code)


def _element(name: str, one: Proposition | None) -> Element:
    if one is None:
        return Element(name, True, None, None, None, None, ())
    lead = None if one.ours is None or one.rival is None else one.ours - one.rival
    empty = one.statement is None and one.ours is None and one.rival is None
    return Element(name, empty, one.statement, one.ours, one.rival, lead, one.matters_to)
