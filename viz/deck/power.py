"""The power map on a slide: native shapes that move with their labels and keep their connectors."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence

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
from viz.deck.shapes import Board
from viz.drawing.power import BOLT_EDGE, BOLT_RADIUS, Box, LineLook, bands_of, draw_power, head_bar
from viz.scene.lane import TILE_HEIGHT
from viz.scene.scene import Bar, Column, Curve, Disc, Hexagon, Node, Point, Scene, Tile
from viz.words.names import name_of
from viz.words.numbers import whole_percent
from viz.words.sentences import person_sentence

NAMED = 20
"""How many people the name of a bar lists."""


def draw_power_map(board: Board, scene: Scene, content: MapContent) -> None:
    """Draw the scene on a board of the scene's pixels."""
    deque(draw_power(scene, content, PowerPen(board, scene, content)), maxlen=0)


class PowerPen:
    """Draws a power map as shapes: what belongs to a person is one group, lines are connectors glued to its ends.

    Shapes get their ids before the lines are drawn, because lines lie below what they are glued to.
    """

    def __init__(self, board: Board, scene: Scene, content: MapContent) -> None:
        self.board, self.report, self.lang = board, content.report, scene.lang
        ring = scene.frame.ring
        self.ring = ring
        self.ends: dict[Node, End] = {
            ("person", disc.person): End(disc.x, disc.y, disc.radius + ring + 1.0) for disc in scene.discs
        }
        self.ends |= {("rival", rival.rival): End(rival.x, rival.y, rival.radius) for rival in scene.rivals}
        self.tiles: dict[Node, End] = {
            ("member", tile.member): End(tile.x, tile.y - TILE_HEIGHT / 2, 0.0) for tile in scene.tiles
        }
        self.ids: dict[Node, int] = {}
        self.sites: dict[Node, list[Point]] = defaultdict(list)
        self.names = {person.id: name_of(person, scene.lang) for person in content.report.people}
        self.named: dict[Node, str] = {("person", person): name for person, name in self.names.items()}
        self.named |= {("rival", rival.rival): rival.name.text for rival in scene.rivals}
        self.named |= {("member", tile.member): tile.name.text for tile in scene.tiles}
        self.linker = Linker(
            np.array([(end.x, end.y, end.radius) for end in self.ends.values()]).reshape(-1, 3),
            np.array([disc.label.box for disc in scene.discs if disc.label.shown]).reshape(-1, 4),
        )

    def ground(self, scene: Scene) -> Iterable[None]:
        """Columns with their heads, bands, and the lane of our team, as one group."""
        board, frame = self.board, scene.frame
        bottom = frame.height - frame.lane
        with board.group(text("deck.ground", self.lang)):
            for number, column in enumerate(scene.columns):
                if number % 2 == 0:
                    board.shape("rect", (column.x, 0, column.width, bottom), COLOUR["zebra"])
            for band in bands_of(scene):
                board.line((0, band.y), (frame.width, band.y), Ink(COLOUR["line"]))
                name = Words(band.name, 11.0, COLOUR["muted"])
                level = [Words(f"{band.number} ", 11.0, COLOUR["text"], bold=True)] if band.number else []
                board.text((8, band.y + 5, frame.gutter - 10, 15), [[*level, name]])
            for column in scene.columns:
                self._head(column)
            board.shape("rect", (0, bottom, frame.width, frame.lane), COLOUR["lane"])
            ours = Words(text("viz.our_team", self.lang), 11.0, COLOUR["ours"], bold=True)
            board.text((8, bottom + 7, frame.gutter, 15), [[ours]])
        self.ids = {end: board.new_id() for end in [*self.ends, *self.tiles]}
        return ()

    def _head(self, column: Column) -> None:
        lines = [[Words(line, 12.0, COLOUR["text"], bold=True)] for line in column.lines]
        self.board.text((column.x + 6, 1, column.width - 8, 12.0 * len(lines) + 3), lines, leading=12.0)
        if column.coverage is None:
            return
        x, y, width, height = head_bar(column)
        self.board.shape("rect", (x, y, width, height), COLOUR["track"])
        if column.coverage > 0:
            self.board.shape("rect", (x, y, width * column.coverage, height), COLOUR["ours"])
        percent = Words(whole_percent(column.coverage), 11.0, COLOUR["muted"])
        self.board.text((column.x + column.width - 46, 27, 40, 15), [[percent]], "right", "ctr")

    def line(self, curve: Curve, look: LineLook) -> Iterable[None]:
        """A connector past people and labels, glued at both ends."""
        source, target = curve.ends
        tie = curve.kind == "tie"
        link = self.linker.link(curve, self.tiles[source] if tie else self.ends[source], self.ends[target])
        first = (self.ids[source], 0) if tie else self._glued(source, link.start)
        self.board.connector(
            link.start,
            link.end,
            Ink(COLOUR[look.colour], look.width, look.opacity, look.dashes, look.arrow),
            bulge=link.bulge,
            name=self._name(curve),
            glued=(first, self._glued(target, link.end)),
        )
        if curve.kind == "conflict":
            self._bolt(link)
        return ()

    def _glued(self, node: Node, point: Point) -> tuple[int, int]:
        """The id of a node's shape and the number of a new site on it."""
        self.sites[node].append(point)
        return self.ids[node], len(marks.STANDARD_SITES) + len(self.sites[node]) - 1

    def _name(self, curve: Curve) -> str:
        source, target = (self.named[end] for end in curve.ends)
        return f"{text(f'viz.layer.{curve.kind}', self.lang)}: {source} → {target}"

    def _bolt(self, link: Link) -> None:
        x, y = link.middle
        with self.board.group(text("viz.layer.conflict", self.lang)):
            box = (x - BOLT_RADIUS, y - BOLT_RADIUS, 2 * BOLT_RADIUS, 2 * BOLT_RADIUS)
            self.board.shape("ellipse", box, COLOUR["page"], Ink(COLOUR["conflict"], BOLT_EDGE))
            self.board.freeform(svg_path(encodings.BOLT), (x - 8, y - 8, 16, 16), COLOUR["conflict"])

    def bar(self, bar: Bar, pieces: Sequence[tuple[str, Box]]) -> Iterable[None]:
        """A bar of many people's marks with their number, as one group that names the first of them."""
        with self.board.group(", ".join(self.names[person] for person in bar.people[:NAMED])):
            for code, box in pieces:
                form = encodings.FORMS["light"][code]
                edge = Ink(form.outline, encodings.BAR_OUTLINE) if form.dashed and form.outline else None
                self.board.shape("rect", box, form.fill, edge)
            marks.written(self.board, bar.count, 11.0, COLOUR["muted"])
        return ()

    def dot(self, person: PersonResult, x: float, y: float) -> None:
        """A person as a dot."""
        marks.dot(self.board, person, x, y, self.lang)

    def people(self, people: Sequence[tuple[Disc, PersonResult]], *, slim: bool) -> Iterable[None]:
        """Each person as one group: what connectors are glued to, mark, label, gap number."""
        for disc, person in people:
            node: Node = ("person", person.id)
            with self.board.group(self.names[person.id], person_sentence(person, self.report, self.lang)):
                marks.disc(self.board, disc, person, self.ring, self.ids[node], self.sites[node], slim=slim)
        return ()

    def rival(self, rival: Hexagon) -> Iterable[None]:
        """A competitor as one group."""
        node: Node = ("rival", rival.rival)
        with self.board.group(rival.name.text, rival.under.text):
            marks.hexagon(self.board, rival, self.ids[node], self.sites[node])
        return ()

    def team_member(self, tile: Tile) -> Iterable[None]:
        """A team member as one group."""
        with self.board.group(f"{tile.role} {tile.name.text}", tile.under.text):
            marks.tile(self.board, tile, self.ids["member", tile.member])
        return ()
