"""Open the store that options and settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.options import SCREEN_LANG
from api.settings import Settings, default_store_url, load_settings
from api.terminal import say_aside
from graph.model.words import text
from swaymap.store import Store

if TYPE_CHECKING:
    from graph.store.protocol import GraphStore, Upgrade


def opened_store(url: str | None) -> Store:
    """The store asked for, to be used in a `with` block."""
    return Store(open_asked(url, load_settings()))


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
        keep_columns=settings.keep_columns,
        on_upgrade=_say_upgrade,
    )


def _say_upgrade(upgrade: Upgrade) -> None:
    """A store that an earlier swaymap wrote is brought up to date by the first write: where it lies as it was."""
    say_aside(upgrade_text(upgrade, SCREEN_LANG))


def upgrade_text(upgrade: Upgrade, lang: str) -> str:
    """That a store was brought up to date, and where its copy is."""
    key = "cli.store.upgraded" if upgrade.copy else "cli.store.upgraded_without_copy"
    return text(key, lang, store=upgrade.store, before=upgrade.before, after=upgrade.after, copy=upgrade.copy)
