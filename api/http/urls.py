"""Every address that the server answers, built in one place."""

from __future__ import annotations

from urllib.parse import quote, urlencode

API = "/api/v1"


def map_url(account: str, **query: str) -> str:
    """The page with the power map of an account."""
    return _with_query(f"{API}/accounts/{quote(account, safe='')}/map", query)


def index_url(**query: str) -> str:
    """The index page."""
    return _with_query("/", query)


def _with_query(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
