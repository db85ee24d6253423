"""The peer of the HTTP benchmarks: one FastAPI route that sends the bytes of a file, on a port that it prints.

`python -m benchmarks.bare_server FILE MEDIA_TYPE [CONTENT_ENCODING]`
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.responses import Response

PATH = "/constant"


def main(file: str, media_type: str, encoding: str | None = None) -> None:
    """Serve until the process is ended."""
    body = Path(file).read_bytes()
    headers = {"Content-Encoding": encoding} if encoding else None
    app = FastAPI()

    @app.get(PATH)
    async def constant() -> Response:
        return Response(body, media_type=media_type, headers=headers)

    listening = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}/\n")
    sys.stdout.flush()
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
