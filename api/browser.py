"""A picture in pixels, drawn by the browser of this machine: nobody else draws SVG as the page shows it."""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from defusedxml.ElementTree import fromstring

from graph.model.problem import InputError
from graph.model.words import message
from graph.private_files import write_file

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "brave-browser",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)
"""Browsers that put no command on the path: where they are installed."""

SCALE = 2
"""Pixels of the picture for a pixel of the scene."""

SECONDS = 60
ARGUMENTS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-extensions",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    f"--force-device-scale-factor={SCALE}",
)


def png_of(svg: str, browser: str | None = None) -> bytes:
    """An SVG document as PNG at twice its size, by the browser named, else the first found.

    Raises InputError where there is no browser, or where it makes no picture of that size.
    """
    program = found_browser(browser)
    wide, high = _pixels_of(svg)
    with tempfile.TemporaryDirectory(prefix="swaymap-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, picture = folder / "map.svg", folder / "map.png"
        write_file(source, svg)
        command = [
            program,
            *ARGUMENTS,
            *_as_administrator(),
            f"--user-data-dir={folder / 'profile'}",
            f"--window-size={wide},{high}",
            f"--screenshot={picture}",
            source.as_uri(),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - a browser, our file
            made = picture.read_bytes()
        except (OSError, subprocess.TimeoutExpired) as wrong:
            why = message("browser.why.no_picture")
            raise InputError("browser_failed", message("problem.browser_failed", browser=program, why=why)) from wrong
    if size_of(made) != (SCALE * wide, SCALE * high):
        why = message("browser.why.other_size")
        raise InputError("browser_failed", message("problem.browser_failed", browser=program, why=why))
    return made


def found_browser(asked: str | None = None) -> str:
    """The browser named, else the first there is. Raises InputError where there is none."""
    if asked:
        there = shutil.which(asked)
        if there is None:
            raise InputError("no_such_browser", message("problem.no_such_browser", browser=asked))
        return there
    for name in NAMES:
        there = shutil.which(name)
        if there is not None:
            return there
    for place in PLACES:
        if Path(place).is_file():
            return place
    raise InputError("no_browser", message("problem.no_browser"))


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height as the head of a PNG file says; (0, 0) where it is none."""
    if not png.startswith(b"\x89PNG\r\n\x1a\n") or len(png) < 24:
        return 0, 0
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def _pixels_of(svg: str) -> tuple[int, int]:
    """Width and height of an SVG document, as its root says them."""
    root = fromstring(svg)
    return math.ceil(float(root.get("width", 0))), math.ceil(float(root.get("height", 0)))


def _as_administrator() -> tuple[str, ...]:
    """Chromium refuses its sandbox to the administrator, as whom programs run inside containers."""
    return ("--no-sandbox",) if sys.platform != "win32" and os.geteuid() == 0 else ()
