"""Load on a server: so many requests over kept connections, and the processor time that they took the server."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator
from pathlib import Path

CLIENTS = 16

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


def requests_per_cpu_second(
    process: int, port: int, path: str, requests: int, *, status: int = 200, headers: tuple[str, ...] = ()
) -> float:
    """Requests that a server answers in a second of processor time, all of its processes together.

    Every answer must have the status. Raises ConnectionError where the server closes a connection.
    """
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *headers, "", ""]
    before = _cpu_seconds(process)
    asyncio.run(_load(port, "\r\n".join(lines).encode(), requests, status))
    return requests / (_cpu_seconds(process) - before)


async def _load(port: int, request: bytes, requests: int, status: int) -> None:
    left = iter(range(requests))
    await asyncio.gather(*(_client(port, request, left, b"HTTP/1.1 %d " % status) for _ in range(CLIENTS)))


async def _client(port: int, request: bytes, left: Iterator[int], expected: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    for _ in left:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(expected), head
        length = _LENGTH.search(head)
        await reader.readexactly(int(length[1]) if length else 0)
    writer.close()


def _cpu_seconds(process: int) -> float:
    """The processor time of a process and of those that it has started."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    own = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own + sum(_cpu_seconds(int(child)) for child in children)
