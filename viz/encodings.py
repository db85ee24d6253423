"""Colours, glyphs, widths and dashes of every renderer.

Teal means our team only; purple, amber, grey and red fills mean stance only. Stance is always shown by glyph, fill and
word together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graph.model.scales import GONE

if TYPE_CHECKING:
    from graph.analysis.report.results import PersonResult

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")

FONTS = (
    '"Segoe UI", Arial, "Liberation Sans", "PingFang SC", "Microsoft YaHei", '
    '"Noto Sans CJK SC", "Noto Sans SC", sans-serif'
)

COLOURS: dict[Theme, dict[str, str]] = {
    "light": {
        "text": "#16202B",
        "muted": "#4F5B68",
        "line": "#D9DFE5",
        "page": "#FFFFFF",
        "zebra": "#F8FAFB",
        "ours": "#00687A",
        "lane": "#E6F2F4",
        "track": "#CDD5DC",
        "influence": "#36424F",
        "rival": "#16202B",
        "conflict": "#B42318",
        "reporting": "#4F5B68",
        "outline": "#36424F",
        "green": "#1E7B45",
        "amber": "#8A5A00",
        "red": "#B42318",
    },
    "dark": {
        "text": "#E8EDF2",
        "muted": "#A9B4C0",
        "line": "#2B333D",
        "page": "#12161C",
        "zebra": "#161B22",
        "ours": "#4CC3D2",
        "lane": "#14262B",
        "track": "#3A444F",
        "influence": "#B8C3CE",
        "rival": "#E8EDF2",
        "conflict": "#FF8A7A",
        "reporting": "#A9B4C0",
        "outline": "#E8EDF2",
        "green": "#5FC98B",
        "amber": "#F0B23A",
        "red": "#FF8A7A",
    },
}


@dataclass(frozen=True, slots=True)
class Form:
    """How a mark is drawn: fill, glyph and outline colours, width of the outline, dashed or not, square or round."""

    fill: str
    glyph: str
    outline: str | None = None
    outline_width: float = 0.0
    dashed: bool = False
    square: bool = False


def _unknown(theme: Theme, square: bool) -> Form:
    colours = COLOURS[theme]
    return Form(colours["page"], colours["outline"], colours["outline"], 1.7, dashed=True, square=square)


FORMS: dict[Theme, dict[str, Form]] = {
    "light": {
        "3": Form("#53268F", "#FFFFFF"),
        "2": Form("#8355C4", "#FFFFFF"),
        "1": Form("#F0A818", "#241800", "#9A6A00", 1.2),
        "0": Form("#6F7783", "#FFFFFF"),
        "-1": Form("#D13438", "#FFFFFF"),
        "-2": Form("#7A0F1B", "#FFFFFF"),
        "unknown": _unknown("light", square=False),
        "seat": _unknown("light", square=True),
        "vacant": _unknown("light", square=True),
    },
    "dark": {
        "3": Form("#A98BE8", "#12161C"),
        "2": Form("#8F6BDB", "#FFFFFF"),
        "1": Form("#F0B23A", "#241800"),
        "0": Form("#8E98A5", "#12161C"),
        "-1": Form("#F2706F", "#12161C"),
        "-2": Form("#C23A48", "#FFFFFF"),
        "unknown": _unknown("dark", square=False),
        "seat": _unknown("dark", square=True),
        "vacant": _unknown("dark", square=True),
    },
}

_QUESTION = "M8.2 9.2a3.9 3.9 0 1 1 5.6 3.5c-1.2.6-1.8 1.3-1.8 2.6M12 19.4v.1"

GLYPHS: dict[str, str] = {
    "3": "M12 4.2l2.4 5 5.4.7-4 3.8 1 5.4-4.8-2.6-4.8 2.6 1-5.4-4-3.8 5.4-.7z",
    "2": "M6.5 12.2L12 6.7l5.5 5.5M6.5 18L12 12.5 17.5 18",
    "1": "M6 14.8l6-6 6 6",
    "0": "M6.5 12h11",
    "-1": "M6 9.2l6 6 6-6",
    "-2": "M7 7l10 10M17 7L7 17",
    "unknown": _QUESTION,
    "seat": _QUESTION,
    "vacant": "M7 17L17 7",
}
"""Paths in a box of 24 units, stroked; the star is filled too."""

FILLED_GLYPHS = frozenset({"3"})
GLYPH_STROKE = 2.9
BOLT = "M9.6 2.5L4.5 9.3h3.1L6.4 13.5l5.1-6.8H8.4z"
"""A bolt in a box of 16 units, filled."""

RING = {"track": 3.6, "arc": 4.4, "gap": 3.4}
"""Widths of the ring, and how far its middle stands off the disc."""
BAR_OUTLINE = 0.8
"""Width of the outline of unknown stances in a bar: they are hollow, as their marks are."""


@dataclass(frozen=True, slots=True)
class LineStyle:
    """The colour of a kind of line (a name in COLOURS), its dashes, and whether it ends in an arrow."""

    colour: str
    dashes: tuple[float, ...] = ()
    arrow: bool = False


LINES: dict[str, LineStyle] = {
    "influence": LineStyle("influence", arrow=True),
    "tie": LineStyle("ours"),
    "rival": LineStyle("rival", (2.0, 5.0)),
    "conflict": LineStyle("conflict", (7.0, 4.0)),
    "reporting": LineStyle("reporting"),
}
HIDDEN_AT_FIRST = frozenset({"reporting"})
"""Kinds of lines that interactive pictures hide until asked for, and still ones leave out."""
ASSUMED_DASHES = (1.0, 3.0)


def line_look(kind: str, weight: float, *, slim: bool, assumed: bool = False) -> tuple[float, float]:
    """Width in pixels and opacity of a line; slimmer in pictures of many people, fainter where assumed."""
    if kind == "influence":
        return (0.7 + 2.6 * weight if slim else 0.9 + 4.0 * weight), 0.5 if assumed else 0.78
    if kind == "tie":
        return (0.6 + 2.6 * weight if slim else 0.8 + 4.2 * weight), 0.10 + 0.36 * weight
    if kind == "rival":
        return 1.4 + 2.0 * weight, 0.8
    return (1.6, 0.9) if kind == "conflict" else (1.0, 0.35)


def form_of(status: str, stance: int | None) -> str:
    """The code of the mark for a status and a stance: a stance's code, `unknown`, `seat` or `vacant`."""
    if status in GONE:
        return "vacant"
    if status == "unidentified" and stance is None:
        return "seat"
    return "unknown" if stance is None else str(stance)


def person_form(person: PersonResult) -> str:
    """The code of a person's mark."""
    return form_of(person.status, person.stance)
