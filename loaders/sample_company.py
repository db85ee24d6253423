"""The sample company that comes with swaymap, as a folder of CSV."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path


@contextmanager
def sample_company() -> Iterator[Path]:
    """The folder with the sample company's CSV files."""
    with as_file(files("loaders") / "sample") as folder:
        yield folder
