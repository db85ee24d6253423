"""The worker processes of a server: so many at most, each replaced when it has to be ended."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import TypeVar

from api.http.computing.computation import Bounds, Computation
from api.http.computing.messages import dumped, loaded
from api.http.computing.problems import NotComputed, ServerFull, ServerStops, TooMuchTime
from api.http.computing.process import TimeUp, WorkerDied, WorkerProcess, share_processors
from api.http.computing.tasks import CALIBRATION, STORE, Fault, Order, Reply, Task
from api.http.limits import Limits
from graph.model.calibration import Calibration
from graph.store.protocol import GraphStore

T = TypeVar("T")

_log = logging.getLogger("swaymap.http")


class Workers:
    """Computes in processes of their own, which are killed when the time is up or the computation is cancelled.

    Requests that find all of them computing wait in the order in which they came.
    """

    def __init__(self, store_url: str, store: GraphStore, calibration: Calibration, limits: Limits) -> None:
        self._limits = limits
        self._own = {STORE: store, CALIBRATION: calibration}
        self._places = [_Place(Order(store_url, calibration)) for _ in range(limits.computing)]
        self._free = asyncio.LifoQueue[_Place]()
        self._store = store
        self._stopped = False

    async def start(self) -> None:
        """Start a process for each processor that this one may use; further ones start when they are needed."""
        share_processors()
        warm = min(processors(), len(self._places))
        for place in self._places[:warm]:
            place.fill()
        for place in reversed(self._places):  # the last in is the first out
            self._free.put_nowait(place)

    async def run(self, computation: Computation[T]) -> T:
        """The result of a computation. Raises what it raises, TooMuchTime, ServerFull, NotComputed, ServerStops."""
        bounds = computation.bounds
        seconds = self._limits.long_seconds if bounds.long else self._limits.question_seconds
        task = dumped(Task(computation, seconds, self._store.is_filled), self._own)
        place = await self._free_place()
        try:
            answered: Reply = loaded(await self._asked(place, task, bounds, seconds))
        finally:
            self._free.put_nowait(place)
        self._store.is_filled = self._store.is_filled or answered.is_filled
        reply = answered.value
        if isinstance(reply, Fault):
            _log.error("%s in a worker\n%s", reply.name, reply.where)
        if isinstance(reply, Exception):
            raise reply
        result: T = reply
        return result

    def stop(self) -> None:
        """Kill every process; callers that wait for one get an error that the server stops."""
        self._stopped = True
        for place in self._places:
            place.close()

    async def close(self) -> None:
        """Stop, and wait for the end of every process."""
        self.stop()
        await asyncio.gather(*(place.closed() for place in self._places))

    async def _free_place(self) -> _Place:
        try:
            async with asyncio.timeout(self._limits.queue_seconds):
                return await self._free.get()
        except TimeoutError as late:
            raise ServerFull from late

    async def _asked(self, place: _Place, task: bytes, bounds: Bounds, seconds: float) -> bytes:
        """The reply to a task. A process that dies meanwhile has changed nothing: another one is asked, once."""
        for is_last in (False, True):
            if self._stopped:
                raise ServerStops
            try:
                process = await place.process()
                async with asyncio.timeout(self._limits.answer_seconds):
                    return await place.ask(process, task)
            except TimeoutError as late:
                raise NotComputed from late
            except TimeUp as late:
                raise TooMuchTime(seconds, bounds.narrower) from late
            except WorkerDied as dead:
                if is_last:
                    raise NotComputed from dead
        raise AssertionError


def processors() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Place:
    """Room for one process, and the process that is there or starting."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._starting: asyncio.Task[WorkerProcess] | None = None
        self._ends: set[asyncio.Task[None]] = set()
        self._is_closed = False

    def fill(self) -> None:
        """Start a process, unless there is one."""
        if self._starting is None and not self._is_closed:
            self._starting = asyncio.create_task(WorkerProcess.started(self._order))

    async def process(self) -> WorkerProcess:
        """The process, as soon as it has started; where the caller is cancelled it starts nevertheless."""
        self.fill()
        starting = self._starting
        if starting is None:
            raise WorkerDied
        await asyncio.wait({starting})
        if starting.cancelled():
            raise WorkerDied
        if starting.exception() is not None:
            self._starting = None
        return starting.result()

    async def ask(self, process: WorkerProcess, task: bytes) -> bytes:
        """The reply to a task. Raises TimeUp, WorkerDied. Where it raises or is cancelled the process is replaced."""
        try:
            return await process.ask(task)
        except BaseException:
            self._end(process)
            self._starting = None
            self.fill()
            raise

    def close(self) -> None:
        """Kill the process; there will not be another one."""
        self._is_closed = True
        if self._starting is None:
            return
        if self._starting.done() and not self._starting.cancelled() and self._starting.exception() is None:
            self._end(self._starting.result())
        self._starting.cancel()

    async def closed(self) -> None:
        """Close, and wait for the end of every process that was here."""
        self.close()
        starting = [self._starting] if self._starting is not None else []
        await asyncio.gather(*starting, *self._ends, return_exceptions=True)

    def _end(self, process: WorkerProcess) -> None:
        process.kill()
        end = asyncio.create_task(process.ended())
        self._ends.add(end)
        end.add_done_callback(self._ends.discard)
