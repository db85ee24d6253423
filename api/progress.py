"""How far a long import is: a bar with its rate on the terminal, nothing where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from api.terminal import drawing_stream
from graph.model.words import text

if TYPE_CHECKING:
    from rich.progress import TaskID

LONG = 20_000
"""Records from which an import takes long enough to be shown."""


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
