"""Maps on disk, and a watch over the pages that show them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, Request

from graph.analysis.map import MapContent, map_content
from graph.model import Account
from graph.model.dataset import Dataset
from loaders import read, sample_company
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of
from viz.map_page import power_map_page
from viz.scene.views import View

AS_OF = datetime.date(2026, 11, 23)

Opens = Callable[..., Page]
"""Opens a page from disk: path, width, height, fragment."""

DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
"""Resolves when what was changed before has been drawn; only then the map knows where its labels are."""


def watch(page: Page, path: Path, wrong: list[str]) -> None:
    """Note every request but that of the page itself, every error and warning, every breach of the policy."""

    def asked(request: Request) -> None:
        address = request.url.split("#")[0]
        if address != path.as_uri() and not address.startswith(("data:", "blob:")):
            wrong.append(f"request: {address}")

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            wrong.append(f"console: {message.text}")

    page.on("request", asked)
    page.on("console", said)
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))


def sample_content() -> MapContent:
    """The map of the sample company."""
    with sample_company() as folder:
        batch = read([folder], today=AS_OF)
    assert not batch.findings.has_errors
    return map_content(batch.dataset, batch.dataset.of(Account)[0].id, AS_OF)


def crowd_dataset(people: int, seed: int | None = None) -> Dataset:
    """The records of so many random people, all of them in the picture."""
    rows = random_account(seed=seed or people, people=people, lines=6 * people // 4, opportunities=1)
    for row in rows["people"]:
        row["status"] = "active"
    return dataset_of(rows)


def crowd_content(people: int, seed: int | None = None) -> MapContent:
    """Their map."""
    return map_content(crowd_dataset(people, seed), "acme", AS_OF)


def written(content: MapContent, folder: Path, lang: str = "en", view: View = "power") -> Path:
    """The page of a map, written to a folder."""
    path = folder / "map.html"
    path.write_text(power_map_page(content, lang, view), encoding="utf-8")
    return path
