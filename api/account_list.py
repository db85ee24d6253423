"""Pages of the list of accounts, by id. Whatever the store holds, only the accounts of the page are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.text.rows import account_rows

if TYPE_CHECKING:
    from swaymap.store import Store


def page_of_accounts(store: Store, after: str | None, limit: int) -> tuple[list[dict[str, Any]], str | None]:
    """The rows of at most `limit` accounts after an id, and the id to ask the next page with; None at the end."""
    page = store.graph_store.accounts(after, limit, scope=store.scope)
    is_more = len(page) == limit and bool(store.account_ids(page[-1].id, 1))
    return account_rows(page), page[-1].id if is_more else None


def page_of_ids(store: Store, after: str | None, limit: int) -> tuple[list[str], str | None]:
    """The same page as ids alone."""
    ids = store.account_ids(after, limit + 1)
    page = ids[:limit]
    return page, page[-1] if len(ids) > limit else None
