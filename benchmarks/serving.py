"""Latency of the server's smallest answer on a kept connection, from a real server process over TCP."""

from __future__ import annotations

import http.client
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measuring import Result, seconds

LIMIT = 5.0
"""Milliseconds that it may take: the peer is this limit, for there is no program to compare with."""

TIMES = 200


def livez() -> Result:
    """The median of `/livez` on a kept connection, in ms, against its limit."""
    with _server() as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        asked = [seconds(lambda: _ask(connection)) * 1000 for _ in range(TIMES)]
        connection.close()
    median = statistics.median(asked)
    return Result(median, LIMIT, "ms", LIMIT / median)


def _ask(connection: http.client.HTTPConnection) -> None:
    connection.request("GET", "/livez")
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200


@contextmanager
def _server() -> Iterator[int]:
    """A `swaymap serve` on a store of its own, and its port; ended at the end."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            Path(sys.executable).with_name("swaymap"),
            "serve",
            "--port",
            "0",
            "--store",
            f"sqlite:///{folder}/s.db",
        ]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            address = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
            assert address is not None
            yield int(address[1])
        finally:
            process.terminate()
            process.wait()
