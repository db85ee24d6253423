"""The four elements of the value we offer: our score, the rival's, and the people it matters to (measures, 17)."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Opportunity, Proposition
from graph.model.dataset import Dataset
from graph.model.scales import ELEMENT


@dataclass(frozen=True, slots=True)
class Element:
    """An element of value; scores are 0 to 5, `lead` is ours less the rival's; `empty` means nothing is recorded."""

    element: str
    empty: bool
    statement: str | None
    ours: float | None
    rival: float | None
    lead: float | None
    matters_to: tuple[str, ...]


def elements(dataset: Dataset, lead: Opportunity | None) -> tuple[Element, ...]:
    """All four elements of an opportunity in the order of the scale, empty ones too; none without an opportunity.

    >>> [element.empty for element in elements(data, measures.view.opportunity)]
    [True, True, True, True]
    """
    if lead is None:
        return ()
    own = {
        proposition.element: proposition
        for proposition in dataset.of(Proposition)
        if proposition.opportunity == lead.id
    }
    return tuple(_element(name, own.get(name)) for name in ELEMENT.by_code)


def _element(name: str, proposition: Proposition | None) -> Element:
    if proposition is None:
        return Element(name, True, None, None, None, None, ())
    statement, ours, rival = proposition.statement, proposition.ours, proposition.rival
    lead = None if ours is None or rival is None else ours - rival
    empty = statement is None and ours is None and rival is None
    return Element(name, empty, statement, ours, rival, lead, proposition.matters_to)
