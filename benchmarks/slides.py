"""The slides of the sample company against their limit of three seconds."""

from __future__ import annotations

import datetime

from benchmarks.measuring import Result, seconds, side_by_side
from graph.analysis.map import dossier
from loaders import read, sample_company
from viz.deck.deck import deck

AS_OF = datetime.date(2026, 11, 23)
LIMIT = 3.0
"""Seconds."""


def deck_of_sample() -> Result:
    """From the records of the sample to the bytes of its deck, analysis and all, against the limit."""
    with sample_company() as folder:
        dataset = read([folder], today=AS_OF).dataset
    return side_by_side(
        lambda: seconds(lambda: deck(dossier(dataset, "qinglan", AS_OF))), lambda: LIMIT, unit="s", runs=5
    )
