"""A network between the tests and a server, that can be cut, and that can lose the answer to a commit."""

from __future__ import annotations

import contextlib
import socket
import threading

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""The whole message of Bolt that asks for a commit, as one chunk with its end."""


class Relay:
    """Passes connections on to a server until it is cut; from then on nobody answers at `url`.

    `commits` counts the commits that were asked for.
    """

    def __init__(self, url: str) -> None:
        host, _, port = url.partition("://")[2].partition(":")
        self._server = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self._lines: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._is_cut = threading.Event()
        self._lost: int | None = None
        self.commits = 0
        self.url = f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"
        self._start(self._accept)

    def lose_commit(self, number: int = 1) -> None:
        """End the connection on which a commit is asked for, when the server has answered and before that is heard.

        Which of the commits to come: 1 is the next.
        """
        self._lost = self.commits + number

    def cut(self) -> None:
        """End every connection, and take no new one."""
        self._is_cut.set()
        self._threads[0].join()
        self._listener.close()
        _end(*self._lines)
        for thread in self._threads[1:]:
            thread.join()
        for line in self._lines:
            line.close()

    def _accept(self) -> None:
        while not self._is_cut.is_set():
            with contextlib.suppress(TimeoutError):
                near, _ = self._listener.accept()
                far = socket.create_connection(self._server)
                self._lines += [near, far]
                losing = threading.Event()
                self._start(self._ask, near, far, losing)
                self._start(self._answer, far, near, losing)

    def _ask(self, near: socket.socket, far: socket.socket, losing: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while asked := near.recv(65536):
                # The driver sends a commit when it has read all answers before: what comes then is its answer.
                if asked.endswith(COMMIT):
                    self.commits += 1
                    if self.commits == self._lost:
                        losing.set()
                far.sendall(asked)

    def _answer(self, far: socket.socket, near: socket.socket, losing: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while answered := far.recv(65536):
                if losing.is_set():
                    _end(near, far)
                    return
                near.sendall(answered)

    def _start(self, work: object, *given: object) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()


def _end(*lines: socket.socket) -> None:
    for line in lines:
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
