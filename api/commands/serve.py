"""`swaymap serve`: the web explorer and the HTTP API on this machine."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from api.opening import open_asked
from api.options import DEFAULT_LANG, CalibrationOption, LangOption, StoreOption, screen_text
from api.problems import port_taken
from api.settings import load_settings
from api.terminal import say
from graph.model.words import text
from swaymap.store import calibration_of

HOST = "127.0.0.1"


def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help=screen_text("serve.port"))] = 8000,
    store: StoreOption = None,
    calibration: CalibrationOption = None,
    lang: LangOption = DEFAULT_LANG,
) -> None:
    from api.http.app import create_app
    from api.http.computing.pool import Workers
    from api.http.server import Server
    from api.http.transport import server_config

    settings = load_settings()
    limits = settings.limits
    numbers = calibration_of(calibration)
    listening = _listen(port)
    opened = open_asked(store, settings)
    workers = Workers(settings.store_url(store), opened, numbers, limits)
    server = Server(server_config(create_app(opened, numbers, limits, workers), limits), workers, limits)
    url = f"http://{HOST}:{listening.getsockname()[1]}/"
    say(text("cli.serve.ready", lang, store=opened.url, url=url))
    server.run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    """Take the port before anything else starts, so that a taken one costs a sentence and no more."""
    from api.http.transport import listening_socket

    try:
        return listening_socket(HOST, port)
    except OSError as wrong:
        raise port_taken(port) from wrong
