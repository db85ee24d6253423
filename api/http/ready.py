"""Responses that are ready to be sent, and so many bytes of them kept for the next who asks."""

from __future__ import annotations

import gzip
import zlib
from collections import OrderedDict
from collections.abc import Iterable

from starlette.responses import Response

from api.http.computing.answer import Answer

WORTH_COMPRESSING = 1000
"""Bytes of a body from which on it is compressed."""

LEVEL = 6
"""zlib's own compromise between time and size."""

OVERHEAD = 2000
"""Bytes that a response takes in memory beside its body, about."""

Headers = list[tuple[bytes, bytes]]

SHARED: Headers = [
    (b"cache-control", b"private, no-cache"),
    (b"x-content-type-options", b"nosniff"),
    (b"vary", b"Accept, Accept-Encoding"),
]


class Ready(Response):
    """A response whose headers and body are bytes already; it may be sent any number of times."""

    body: bytes

    def __init__(self, status: int, headers: Headers, body: bytes = b"") -> None:
        self.status_code, self.raw_headers, self.body = status, headers, body
        self.background = None


def ready(found: Answer, tag: bytes | None, compressed: bool) -> Ready:
    """The response that gives an answer; its body is compressed if that is accepted and worth it."""
    headers = [
        *_tagged(tag),
        *((name.lower().encode(), value.encode("latin-1")) for name, value in found.headers.items()),
    ]
    headers.append((b"content-type", found.media_type.encode()))
    body = found.body
    if compressed and len(body) >= WORTH_COMPRESSING:
        body = gzip.compress(body, LEVEL, mtime=0)
        headers.append((b"content-encoding", b"gzip"))
    return Ready(200, [*headers, (b"content-length", b"%d" % len(body))], body)


def recoded(kept: Ready, tag: bytes, compressed: bool) -> Ready:
    """A response with its body compressed, or no longer so, under another tag."""
    own = {name: value.decode("latin-1") for name, value in kept.raw_headers}
    body = zlib.decompress(kept.body, zlib.MAX_WBITS | 16) if own.get(b"content-encoding") == "gzip" else kept.body
    apart = {b"etag", b"content-type", b"content-encoding", b"content-length", *(name for name, _ in SHARED)}
    further = {name.decode(): value for name, value in own.items() if name not in apart}
    return ready(Answer(body, own[b"content-type"], further), tag, compressed)


def not_modified(tag: bytes | None) -> Ready:
    """The response to a caller who has the answer already."""
    return Ready(304, _tagged(tag))


class KeptResponses:
    """Finished responses by tag, at most so many bytes; those asked for longest ago go first."""

    def __init__(self, most: int) -> None:
        self._most, self._bytes = most, 0
        self._kept: OrderedDict[bytes, Ready] = OrderedDict()

    def get(self, tag: bytes) -> Ready | None:
        """The response with a tag."""
        kept = self._kept.get(tag)
        if kept is not None:
            self._kept.move_to_end(tag)
        return kept

    def keep(self, tag: bytes, response: Ready) -> None:
        """Keep a response, unless it alone is too large."""
        if _size(response) > self._most or tag in self._kept:
            return
        self._kept[tag] = response
        self._bytes += _size(response)
        while self._bytes > self._most:
            self._bytes -= _size(self._kept.popitem(last=False)[1])


def _size(response: Ready) -> int:
    return len(response.body) + OVERHEAD


def _tagged(tag: bytes | None) -> Headers:
    return SHARED if tag is None else [(b"etag", tag), *SHARED]


def accepts_gzip(lines: Iterable[bytes]) -> bool:
    """Whether Accept-Encoding takes gzip.

    >>> accepts_gzip([b"br, gzip;q=0.5"]), accepts_gzip([b"*"]), accepts_gzip([b"gzip;q=0, *"]), accepts_gzip([])
    (True, True, False, False)
    """
    qualities: dict[str, bool] = {}
    for part in b",".join(lines).decode("latin-1").lower().split(","):
        coding, _, settings = part.partition(";")
        qualities[coding.strip()] = not _is_zero(settings)
    return qualities.get("gzip", qualities.get("*", False))


def _is_zero(settings: str) -> bool:
    """Whether the settings of a coding say q=0, or a quality that is none."""
    name, _, quality = settings.partition("=")
    if name.strip() != "q":
        return False
    try:
        return not float(quality) > 0
    except ValueError:
        return True
