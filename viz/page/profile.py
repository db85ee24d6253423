"""The coverage profile as SVG paths: a column per person, its width the decision influence, its fill the coverage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viz.encodings import person_form
from viz.scene.plan import badges_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.analysis.report.results import CoverageReport

PROFILE_WIDTH = 320
FILL_HEIGHT = 38
FOOT_HEIGHT = 5
LEAST_NUMBERED_WIDTH = 15
"""A column narrower than this, in pixels, has no room for its gap's number."""
LEAST_EDGED_WIDTH = 3
"""A column narrower than this, in pixels, is drawn without its right edge."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A gap number in the profile, at the middle of its person's column."""

    x: float
    number: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The coverage profile as SVG paths, in pixels. The area of `fill` is the decision-chain coverage."""

    fill: str
    feet: Mapping[str, str]
    edges: str
    badges: tuple[Badge, ...]
    width: int = PROFILE_WIDTH
    fill_height: int = FILL_HEIGHT
    height: int = FILL_HEIGHT + 1 + FOOT_HEIGHT


def profile_of(report: CoverageReport) -> Profile:
    """The coverage profile: a column per person, width = decision influence, fill = coverage, foot = stance."""
    numbers = badges_of(report)
    fill, edges, badges = [], [], []
    feet: dict[str, list[str]] = {}
    x = 0.0
    for person in report.people:
        width = PROFILE_WIDTH * person.decision_influence
        covered = FILL_HEIGHT * person.coverage
        if covered > 0:
            fill.append(_box(x, FILL_HEIGHT - covered, width, covered))
        feet.setdefault(person_form(person), []).append(_box(x, FILL_HEIGHT + 1, width, FOOT_HEIGHT))
        if width > LEAST_EDGED_WIDTH:
            edges.append(f"M{x + width:.2f} 0V{FILL_HEIGHT}")
        number = numbers.get(person.id)
        if number is not None and width > LEAST_NUMBERED_WIDTH:
            badges.append(Badge(round(x + width / 2, 2), number))
        x += width
    return Profile("".join(fill), {form: "".join(boxes) for form, boxes in feet.items()}, "".join(edges), tuple(badges))


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:.2f} {y:.2f}h{width:.2f}v{height:.2f}H{x:.2f}z"
