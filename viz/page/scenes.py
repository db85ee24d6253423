"""The scenes of a page: both languages, each for several windows, and the still pictures for print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.model.words import LANGUAGES
from viz import encodings
from viz.page.network import EDGE, network_data
from viz.scene.power import power_scene
from viz.svg.power import scene_svg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.analysis.history.compare import Comparison
    from graph.analysis.map import MapContent
    from viz.scene.scene import Bar, Disc, Hexagon, Label, Scene, TextLine, Tile

WIDE, NARROW, BROAD = (1116.0, 702.0), (1024.0, 560.0), (1500.0, 740.0)
"""The free area in pixels: of a window of 1440 x 900; of 1024 x 768 or a sheet, without the panel; of a monitor."""
SIZES = (WIDE, NARROW, BROAD)


def scenes_of(content: MapContent) -> dict[str, tuple[Scene, ...]]:
    """The scenes by language, in the order of `SIZES`."""
    return {lang: tuple(power_scene(content, lang, *size) for size in SIZES) for lang in LANGUAGES}


def still_pictures(
    scenes: Mapping[str, tuple[Scene, ...]], content: MapContent, told: Comparison | None = None
) -> list[tuple[str, str]]:
    """The picture before and without scripts, and on paper: the narrow scene as SVG, by language."""
    return [(lang, scene_svg(made[SIZES.index(NARROW)], content, told=told)) for lang, made in scenes.items()]


def scenes_data(scenes: Mapping[str, tuple[Scene, ...]], content: MapContent) -> dict[str, list[dict[str, Any]]]:
    """The scenes as data.js declares them."""
    rank = {person.id: place for place, person in enumerate(content.report.people)}
    return {lang: [_scene(scene, rank) for scene in made] for lang, made in scenes.items()}


def drawing_data(content: MapContent) -> dict[str, Any]:
    """Colours, paths and fonts, for the canvas to draw with: the same that the SVG is made of; and what is a tie."""
    return {
        "tie": content.report.tie,
        "still": {"width": NARROW[0], "height": NARROW[1]},
        "colours": encodings.COLOURS,
        "forms": {
            theme: {
                code: {
                    "fill": form.fill,
                    "glyph": form.glyph,
                    "outline": form.outline,
                    "width": form.outline_width,
                    "dashed": form.dashed,
                    "square": form.square,
                }
                for code, form in forms.items()
            }
            for theme, forms in encodings.FORMS.items()
        },
        "glyphs": encodings.GLYPHS,
        "filled": sorted(encodings.FILLED_GLYPHS),
        "stroke": encodings.GLYPH_STROKE,
        "bolt": encodings.BOLT,
        "ring": encodings.RING,
        "bar": encodings.BAR_OUTLINE,
        "lines": {
            kind: {"colour": style.colour, "dashes": list(style.dashes), "arrow": style.arrow}
            for kind, style in encodings.LINES.items()
        },
        "assumed": list(encodings.ASSUMED_DASHES),
        "family": encodings.FONTS,
        "fonts": {
            "name": f"600 12.5px {encodings.FONTS}",
            "seat": f"italic 600 12.5px {encodings.FONTS}",
            "small": f"11px {encodings.FONTS}",
            "head": f"600 12px {encodings.FONTS}",
            "level": f"600 11px {encodings.FONTS}",
            "chip": f"600 11px {encodings.FONTS}",
            "tile": f"600 12.5px {encodings.FONTS}",
            "pill": f"600 11px {encodings.FONTS}",
        },
    }


def _scene(scene: Scene, rank: Mapping[str, int]) -> dict[str, Any]:
    nodes, edges = network_data(scene)
    frame = scene.frame
    return {
        "width": frame.width,
        "height": frame.height,
        "frame": {
            "gutter": frame.gutter,
            "heads": frame.heads,
            "lane": frame.height - frame.lane,
            "ring": frame.ring,
        },
        "columns": [
            {
                "unit": column.unit,
                "x": _short(column.x),
                "width": _short(column.width),
                "name": list(column.lines),
                "whole": column.whole,
                "coverage": None if column.coverage is None else round(column.coverage, 4),
            }
            for column in scene.columns
        ],
        "bands": [{"y": _short(band.y), "level": band.number, "name": band.name} for band in scene.bands],
        "strip": None if scene.strip is None else _short(scene.strip.y),
        "discs": [_disc(disc) for disc in scene.discs],
        "dots": [[dot.person, _short(dot.x), _short(dot.y)] for dot in scene.dots],
        "bars": [_bar(bar, rank) for bar in scene.bars],
        "tiles": [_tile(tile) for tile in scene.tiles],
        "rivals": [_rival(rival) for rival in scene.rivals],
        "nodes": nodes,
        "edges": [[edge[key] for key in EDGE if key != "id"] for edge in edges],
    }


def _disc(disc: Disc) -> dict[str, Any]:
    return {
        "id": disc.person,
        "x": _short(disc.x),
        "y": _short(disc.y),
        "r": round(disc.radius, 2),
        "label": _label(disc.label),
        "badge": None if disc.badge is None else [_short(part) for part in disc.badge[1:]],
    }


def _bar(bar: Bar, rank: Mapping[str, int]) -> dict[str, Any]:
    return {
        "x": _short(bar.x),
        "y": _short(bar.y),
        "width": _short(bar.width),
        "height": _short(bar.height),
        "parts": [list(part) for part in bar.parts],
        "count": _line(bar.count),
        "people": [rank[person] for person in bar.people],
    }


def _label(label: Label) -> dict[str, Any]:
    return {
        "box": [_short(part) for part in label.box],
        "origin": [_short(part) for part in label.origin],
        "align": label.align,
        "name": _line(label.name),
        "title": [_line(title) for title in label.titles],
        "chips": [[_short(chip.x), _short(chip.y), chip.letter] for chip in label.chips],
        "shown": int(label.shown),
    }


def _tile(tile: Tile) -> dict[str, Any]:
    return {
        "id": tile.member,
        "x": _short(tile.x),
        "y": _short(tile.y),
        "width": tile.width,
        "height": tile.height,
        "role": tile.role,
        "name": _line(tile.name),
        "under": _line(tile.under),
    }


def _rival(rival: Hexagon) -> dict[str, Any]:
    return {
        "id": rival.rival,
        "x": _short(rival.x),
        "y": _short(rival.y),
        "r": rival.radius,
        "initial": rival.initial,
        "name": _line(rival.name),
        "under": _line(rival.under),
        "align": rival.align,
    }


def _line(line: TextLine) -> list[Any]:
    return [_short(line.x), _short(line.y), line.text]


def _short(value: float) -> float:
    """A tenth of a pixel is enough."""
    return round(value, 1)
