"""Power maps in the page's data: scenes in both languages for windows of several sizes, and the looks to draw them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.model.words import LANGUAGES
from viz import encodings
from viz.page.data import tenth
from viz.scene.power import power_scene
from viz.scene.views import NARROW, POWER_SIZES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.analysis.map import MapContent
    from viz.scene.scene import Bar, Curve, Disc, Hexagon, Label, Scene, Side, TextLine, Tile

PERSON, MEMBER, RIVAL = "p:", "m:", "c:"
"""Prefixes of node names: a person, a team member and a competitor may have the same id."""
PREFIX: dict[Side, str] = {"person": PERSON, "member": MEMBER, "rival": RIVAL}
TILE_END = 1.0
"""The radius at which ties end at a team member: at the middle of the tile's upper side."""


def scenes_of(content: MapContent) -> dict[str, tuple[Scene, ...]]:
    """The scenes by language, in the order of `POWER_SIZES`."""
    return {lang: tuple(power_scene(content, lang, *size) for size in POWER_SIZES) for lang in LANGUAGES}


def scenes_data(scenes: Mapping[str, tuple[Scene, ...]], content: MapContent) -> dict[str, list[dict[str, Any]]]:
    """The scenes as data.js declares them."""
    places = {person.id: place for place, person in enumerate(content.report.people)}
    return {lang: [_scene(scene, places) for scene in sizes] for lang, sizes in scenes.items()}


def drawing_data(content: MapContent) -> dict[str, Any]:
    """Colours, paths and fonts for the canvas, the same as in SVG; and the least strength of a tie."""
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


def _scene(scene: Scene, places: Mapping[str, int]) -> dict[str, Any]:
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
                "x": tenth(column.x),
                "width": tenth(column.width),
                "name": list(column.lines),
                "whole": column.whole,
                "coverage": None if column.coverage is None else round(column.coverage, 4),
            }
            for column in scene.columns
        ],
        "bands": [{"y": tenth(band.y), "level": band.number, "name": band.name} for band in scene.bands],
        "strip": None if scene.strip is None else tenth(scene.strip.y),
        "discs": [_disc(disc) for disc in scene.discs],
        "dots": [[dot.person, tenth(dot.x), tenth(dot.y)] for dot in scene.dots],
        "bars": [_bar(bar, places) for bar in scene.bars],
        "tiles": [_tile(tile) for tile in scene.tiles],
        "rivals": [_rival(rival) for rival in scene.rivals],
        "nodes": _nodes(scene),
        "edges": [_edge(curve) for curve in scene.curves],
    }


def _nodes(scene: Scene) -> list[dict[str, Any]]:
    """The nodes for vis-network: positions are fixed, sizes are radii at which lines end."""
    ring = scene.frame.ring + 1
    places = [(PERSON + disc.person, disc.x, disc.y, disc.radius + ring) for disc in scene.discs]
    places += [(MEMBER + tile.member, tile.x, tile.y - tile.height / 2, TILE_END) for tile in scene.tiles]
    places += [(RIVAL + rival.rival, rival.x, rival.y, rival.radius + 1) for rival in scene.rivals]
    return [
        {"id": name, "x": tenth(x), "y": tenth(y), "size": tenth(size), "shape": "dot"} for name, x, y, size in places
    ]


def _edge(curve: Curve) -> list[Any]:
    """A line as a row, in the order in which data.js reads it; its place in the list is its id."""
    source, target = (PREFIX[side] + identity for side, identity in curve.ends)
    via = [tenth(part) for part in curve.via]
    width, opacity = tenth(curve.width), round(curve.opacity, 3)
    return [source, target, curve.kind, width, opacity, via, int(curve.assumed), curve.roundness]


def _disc(disc: Disc) -> dict[str, Any]:
    return {
        "id": disc.person,
        "x": tenth(disc.x),
        "y": tenth(disc.y),
        "r": round(disc.radius, 2),
        "label": _label(disc.label),
        "badge": None if disc.badge is None else [tenth(part) for part in disc.badge[1:]],
    }


def _bar(bar: Bar, places: Mapping[str, int]) -> dict[str, Any]:
    return {
        "x": tenth(bar.x),
        "y": tenth(bar.y),
        "width": tenth(bar.width),
        "height": tenth(bar.height),
        "parts": [list(part) for part in bar.parts],
        "count": _line(bar.count),
        "people": [places[person] for person in bar.people],
    }


def _label(label: Label) -> dict[str, Any]:
    return {
        "box": [tenth(part) for part in label.box],
        "origin": [tenth(part) for part in label.origin],
        "align": label.align,
        "name": _line(label.name),
        "title": [_line(title) for title in label.titles],
        "chips": [[tenth(chip.x), tenth(chip.y), chip.letter] for chip in label.chips],
        "shown": int(label.shown),
    }


def _tile(tile: Tile) -> dict[str, Any]:
    return {
        "id": tile.member,
        "x": tenth(tile.x),
        "y": tenth(tile.y),
        "width": tile.width,
        "height": tile.height,
        "role": tile.role,
        "name": _line(tile.name),
        "under": _line(tile.under),
    }


def _rival(rival: Hexagon) -> dict[str, Any]:
    return {
        "id": rival.rival,
        "x": tenth(rival.x),
        "y": tenth(rival.y),
        "r": rival.radius,
        "initial": rival.initial,
        "name": _line(rival.name),
        "under": _line(rival.under),
        "align": rival.align,
    }


def _line(line: TextLine) -> list[Any]:
    return [tenth(line.x), tenth(line.y), line.text]
