"""Parts that the drawings share: a label as lines of text and role chips."""

from __future__ import annotations

from collections.abc import Iterator

from graph.analysis.report.results import PersonResult
from graph.model.scales import GONE
from viz.drawing.pen import Anchor, Part, Pen
from viz.scene.scene import Label

ANCHORS: dict[str, Anchor] = {"left": "start", "center": "middle", "right": "end"}


def is_seat(person: PersonResult) -> bool:
    """Whether a person stands for a seat: unidentified, left or moved. Such names are in italics."""
    return person.status in ("unidentified", *GONE)


def written(pen: Pen[Part], label: Label, person: PersonResult) -> Iterator[Part]:
    """A label: name, titles, chips."""
    anchor = ANCHORS[label.align]
    yield pen.text(label.name.x, label.name.y, label.name.text, 12.5, anchor, bold=True, italic=is_seat(person))
    for title in label.titles:
        yield pen.text(title.x, title.y, title.text, 11.0, anchor, "muted")
    for chip in label.chips:
        yield pen.chip(chip)
