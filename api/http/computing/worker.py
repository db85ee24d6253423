"""A worker process: computes one answer after another for the server that started it, and ends with it.

A socket brings Tasks, and takes what came of each.
"""

from __future__ import annotations

import os
import queue
import signal
import socket
import threading
import traceback
from typing import BinaryIO

from starlette.exceptions import HTTPException

from api.http.computing.messages import dumped, framed, loaded, read_message
from api.http.computing.tasks import READY, STORE, Fault, Order, Reply, Task
from graph.model.problem import SwaymapError
from graph.store.protocol import GraphStore


class Worker:
    """The store and the calibration of this process, and how it computes with them."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._store: GraphStore | None = None

    def reply_to(self, message: bytes) -> bytes:
        """Run a task; the outcome is its result or its exception."""
        try:
            task: Task = loaded(message, self._own)
            if self._store is not None and task.is_filled:
                # A store that went away since is not a new one, though this process has never seen it.
                self._store.is_filled = True
            _limit_processor_time(task.seconds)
            try:
                return self._reply(task.computation())
            finally:
                _limit_processor_time(0)
        except (SwaymapError, HTTPException) as problem:
            return self._reply(problem)
        except MemoryError:
            # Whatever else this process holds may be what leaves no room: the next one starts afresh.
            os._exit(1)
        except Exception as fault:
            # Without the message: it may tell of the records.
            return self._reply(Fault(type(fault).__name__, "".join(traceback.format_tb(fault.__traceback__))))

    def _reply(self, value: object) -> bytes:
        return dumped(Reply(value, self._store is not None and self._store.is_filled))

    def _own(self, name: str) -> object:
        """The object that a message names."""
        return self._opened() if name == STORE else self._order.calibration

    def _opened(self) -> GraphStore:
        """The store, opened by the first task. Raises StoreError; the next task tries again."""
        if self._store is None:
            from api.opening import open_asked
            from api.settings import load_settings

            self._store = open_asked(self._order.store_url, load_settings())
        return self._store


def work(server: socket.socket, order: Order) -> None:
    """Compute until the server closes the socket, which it also does by dying."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal: the server decides
    tasks = _received(server.makefile("rb"))
    worker = Worker(order)
    _import_all()
    _send(server, READY)
    while True:
        _send(server, worker.reply_to(tasks.get()))


def _received(incoming: BinaryIO) -> queue.SimpleQueue[bytes]:
    """The messages as they come. A thread reads them, so that the end of the server ends this process in its midst."""
    messages = queue.SimpleQueue[bytes]()

    def read() -> None:
        while (message := read_message(incoming)) is not None:
            messages.put(message)
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return messages


def _send(server: socket.socket, content: bytes) -> None:
    try:
        server.sendall(framed(content))
    except ConnectionError:
        os._exit(0)


def _import_all() -> None:
    """Import what answers are computed with now, not while the first caller waits; a fork has it already."""
    import api.http.app  # noqa: F401


def _limit_processor_time(seconds: float) -> None:
    """From now on the kernel ends this process by SIGPROF when it has used so much processor time; 0 for no limit."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
