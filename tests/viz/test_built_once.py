"""One page of the sample builds its influence network once, however many answers stand on it."""

from __future__ import annotations

import pytest

from graph.analysis.map import dossier, map_of
from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.network import influence_network as built
from tests.analysis.accounts import AS_OF, sample
from viz.map_page import power_map_page


@pytest.fixture
def constructions(monkeypatch: pytest.MonkeyPatch) -> list[Measures]:
    """The measures for which a network was built, one entry a construction."""
    told: list[Measures] = []
    build = built._network

    def counted(measures: Measures) -> built.InfluenceNetwork:
        told.append(measures)
        return build(measures)

    monkeypatch.setattr(built, "_network", counted)
    return told


def test_a_page_builds_the_network_once(constructions: list[Measures]) -> None:
    measures = compute_measures(sample(), "qinglan", AS_OF)
    content = map_of(measures)
    assert "qinglan" in power_map_page(content, "en", "power").lower()
    assert content.briefs
    assert content.routes
    assert len(constructions) == 1


def test_so_does_all_that_is_taken_along(constructions: list[Measures]) -> None:
    taken = dossier(sample(), "qinglan", AS_OF)
    assert taken.plan
    assert taken.map.briefs
    assert len(constructions) == 1
