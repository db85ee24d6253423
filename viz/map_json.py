"""A view of an account as JSON: its scene in a language, and the report behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from graph.analysis.ground.named import Named
from graph.analysis.map import MapContent
from graph.analysis.network.influence_network import InfluencePaths
from graph.analysis.report.report_json import paths_json, report_json
from viz.scene.coverage import coverage_scene
from viz.scene.fishbone import fishbone_scene
from viz.scene.power import power_scene

if TYPE_CHECKING:
    from viz.scene.views import View

SCENES: dict[View, Callable[[MapContent, str], Any]] = {
    "power": power_scene,
    "fishbone": fishbone_scene,
    "coverage": coverage_scene,
}


def map_json(content: MapContent, lang: str = "en", view: View = "power") -> dict[str, Any]:
    """Report, scene of a view (pixels at scale 1) and the best routes to each person."""
    names = {person.id: person.name for person in content.report.people}
    return {
        "report": report_json(content.report, lang),
        "scene": asdict(SCENES[view](content, lang)),
        "routes": {
            person: paths_json(InfluencePaths(Named(person, names[person]), paths))["paths"]
            for person, paths in content.routes.items()
        },
    }
