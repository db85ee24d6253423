"""How far long work is: a bar with its rate on the terminal, nothing where nobody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from api.terminal import drawing_stream
from graph.model.words import text

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

LONG = 20_000
"""Records from which an import takes long enough to be shown."""

WAIT, BETWEEN = 1.0, 0.1
"""Seconds until the progress of a portfolio is shown at all, and from one drawing to the next."""


class Stages:
    """The stages of an import on a terminal: rows read, records stored."""

    def __init__(self, lang: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

        rate = TextColumn("{task.fields[rate]}")
        self.bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            rate,
            console=Console(file=drawing_stream()),
            transient=True,
            # Else what others print meanwhile would take the bar's way to the terminal.
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._lang = lang
        self._storing = self.bars.add_task(text("cli.import.storing", lang), total=None, visible=False, rate="")
        self._reading = self.bars.add_task(text("cli.import.reading", lang), total=None, visible=False, rate="")

    def read(self, rows: int) -> None:
        """So many more rows were read."""
        done = self.bars.tasks[self._reading].completed + rows
        self._show(self._reading, done, None)

    def stored(self, done: int, total: int) -> None:
        """So many records of so many were stored."""
        self._show(self._storing, done, total)

    def _show(self, task: TaskID, done: float, total: int | None) -> None:
        if max(done, total or 0) < LONG:
            return
        speed = self.bars.tasks[task].speed
        rate = "" if speed is None else text("cli.import.rate", self._lang, rate=f"{speed:,.0f}")
        self.bars.update(task, completed=done, total=total, visible=True, rate=rate)


@contextmanager
def stages_shown(lang: str) -> Iterator[Stages | None]:
    """The stages while the block runs; None where the screen is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    stages = Stages(lang)
    with stages.bars:
        yield stages


class AccountsBar:
    """The accounts of a portfolio that are computed, of how many, and how many a second; shown after a second.

    It is drawn when it is told something, by nobody else: processes may be forked beside it, which needs that no
    thread runs.
    """

    def __init__(self, lang: str, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._lang, self._stream, self._clock = lang, stream, clock
        self._started = self._drawn = clock()
        self._bar: Progress | None = None

    def __call__(self, done: int, total: int) -> None:
        """So many accounts of so many are computed."""
        now = self._clock()
        if now - self._started < WAIT or done >= total or (self._bar is not None and now - self._drawn < BETWEEN):
            return
        if self._bar is None:
            self._bar = self._made(total)
            self._bar.start()
        self._drawn = now
        rate = text("cli.import.rate", self._lang, rate=f"{done / (now - self._started):,.0f}")
        self._bar.update(self._bar.task_ids[0], completed=done, rate=rate, refresh=True)

    def close(self) -> None:
        """Take the bar off the terminal."""
        if self._bar is not None:
            self._bar.stop()

    def _made(self, total: int) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            console=Console(file=self._stream),
            transient=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        bar.add_task(text("cli.coverage.computing", self._lang), total=total, rate="")
        return bar


@contextmanager
def accounts_shown(lang: str) -> Iterator[AccountsBar | None]:
    """The bar of a portfolio while the block runs; None where the screen is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = AccountsBar(lang, drawing_stream())
    try:
        yield bar
    finally:
        bar.close()
