"""The power map on a slide: the scene of the page, drawn as shapes that move with their labels and keep their lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from graph.analysis.map import MapContent
from graph.analysis.report.results import PersonResult
from graph.model.words import text
from viz import encodings
from viz.deck import marks
from viz.deck.drawingml import Ink, Words
from viz.deck.lines import End, Link, Linker
from viz.deck.marks import COLOUR
from viz.deck.paths import svg_path
from viz.deck.sentences import person_sentence
from viz.deck.shapes import Board
from viz.scene.lane import TILE_HEIGHT
from viz.scene.plan import name_of
from viz.scene.scene import Bar, Column, Curve, Node, Point, Scene

NAMED = 20
"""How many people the name of a bar tells."""

HIDDEN = frozenset({"reporting"})
"""The lines that the page leaves out at first too."""


def draw_power_map(board: Board, scene: Scene, content: MapContent) -> None:
    """Draw the scene on a board of the scene's pixels."""
    people = {person.id: person for person in content.report.people}
    _ground(board, scene)
    _Drawing(board, scene, people, content).draw()


def _ground(board: Board, scene: Scene) -> None:
    frame = scene.frame
    bottom = frame.height - frame.lane
    with board.group(text("deck.ground", scene.lang)):
        for number, column in enumerate(scene.columns):
            if number % 2 == 0:
                board.shape("rect", (column.x, 0, column.width, bottom), COLOUR["zebra"])
        for band in (*scene.bands, *((scene.strip,) if scene.strip else ())):
            board.line((0, band.y), (frame.width, band.y), Ink(COLOUR["line"]))
            name = Words(band.name, 11.0, COLOUR["muted"])
            number_of = [Words(f"{band.number} ", 11.0, COLOUR["text"], bold=True)] if band.number else []
            board.text((8, band.y + 5, frame.gutter - 10, 15), [[*number_of, name]])
        for column in scene.columns:
            _head(board, column)
        board.shape("rect", (0, bottom, frame.width, frame.lane), COLOUR["lane"])
        ours = Words(text("viz.our_team", scene.lang), 11.0, COLOUR["ours"], bold=True)
        board.text((8, bottom + 7, frame.gutter, 15), [[ours]])


def _head(board: Board, column: Column) -> None:
    lines = [[Words(line, 12.0, COLOUR["text"], bold=True)] for line in column.lines]
    board.text((column.x + 6, 1, column.width - 8, 12.0 * len(lines) + 3), lines, leading=12.0)
    if column.coverage is None:
        return
    room = max(10.0, column.width - 50.0)
    board.shape("rect", (column.x + 6, 33, room, 4), COLOUR["track"])
    if column.coverage > 0:
        board.shape("rect", (column.x + 6, 33, room * column.coverage, 4), COLOUR["ours"])
    percent = Words(f"{round(100 * column.coverage)} %", 11.0, COLOUR["muted"])
    board.text((column.x + column.width - 46, 27, 40, 15), [[percent]], "right", "ctr")


class _Drawing:
    """People, teams and rivals with their lines. Ids come first: lines lie below what they are glued to."""

    def __init__(self, board: Board, scene: Scene, people: Mapping[str, PersonResult], content: MapContent) -> None:
        self.board, self.scene, self.people, self.content = board, scene, people, content
        ring = scene.frame.ring + 1.0
        self.ends: dict[Node, End] = {
            ("person", disc.person): End(disc.x, disc.y, disc.radius + ring) for disc in scene.discs
        }
        self.ends |= {("rival", rival.rival): End(rival.x, rival.y, rival.radius) for rival in scene.rivals}
        self.tiles: dict[Node, End] = {
            ("member", tile.member): End(tile.x, tile.y - TILE_HEIGHT / 2, 0.0) for tile in scene.tiles
        }
        self.ids = {end: board.new_id() for end in [*self.ends, *self.tiles]}
        self.sites: dict[Node, list[Point]] = defaultdict(list)
        self.names = {person.id: name_of(person, scene.lang) for person in people.values()}
        self.named: dict[Node, str] = {("person", one): name for one, name in self.names.items()}
        self.named |= {("rival", rival.rival): rival.name.text for rival in scene.rivals}
        self.named |= {("member", tile.member): tile.name.text for tile in scene.tiles}

    def draw(self) -> None:
        board, scene = self.board, self.scene
        linker = Linker(
            np.array([(end.x, end.y, end.radius) for end in self.ends.values()]).reshape(-1, 3),
            np.array([one.label.box for one in scene.discs if one.label.shown]).reshape(-1, 4),
        )
        for curve in scene.curves:
            if curve.kind not in HIDDEN:
                self._line(curve, linker)
        for bar in scene.bars:
            self._bar(bar)
        for dot in scene.dots:
            marks.dot(board, self.people[dot.person], dot.x, dot.y, scene.lang)
        for disc in scene.discs:
            person = self.people[disc.person]
            with board.group(self.names[person.id], person_sentence(person, self.content.report, scene.lang)):
                at: Node = ("person", person.id)
                marks.disc(board, disc, person, scene.frame.ring, self.ids[at], self.sites[at])
        for rival in scene.rivals:
            with board.group(rival.name.text, rival.under.text):
                at = ("rival", rival.rival)
                marks.hexagon(board, rival, self.ids[at], self.sites[at])
        for tile in scene.tiles:
            with board.group(f"{tile.role} {tile.name.text}", tile.under.text):
                marks.tile(board, tile, self.ids["member", tile.member])

    def _line(self, curve: Curve, linker: Linker) -> None:
        source, target = curve.ends
        tie = curve.kind == "tie"
        link = linker.link(curve, self.tiles[source] if tie else self.ends[source], self.ends[target])
        first = (self.ids[source], 0) if tie else self._glued(source, link.start)
        style = encodings.LINES[curve.kind]
        dashes = encodings.ASSUMED_DASHES if curve.assumed else style.dashes
        self.board.connector(
            link.start,
            link.end,
            Ink(COLOUR[style.colour], curve.width, curve.opacity, dashes, style.arrow),
            bulge=link.bulge,
            name=self._name(curve),
            glued=(first, self._glued(target, link.end)),
        )
        if curve.kind == "conflict":
            self._bolt(link)

    def _glued(self, one: Node, point: Point) -> tuple[int, int]:
        """The shape and the number of a new place on it to glue to."""
        self.sites[one].append(point)
        return self.ids[one], len(marks.STANDARD_SITES) + len(self.sites[one]) - 1

    def _name(self, curve: Curve) -> str:
        source, target = (self.named[end] for end in curve.ends)
        return f"{text(f'viz.layer.{curve.kind}', self.scene.lang)}: {source} → {target}"

    def _bar(self, bar: Bar) -> None:
        """Those of a cell who are too many for dots: a bar of their stances, and how many they are."""
        x, total = bar.x, sum(count for _, count in bar.parts)
        with self.board.group(", ".join(self.names[person] for person in bar.people[:NAMED])):
            for code, count in bar.parts:
                form, width = encodings.FORMS["light"][code], bar.width * count / total
                edge = Ink(form.outline, encodings.BAR_OUTLINE) if form.dashed and form.outline else None
                self.board.shape("rect", (x, bar.y, width, bar.height), form.fill, edge)
                x += width
            marks.written(self.board, bar.count, 11.0, COLOUR["muted"])

    def _bolt(self, link: Link) -> None:
        x, y = link.middle
        with self.board.group(text("viz.layer.conflict", self.scene.lang)):
            ink = Ink(COLOUR["conflict"], 1.3)
            self.board.shape("ellipse", (x - 9, y - 9, 18, 18), COLOUR["page"], ink)
            bolt = svg_path(encodings.BOLT)
            self.board.freeform(bolt, (x - 8, y - 8, 16, 16), COLOUR["conflict"])
