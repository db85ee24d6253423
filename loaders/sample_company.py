"""The sample company that is shipped with swaymap, as a folder of CSV files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path


@contextmanager
def sample_company() -> Iterator[Path]:
    """A context manager that gives the folder of the CSV files."""
    with as_file(files("loaders") / "sample") as folder:
        yield folder
