"""The value that we offer, ours against the rival's, as the scripts take it: elements, and to whom each matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.model.scales import ELEMENT
from viz.page.bilingual import named, scale_word
from viz.page.people import shared

if TYPE_CHECKING:
    from graph.analysis.map import MapContent


def elements_data(content: MapContent) -> list[dict[str, Any]]:
    """The elements of which something is recorded, as data.js declares them; of people those in the report."""
    there = {one.id for one in content.report.people}
    return [
        {
            "word": shared(scale_word(ELEMENT, element.element)),
            "statement": shared(named(element.statement, "")),
            "ours": element.ours,
            "rival": element.rival,
            "people": [person for person in element.matters_to if person in there],
        }
        for element in content.elements
        if not element.empty or element.matters_to
    ]
