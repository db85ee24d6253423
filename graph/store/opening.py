"""From an address to a store."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from graph.store.problems import store_problem
from graph.store.protocol import GraphStore
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
) -> GraphStore:
    """Open the store at an address: `sqlite:///file.db`, a path that ends in .db, `bolt://…`, `neo4j://…`, `…+s://…`.

    As elsewhere, three slashes begin a path from here and four one from the root. User, password, database and
    staging are Neo4j's; an address that holds credentials is refused, since addresses end up in logs. Raises
    StoreProblem.
    """
    if url.startswith(_SQLITE):
        return _embedded(url.removeprefix(_SQLITE))
    scheme, separator, _ = url.partition("://")
    if not separator and url.endswith(".db"):
        return _embedded(url)
    if scheme not in _NEO4J or not separator:
        raise store_problem("unknown_address", address=f"{scheme[:40]}://…" if separator else url[:40])
    if "@" in url:
        raise store_problem("credentials_in_address")
    if not _names_a_server(url):
        raise store_problem("unknown_address", address=url[:40])
    from graph.store.neo4j_store import Neo4jStore

    return Neo4jStore(url, user=user or "neo4j", password=password, database=database or "neo4j", staging=staging)


def _names_a_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0 and parts.path in ("", "/") and not parts.query
    except ValueError:
        return False


def _embedded(path: str) -> GraphStore:
    from graph.store.sqlite_store import SqliteStore

    if not path or path.endswith(("/", "\\")):
        raise store_problem("no_file_named", address=f"{_SQLITE}{path}")
    return SqliteStore(Path(path).expanduser())
