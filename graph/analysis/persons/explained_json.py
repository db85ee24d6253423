"""A person explained, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.analysis.ground.as_json import as_json
from graph.analysis.report.report_json import person_json

if TYPE_CHECKING:
    from graph.analysis.persons.explain import PersonExplained


def explained_json(explained: PersonExplained, lang: str = "en") -> dict[str, Any]:
    """A person explained; the person themselves with the keys of the report."""
    return {**as_json(explained, lang), "person": person_json(explained.person)}
