"""The power map as JSON: the scene in a language, and the report behind it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from graph.analysis.reporting.report_json import paths_json, report_json
from graph.analysis.results import InfluencePaths, MapContent, Named
from viz.scene.power import power_scene


def map_json(content: MapContent, lang: str = "en") -> dict[str, Any]:
    """Report, scene (pixels at scale 1) and the best routes to each person."""
    names = {one.id: one.name for one in content.report.people}
    return {
        "report": report_json(content.report, lang),
        "scene": asdict(power_scene(content, lang)),
        "routes": {
            person: paths_json(InfluencePaths(Named(person, names[person]), paths))["paths"]
            for person, paths in content.routes.items()
        },
    }
