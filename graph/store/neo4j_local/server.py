"""A Neo4j Community server as a child process, which ends with this process."""

from __future__ import annotations

import secrets
import socket
import subprocess
import time
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from types import TracebackType

from graph.model.words import message
from graph.private_files import make_file, make_folder, write_file
from graph.store.neo4j_local.artifacts import LTS, CannotStart, Line, jars, java

USER = "neo4j"
_READY = "swaymap: ready"
_START_SECONDS = 120.0
_STOP_SECONDS = 30.0


class LocalServer:
    """A running server: `url`, `user` and `password` give access from this machine.

    `home` keeps the data and, readable by its owner only, the password. `settings` are those of neo4j.conf.
    """

    def __init__(
        self,
        home: Path,
        cache: Path,
        *,
        line: Line = LTS,
        heap: str = "1g",
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.user = USER
        self.url = f"bolt://127.0.0.1:{_free_port()}"
        make_folder(home)
        self._log = home / "launcher.log"
        _configure(home, self.url, settings or {})
        self._process = _launched(home, java(line), jars(line, cache), heap, self._log)
        try:
            self._wait_until_ready()
            self.password = _password(self.url, home / "password")
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> LocalServer:
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Shut the server down; its data stays."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while _READY not in (output := self._log.read_text(encoding="utf-8", errors="replace")):
            if self._process.poll() is not None or time.monotonic() > deadline:
                why = output.strip().splitlines()[:1]
                raise CannotStart(
                    "no_start", message("store.local.no_start", why="".join(why)[:300], log=str(self._log))
                )
            time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _configure(home: Path, url: str, settings: Mapping[str, str]) -> None:
    address = url.removeprefix("bolt://")
    chosen = {
        "server.bolt.enabled": "true",
        "server.bolt.listen_address": address,
        "server.bolt.advertised_address": address,
        "dbms.security.auth_enabled": "true",
        "dbms.usage_report.enabled": "false",
        "server.memory.pagecache.size": "256m",
        **settings,
    }
    write_file(home / "neo4j.conf", "".join(f"{name}={value}\n" for name, value in chosen.items()))


def _launched(home: Path, java: Path, jars: Path, heap: str, log: Path) -> subprocess.Popen[bytes]:
    make_file(log)
    with as_file(files(__package__) / "Launcher.java") as source, log.open("wb") as output:
        # The class path is Java's own wildcard; a session of its own, so that Ctrl-C reaches this process first.
        command = [str(java), f"-Xmx{heap}", "-cp", f"{jars}/*", str(source), str(home.resolve())]
        return subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )


def _password(url: str, kept: Path) -> str:
    """The password of this server: the one kept with its data, or a new one in place of the first."""
    if kept.exists():
        return kept.read_text(encoding="utf-8")
    from neo4j import GraphDatabase

    password = secrets.token_urlsafe(16)
    chosen = kept.with_suffix(".new")
    write_file(chosen, password)
    with GraphDatabase.driver(url, auth=(USER, "neo4j")) as driver:
        driver.execute_query(
            "ALTER CURRENT USER SET PASSWORD FROM $old TO $new", old="neo4j", new=password, database_="system"
        )
    chosen.rename(kept)
    return password
