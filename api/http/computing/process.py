"""One worker process as the server sees it: started, asked one thing at a time, killed."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from multiprocessing.process import BaseProcess

from api.http.computing.messages import LENGTH, framed
from api.http.computing.tasks import READY, Order
from api.http.computing.threads import in_thread
from api.http.computing.worker import work

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""Environment variables by which the libraries under numpy take their number of threads.

Workers share the processors among themselves: further threads would only wait for each other.
"""

START_SECONDS = 60.0
"""How long a process may take to start, on a machine that is busy with others."""

# On Linux a process that has imported everything forks one worker after another, each in milliseconds and with most of
# its memory shared. Elsewhere a fork of it is not safe, and each worker imports for itself.
_context = (
    multiprocessing.get_context("forkserver") if sys.platform == "linux" else multiprocessing.get_context("spawn")
)
_context.set_forkserver_preload(["__main__", "api.http.computing.worker", "api.http.app"])

_one_at_a_time = threading.Lock()
"""Starting a process also asks for the end of every other one, and two threads that ask for one end disagree on it."""


class WorkerDied(Exception):
    """The process ended without an answer."""


class TimeUp(Exception):
    """The process was ended because its computation took all the processor time that it may."""


def share_processors() -> None:
    """Have every process that is started from now on use one thread for a computation, unless the user says more."""
    for name in THREADS:
        os.environ.setdefault(name, "1")


class WorkerProcess:
    """A process that runs `api.http.computing.worker.work`, and the socket that joins it to this one."""

    def __init__(self, process: BaseProcess, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._process, self._reader, self._writer = process, reader, writer

    @classmethod
    async def started(cls, order: Order) -> WorkerProcess:
        """Start one and wait until it can compute. Raises WorkerDied."""
        ours, theirs = socket.socketpair()
        process = _context.Process(target=work, args=(theirs, order), daemon=True)
        reader, writer = await asyncio.open_connection(sock=ours)
        worker = cls(process, reader, writer)

        def start() -> None:
            # Closed here, not when the caller is cancelled: a fork server that is sent a closed socket ends.
            with theirs:
                process.start()

        try:
            async with asyncio.timeout(START_SECONDS):
                await _in_thread(start)
                assert await worker._reply() == READY
        except BaseException as wrong:
            # Even if a thread still starts it: it ends when it finds the socket closed.
            worker.kill()
            await worker.ended()
            if isinstance(wrong, (TimeoutError, OSError, EOFError)):  # EOFError: the fork server ended meanwhile
                raise WorkerDied from wrong
            raise
        return worker

    async def ask(self, message: bytes) -> bytes:
        """Send a message and wait for the reply. Raises TimeUp, WorkerDied.

        Where this is cancelled the process goes on, and must be killed: its next reply would be to this message.
        """
        try:
            self._writer.write(framed(message))
            await self._writer.drain()
        except ConnectionError as wrong:
            raise WorkerDied from wrong
        return await self._reply()

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        self._writer.close()
        if self._process.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def ended(self) -> None:
        """Wait for its end."""
        if self._process.pid is not None:
            await _in_thread(self._process.join)

    async def _reply(self) -> bytes:
        try:
            (length,) = LENGTH.unpack(await self._reader.readexactly(LENGTH.size))
            return await self._reader.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError) as wrong:
            await self.ended()
            raise (TimeUp if self._process.exitcode == -signal.SIGPROF else WorkerDied) from wrong


async def _in_thread(call: Callable[[], None]) -> None:
    """Call what may block for a while, one call at a time."""

    def run() -> None:
        with _one_at_a_time:
            call()

    await in_thread(run)
