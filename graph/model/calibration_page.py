"""The page docs/calibration.md, derived from the declaration: every number with its default, range and purpose."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from graph.model.calibration import Calibration, load_calibration
from graph.model.calibration_declared import Leaf, leaves, tree_of
from graph.model.page import markdown_table

HEAD = """# The calibration

Every number of the method stands in [graph/model/calibration.json](../graph/model/calibration.json). They are
*uncalibrated defaults*: reasoned, without outcome data behind them. `--calibration FILE` takes yours, in every command
that computes, and in `swaymap serve`.

A file gives any part, and the rest is the default. This one changes two numbers:

```json
{"tie": 0.1, "gaps": {"shortfall": {"stance_unknown": 0.5}}}
```

A report names it: `mine.json (9d3f12ab, own numbers: 2)`. The digest is that of all numbers in effect, so reports with
the same digest were computed with the same numbers. A number that equals its default is not an own one. `name` and
`version` may be given too.

A name that is not in the table is refused, with the nearest one; so are text instead of a number, a number out of its
range, NaN and infinity, and a list or code that the method does not know. Nothing is computed then.

Some numbers go together. These sum to 1: `vote_share`, `role_share` · `depth_level_share`, `depth_touch_share` · the
shares of `moves` · the shares of `assignment`. These do not fall, in this order: `bands.medium`, `high`, `critical` ·
`rank_band.low`, `high` · `tie`, `firm_tie` · `level_match.near`, `far` · `leads.likely`, `sure` · `reliability.kept`,
`made` · `head_level`, `executive_level`.

This page is made by `make docs` from `graph/model/calibration.py`; change it there."""

SECTIONS: dict[int | None, str] = {
    0: "People, levels and stances",
    1: "Connection strength",
    2: "Trust",
    3: "Formal power",
    4: "Decision influence",
    5: "Key people",
    6: "Coverage and gaps",
    7: "Influence paths",
    8: "Support forecast",
    9: "Next actions",
    10: "Leads",
    12: "Camps",
    13: "The race with the rival",
    14: "Assignment of members to people",
    15: "What to find out",
    16: "Influence counted from mail",
    17: "The team at work",
    None: "The visit brief",
}
"""The sections of the method's measures, and the brief."""


def calibration_page() -> str:
    """The page, as Markdown."""
    values = load_calibration().model_dump(mode="json")
    rows: dict[int | None, list[list[str]]] = {section: [] for section in SECTIONS}
    for place, leaf in leaves(tree_of(Calibration)):
        if place not in (("name",), ("version",)):
            rows[leaf.about.section].append(_row(place, leaf, values))
    return "\n\n".join([HEAD, *_tables(rows)]) + "\n"


def _tables(rows: dict[int | None, list[list[str]]]) -> Iterator[str]:
    for section, title in SECTIONS.items():
        number = "" if section is None else f" (measures, {section})"
        yield f"## {title}{number}\n\n{markdown_table(('name', 'default', 'range', 'what it is'), rows[section])}"


def _row(place: tuple[str, ...], leaf: Leaf, values: Any) -> list[str]:
    for name in place:
        values = values.get(name)
    return [f"`{'.'.join(place)}`", _written(values), leaf.bounds if not leaf.codes else "codes", leaf.about.text]


def _written(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, list):
        return ", ".join(value)
    return f"{value:.12g}" if isinstance(value, (int, float)) else str(value)


if __name__ == "__main__":
    sys.stdout.write(calibration_page())
