"""The lines of influence without somebody: what changes, of what each person is told, for many departures at once.

Without somebody the lines to and from them go. Whom they told is told less, so that what reporting lines say of these
counts more; their managers' ears are shared by fewer. Only the ears of these few people change: arrays hold a row for
each departure, and of each a row for every ear that changes.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from graph.analysis.account import Flags, Floats, Ints
from graph.analysis.rounding import SLACK
from graph.analysis.supposing.departures_base import DeparturesBase


class DepartedLines:
    """Some departures together; `stays` says whose seat stays, vacant, in the graph.

    `ears` are the people whose lines change, departures x most ears; where somebody changes fewer, the one who goes
    stands in the places left over, which `counts` tells apart. `heard` is what they are told then, departures x ears x
    sources.
    """

    def __init__(self, base: DeparturesBase, who: Ints, stays: Flags) -> None:
        self.base, self.who, self.stays = base, who, stays
        self.ears, self.counts = _in_rows(base.touched[who], who)
        self._left = np.maximum(0.0, 1.0 - (base.told - base.recorded[who]))
        self._left[self._left <= SLACK] = 0.0

    @cached_property
    def heard(self) -> Floats:
        """What each ear that changes is told, source by source."""
        base, rows = self.base, np.arange(len(self.who))[:, None]
        heard: Floats = base.assumed_ears[self.ears] * self._left[rows, self.ears][:, :, None]
        for row in np.flatnonzero(~self.stays).tolist():
            self._share_ears_anew(heard[row], row)
        heard += base.recorded_ears[self.ears]
        heard[rows[:, 0], :, self.who] = 0.0
        heard[self.ears == self.who[:, None]] = 0.0
        return heard

    def _share_ears_anew(self, heard: Floats, row: int) -> None:
        """One report less shares the ear of each manager of theirs."""
        base, gone = self.base, self.who[row]
        for manager in np.flatnonzero(base.up[gone]).tolist():
            team = base.team[gone, manager]
            up = base.up[:, manager] * (team / max(1.0, team - 1.0))
            ear = np.where(base.unrecorded[:, manager], np.maximum(base.down[:, manager], up), 0.0)
            heard[self.ears[row] == manager] = ear * self._left[row, manager]

    @cached_property
    def told(self) -> Floats:
        """The sum of what everybody is told, departures x people."""
        told = np.tile(self.base.heard.sum(axis=1), (len(self.who), 1))
        np.put_along_axis(told, self.ears, self.heard.sum(axis=2), axis=1)
        return told

    def opened(self, row: int) -> list[tuple[int, int]]:
        """Lines that open with a departure, (source, target): somebody was told enough by the one who goes, and hears
        their boss now.
        """
        ears, sources = np.nonzero(self._opened[row])
        return list(zip(sources.tolist(), self.ears[row, ears].tolist(), strict=True))

    @cached_property
    def _opened(self) -> Flags:
        opened: Flags = (self.heard > 0) & ~(self.base.heard[self.ears] > 0)
        opened &= self.counts[:, :, None]
        return opened

    def pairs(self, row: int) -> tuple[Ints, Ints]:
        """All lines that there are after a departure: sources and targets."""
        heard = self.base.heard > 0
        heard[:, self.who[row]] = False
        heard[self.ears[row]] = self.heard[row] > 0
        target, source = np.nonzero(heard)
        return source, target


def _in_rows(touched: Flags, filler: Ints) -> tuple[Ints, Flags]:
    """The columns that each row has, rows x the most of any, filled up; and which of them count."""
    most = int(touched.sum(axis=1).max(initial=0))
    order = np.argsort(~touched, axis=1, kind="stable")[:, :most]
    counts: Flags = np.take_along_axis(touched, order, axis=1)
    return np.where(counts, order, filler[:, None]), counts
