"""One worker process as the server sees it: started, asked one thing at a time, killed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from api.http.computing.messages import LENGTH, dumped, framed
from api.http.computing.tasks import Order

ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""Workers share the processors among themselves: threads of numpy's would only wait for each other."""


START_SECONDS = 60.0
"""How long a process may take to start, on a machine that is busy with others."""


class WorkerDied(Exception):
    """The process ended without an answer."""


class TimeUp(Exception):
    """The process was ended because its computation took all the processor time that it may."""


class WorkerProcess:
    """A process that runs `api.http.computing.worker`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def started(cls, order: Order) -> WorkerProcess:
        """Start one and wait until it can compute. Raises WorkerDied."""
        # -P: a folder of the user's that is called like one of our packages is not ours.
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "api.http.computing.worker"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env={**ONE_THREAD, **os.environ},
            )
        except OSError as wrong:
            raise WorkerDied from wrong
        worker = cls(process)
        try:
            async with asyncio.timeout(START_SECONDS):
                await worker.ask(dumped(order))
        except BaseException as wrong:
            worker.kill()
            await worker.ended()
            if isinstance(wrong, TimeoutError):
                raise WorkerDied from wrong
            raise
        return worker

    async def ask(self, message: bytes) -> bytes:
        """Send a message and wait for the reply. Raises TimeUp, WorkerDied.

        Where this is cancelled the process goes on, and must be killed: its next reply would be to this message.
        """
        incoming, outgoing = self._process.stdout, self._process.stdin
        assert incoming is not None
        assert outgoing is not None
        try:
            outgoing.write(framed(message))
            await outgoing.drain()
            (length,) = LENGTH.unpack(await incoming.readexactly(LENGTH.size))
            return await incoming.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError) as wrong:
            status = await self._process.wait()
            raise (TimeUp if status == -signal.SIGPROF else WorkerDied)(status) from wrong

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        if self._process.returncode is None:
            self._process.kill()

    async def ended(self) -> None:
        """Wait for its end."""
        await self._process.wait()
