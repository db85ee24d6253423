"""`swaymap serve`: the web explorer and the HTTP API on this machine."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from api.opening import calibration_from, open_asked
from api.options import DEFAULT_LANG, CalibrationOption, LangOption, StoreOption, screen_text
from api.problems import port_taken
from api.settings import Settings
from api.terminal import say
from graph.model.words import text

HOST = "127.0.0.1"


def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help=screen_text("serve.port"))] = 8000,
    store: StoreOption = None,
    calibration: CalibrationOption = None,
    lang: LangOption = DEFAULT_LANG,
) -> None:
    import uvicorn

    from api.http.app import create_app

    numbers = calibration_from(calibration)
    listening = _listen(port)
    opened = open_asked(store, Settings())
    url = f"http://{HOST}:{listening.getsockname()[1]}/"
    say(text("cli.serve.ready", lang, store=opened.url, url=url))
    config = uvicorn.Config(create_app(opened, numbers), log_level="warning", server_header=False, use_colors=False)
    uvicorn.Server(config).run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    """Take the port before anything else starts, so that a taken one costs a sentence and no more."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except OSError as wrong:
        listening.close()
        raise port_taken(port) from wrong
    return listening
