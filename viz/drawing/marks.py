"""What drawings share: the form of a person's mark, and a label as text and chips."""

from __future__ import annotations

from collections.abc import Iterator

from graph.analysis.report.results import PersonResult
from graph.model.scales import GONE
from viz import encodings
from viz.drawing.pen import Anchor, Part, Pen
from viz.scene.scene import Label

ANCHORS: dict[str, Anchor] = {"left": "start", "center": "middle", "right": "end"}


def form_of(person: PersonResult) -> str:
    """How a person's mark looks."""
    return encodings.form_of(person.status, person.stance)


def is_seat(person: PersonResult) -> bool:
    """Whether a name is written as that of a seat nobody is known to hold."""
    return person.status in ("unidentified", *GONE)


def written(pen: Pen[Part], label: Label, person: PersonResult) -> Iterator[Part]:
    """A label: name, titles, chips."""
    anchor = ANCHORS[label.align]
    yield pen.text(label.name.x, label.name.y, label.name.text, 12.5, anchor, bold=True, italic=is_seat(person))
    for title in label.titles:
        yield pen.text(title.x, title.y, title.text, 11.0, anchor, "muted")
    for chip in label.chips:
        yield pen.chip(chip)
