"""The parts of a local Neo4j: a Java that is new enough, and the server's jars from Maven."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from graph.model.problem import InputError
from graph.model.words import message
from graph.private_files import make_folder


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Neo4j releases: the version to run, and the Java that it needs."""

    version: str
    least_java: int


LTS = Line("5.26.25", 17)
CURRENT = Line("2026.01.3", 21)


class CannotStart(InputError):
    """This machine cannot run a Neo4j; the message says what is missing."""


def java(line: Line) -> Path:
    """The oldest Java here that a line runs on. Raises CannotStart where there is none."""
    installed = sorted((version, path) for path in _javas() if (version := _version(path)) >= line.least_java)
    if not installed:
        raise CannotStart("no_java", message("store.local.no_java", version=line.version, java=line.least_java))
    return installed[0][1]


def _javas() -> Iterator[Path]:
    homes = [Path(os.environ["JAVA_HOME"])] if "JAVA_HOME" in os.environ else []
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    homes += sorted(Path("/Library/Java/JavaVirtualMachines").glob("*/Contents/Home"))
    there = [home / "bin" / "java" for home in homes]
    on_path = shutil.which("java")
    return (path for path in [*there, *([Path(on_path)] if on_path else [])] if path.is_file())


def _version(path: Path) -> int:
    output = subprocess.run([path, "-version"], capture_output=True, text=True, check=False).stderr  # noqa: S603
    match = re.search(r'version "(\d+)', output)
    return int(match[1]) if match else 0


def jars(line: Line, cache: Path) -> Path:
    """The folder with the jars of a line, fetched by Maven where the cache lacks it. Raises CannotStart."""
    folder = cache / f"neo4j-{line.version}"
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise CannotStart("no_maven", message("store.local.no_maven"))
    make_folder(cache)
    with tempfile.TemporaryDirectory(dir=cache.resolve()) as made, as_file(files(__package__) / "pom.xml") as pom:
        _fetch(maven, pom, line, Path(made) / "lib")
        try:
            (Path(made) / "lib").rename(folder)
        except OSError:
            if not folder.is_dir():  # Otherwise another process has just fetched the same.
                raise
    return folder


def _fetch(maven: str, pom: Path, line: Line, folder: Path) -> None:
    command = [
        maven, "-q", "-B", "-f", str(pom), f"-Dneo4j.version={line.version}",
        "dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={folder}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode or not folder.is_dir():
        why = next((text for text in done.stdout.splitlines() if text.startswith("[ERROR]")), "")
        raise CannotStart("no_jars", message("store.local.no_jars", version=line.version, why=why[:300]))
