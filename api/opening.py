"""From options to what an answer needs: the store, the calibration, the day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from api.options import SCREEN_LANG
from api.settings import Settings, default_store_url, load_settings
from api.terminal import say_aside
from graph.model.words import text

if TYPE_CHECKING:
    from api.answers import Question
    from graph.model.calibration import Calibration
    from graph.store.protocol import GraphStore, Upgrade


@contextmanager
def opened_store(url: str | None) -> Iterator[GraphStore]:
    """The store asked for, closed at the end."""
    store = open_asked(url, load_settings())
    try:
        yield store
    finally:
        store.close()


def open_asked(url: str | None, settings: Settings) -> GraphStore:
    """Open the store at an address, else the one that the settings name."""
    from graph.store import open_store

    address = settings.store_url(url)
    return open_store(
        address,
        user=settings.neo4j_user,
        password=settings.password(),
        database=settings.neo4j_database,
        staging=settings.staging(),
        makes_folder=address == default_store_url(),
        on_upgrade=_say_upgrade,
    )


def _say_upgrade(upgrade: Upgrade) -> None:
    """A store that an earlier swaymap wrote is brought up to date by the first write: where it lies as it was."""
    say_aside(upgrade_text(upgrade, SCREEN_LANG))


def upgrade_text(upgrade: Upgrade, lang: str) -> str:
    """That a store was brought up to date, and where its copy is."""
    key = "cli.store.upgraded" if upgrade.copy else "cli.store.upgraded_without_copy"
    return text(key, lang, store=upgrade.store, before=upgrade.before, after=upgrade.after, copy=upgrade.copy)


def question_of(
    account: str, opportunity: str | None, as_of: datetime.date | None, calibration: Path | None
) -> Question:
    """What the options of a command ask."""
    from api.answers import Question

    return Question(account, as_of or today(), calibration_from(calibration), opportunity)


def calibration_from(path: Path | None) -> Calibration:
    """The default numbers, or those of a file."""
    from graph.model.calibration import load_calibration

    return load_calibration(path)


def today() -> datetime.date:
    """The day an answer looks from when none is given. The only place that reads the clock for one."""
    return datetime.date.today()
