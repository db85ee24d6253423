"""Answers with their ETags: 304 where the caller has it, from what is kept where it is there, else computed."""

from __future__ import annotations

import asyncio
import datetime
from collections import OrderedDict
from collections.abc import Collection
from typing import NamedTuple, Protocol, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.computing.answer import Answer
from api.http.computing.computation import Computation
from api.http.computing.problems import NotComputed
from api.http.computing.revised import Revised
from api.http.computing.threads import in_thread
from api.http.limits import Limits
from api.http.ready import KeptResponses, Ready, accepts_gzip, not_modified, ready, recoded
from api.http.tags import Asked, Tags, asked_by, calibration_digest, is_among
from graph.model.calibration import Calibration
from graph.model.problem import SwaymapError
from graph.store.protocol import GraphStore
from graph.store.revisions import Revisions, WouldWait
from swaymap.store import today

T = TypeVar("T")

MOST_REMEMBERED = 10_000
"""Requests of which it is remembered what they ask, so that they need not be understood again."""

LONGEST_REMEMBERED = 1_000
"""Bytes of such a request's address and Accept header."""

Line = tuple[bytes, bytes, bytes]
"""All of a GET request that an answer follows from: path, query and Accept."""


class Compute(Protocol):
    """Computes for one caller."""

    async def __call__(self, computation: Computation[T], /) -> T:
        """The result of a computation."""
        ...


class Caller(NamedTuple):
    """The wishes of a request for its answer: the tags that the caller has, and whether it may be compressed."""

    known: list[bytes]
    compressed: bool

    def has(self, tag: bytes) -> bool:
        """Whether the caller has the answer with this tag."""
        return bool(self.known) and is_among(tag, self.known)

    @property
    def has_any(self) -> bool:
        """Whether the caller says that whatever there is, it has it."""
        return any(tag.strip() == b"*" for line in self.known for tag in line.split(b","))


class Answers:
    """The answers of a server: what was computed is kept by the revisions that it was computed from."""

    def __init__(self, store: GraphStore, calibration: Calibration, limits: Limits) -> None:
        self._store = store
        self._calibration = calibration_digest(calibration)
        self._seconds = limits.answer_seconds
        self._kept = KeptResponses(limits.kept_bytes)
        self._asked: OrderedDict[Line, tuple[datetime.date, Asked]] = OrderedDict()

    def at_once(self, scope: Scope) -> Ready | None:
        """The response to a GET request that was answered before, where nothing is computed or waited for."""
        line, caller = _read(scope)
        remembered = self._asked.get(line)
        if remembered is None or remembered[0] != today():
            return None
        try:
            revisions = self._store.revisions(remembered[1].accounts, waits=False)
        except (SwaymapError, WouldWait):
            return None  # the application finds an error too, and says it
        return None if revisions is None else self._without_computing(remembered[1].tags(revisions), caller)

    async def response(self, scope: Scope, computation: Computation[Answer], compute: Compute) -> Ready:
        """The response to a request that asks for a computation. Raises what computing raises, and StoreError."""
        if scope["method"] != "GET":
            return ready(await compute(computation), None, compressed=False)
        line, caller = _read(scope)
        day = today()
        asked = asked_by(computation, day, self._calibration)
        revisions = await self._revisions(asked.accounts)
        tags = None if revisions is None else asked.tags(revisions)
        response = None if tags is None else self._without_computing(tags, caller) or await self._recoded(tags, caller)
        if response is None:
            found = await compute(Computation(Revised(self._store, asked.accounts, computation), {}))
            tag = None if found.revisions is None else asked.tags(found.revisions).of(caller.compressed)
            response = await self._made(found.answer, tag, caller)
        self._remember(line, day, asked)
        return response

    async def _revisions(self, accounts: Collection[str]) -> Revisions | None:
        """The revisions now, asked for in a thread where that may take a while. Raises StoreError, NotComputed."""
        try:
            return self._store.revisions(accounts, waits=False)
        except WouldWait:
            pass
        try:
            async with asyncio.timeout(self._seconds):
                return await in_thread(lambda: self._store.revisions(accounts))
        except TimeoutError as late:
            raise NotComputed from late

    def _without_computing(self, tags: Tags, caller: Caller) -> Ready | None:
        tag = tags.of(caller.compressed)
        if caller.has(tag):
            return not_modified(tag)
        kept = self._kept.get(tag)
        # `*` means any answer that there is; where none is kept there may be none but a problem.
        return not_modified(tag) if kept is not None and caller.has_any else kept

    async def _recoded(self, tags: Tags, caller: Caller) -> Ready | None:
        """The response made of the one that is kept for callers who take another coding."""
        kept = self._kept.get(tags.of(not caller.compressed))
        if kept is None:
            return None
        tag = tags.of(caller.compressed)
        return self._given(await run_in_threadpool(recoded, kept, tag, caller.compressed), tag, caller)

    async def _made(self, found: Answer, tag: bytes | None, caller: Caller) -> Ready:
        made = await run_in_threadpool(ready, found, tag, caller.compressed) if caller.compressed else None
        return self._given(made or ready(found, tag, compressed=False), tag, caller)

    def _given(self, made: Ready, tag: bytes | None, caller: Caller) -> Ready:
        """Keep a response, and give it to a caller."""
        if tag is not None:
            self._kept.keep(tag, made)
        return not_modified(tag) if caller.has_any else made

    def _remember(self, line: Line, day: datetime.date, asked: Asked) -> None:
        if sum(map(len, line)) > LONGEST_REMEMBERED:
            return
        self._asked[line] = day, asked
        while len(self._asked) > MOST_REMEMBERED:
            self._asked.popitem(last=False)


class KeptFirst:
    """Gives answers that are known or kept before the application understands a request."""

    def __init__(self, app: ASGIApp, answers: Answers) -> None:
        self._app, self._answers = app, answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = self._answers.at_once(scope) if scope.get("method") == "GET" else None
        await (response or self._app)(scope, receive, send)


def _read(scope: Scope) -> tuple[Line, Caller]:
    known, codings, accepts = [], [], []
    for name, value in scope["headers"]:
        if name == b"if-none-match":
            known.append(value)
        elif name == b"accept-encoding":
            codings.append(value)
        elif name == b"accept":
            accepts.append(value)
    path = scope.get("raw_path") or scope["path"].encode(errors="replace")
    line = path, scope["query_string"], b",".join(accepts)
    return line, Caller(known, bool(codings) and accepts_gzip(codings))
