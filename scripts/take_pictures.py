"""Takes the pictures of the README from the real page of the sample company: `make pictures`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from api.commands.demo import LOOKS_FROM
from graph.analysis.map import map_content
from loaders import read, sample_company
from tests.browser.chromium import chromium
from viz.map_page import power_map_page

PICTURES = {
    "power-map.png": ("en", ""),
    "power-map-focus.png": ("en", "1"),
    "power-map-zh.png": ("zh", ""),
    "fishbone.png": ("en", "b"),
    "coverage.png": ("en", "v"),
}
"""Each picture: the language, and the key pressed before it is taken."""


def main(folder: Path) -> None:
    """Write every picture into a folder."""
    with sample_company() as files:
        content = map_content(read([files], today=LOOKS_FROM).dataset, "qinglan", LOOKS_FROM)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, chromium() as browser:
        for name, (lang, key) in PICTURES.items():
            path = Path(temporary) / "map.html"
            path.write_text(power_map_page(content, lang), encoding="utf-8")
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(path.as_uri())
            page.wait_for_selector(".ready, canvas")
            page.wait_for_timeout(800)
            if key:
                page.keyboard.press(key)
                page.wait_for_timeout(600)
            page.screenshot(path=folder / name)
            page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
