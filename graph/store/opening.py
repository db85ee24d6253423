"""Open the store at an address."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from graph.store.kept_columns import keeps_by_environment
from graph.store.problems import store_input_error
from graph.store.protocol import GraphStore, Upgrade
from graph.store.staging import Staging

_SQLITE = "sqlite:///"
_NEO4J = frozenset({"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"})


def open_store(
    url: str,
    *,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    staging: Staging | None = None,
    makes_folder: bool = False,
    keep_columns: bool | None = None,
    on_upgrade: Callable[[Upgrade], None] | None = None,
) -> GraphStore:
    """Open the store at an address: `sqlite:///file.db`, a path that ends in .db, `bolt://…`, `neo4j://…`, `…+s://…`.

    As elsewhere, three slashes begin a path from the current folder, four one from the root. User, password, database
    and staging are for Neo4j; an address with credentials is refused, since addresses end up in logs. With
    `makes_folder` the first write to a file makes its folder too. `keep_columns` says whether readers may keep coded
    columns in the store; None leaves it to the variable `SWAYMAP_KEEP_COLUMNS`. `on_upgrade` is called where a write
    has upgraded a store of an earlier swaymap.

    Raises StoreInputError for an address that names no store, StoreError where the store cannot be used.
    """
    keeps_columns = keeps_by_environment() if keep_columns is None else keep_columns
    embedded = partial(_embedded, makes_folder=makes_folder, keeps_columns=keeps_columns, on_upgrade=on_upgrade)
    if url.startswith(_SQLITE):
        return embedded(url.removeprefix(_SQLITE))
    scheme, separator, _ = url.partition("://")
    if not separator and url.endswith(".db"):
        return embedded(url)
    if scheme not in _NEO4J or not separator:
        raise store_input_error("unknown_address", store=f"{scheme[:40]}://…" if separator else url[:40])
    if "@" in url:
        raise store_input_error("credentials_in_address", store=f"{scheme}://…@{url.rpartition('@')[2][:40]}")
    if not _names_a_server(url):
        raise store_input_error("unknown_address", store=url[:40])
    from graph.store.neo4j.store import Neo4jStore

    return Neo4jStore(
        url,
        user=user or "neo4j",
        password=password,
        database=database or "neo4j",
        staging=staging,
        keeps_columns=keeps_columns,
        on_upgrade=on_upgrade,
    )


def _names_a_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0 and parts.path in ("", "/") and not parts.query
    except ValueError:
        return False


def _embedded(
    path: str, makes_folder: bool, keeps_columns: bool, on_upgrade: Callable[[Upgrade], None] | None
) -> GraphStore:
    from graph.store.sqlite.store import SqliteStore

    if not path or path.endswith(("/", "\\")):
        raise store_input_error("no_file_named", store=f"{_SQLITE}{path}")
    return SqliteStore(
        Path(path).expanduser(), makes_folder=makes_folder, keeps_columns=keeps_columns, on_upgrade=on_upgrade
    )
