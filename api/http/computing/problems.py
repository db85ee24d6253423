"""Problems that keep a computation from ending: its limits, a full server, a worker that died."""

from __future__ import annotations

from graph.model.problem import TooLarge, Unavailable
from graph.model.words import message


class TooMuchTime(TooLarge):
    """A computation takes more processor time than it may."""

    def __init__(self, seconds: float, narrower: str) -> None:
        super().__init__("too_large", message(f"http.too_large.{narrower}", seconds=f"{seconds:g}"))


class ServerFull(Unavailable):
    """As many as may are computing, and none came to its end while this one waited."""

    def __init__(self) -> None:
        super().__init__("server_full", message("http.server_full"))


class NotComputed(Unavailable):
    """A computation came to no end: its process died twice, or it waited too long for the store."""

    def __init__(self) -> None:
        super().__init__("not_computed", message("http.not_computed"))


class ServerStops(Unavailable):
    """A computation is given up because the server is being stopped."""

    def __init__(self) -> None:
        super().__init__("server_stops", message("http.server_stops"))
