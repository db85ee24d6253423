"""`make neo4j`: a real Neo4j to try swaymap with, until Ctrl-C; its data is kept for the next time."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from graph.model.problem import SwaymapError
from graph.model.words import LANGUAGES, text
from graph.store.neo4j_local.artifacts import LTS
from graph.store.neo4j_local.server import LocalServer

CACHE = Path(".cache")


def main() -> None:
    """Start the server, print its address and password, and wait for Ctrl-C."""
    asked = os.environ.get("SWAYMAP_LANG", "en")
    lang = asked if asked in LANGUAGES else "en"
    home = CACHE / "neo4j-data"
    _say(text("store.local.starting", lang, version=LTS.version))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with LocalServer(home, CACHE) as server:
            _say(
                text(
                    "store.local.started",
                    lang,
                    version=LTS.version,
                    url=server.url,
                    user=server.user,
                    password=server.password,
                    home=home,
                )
            )
            signal.pause()
    except SwaymapError as problem:
        _say(problem.message.render(lang))
        sys.exit(2)
    except KeyboardInterrupt:
        _say(text("store.local.stopped", lang, home=home))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
