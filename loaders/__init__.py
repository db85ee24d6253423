"""Reads files and DataFrames into checked records and findings. Loaders never access a store."""

from loaders.batch import Batch
from loaders.frames import read_frames
from loaders.reading import read
from loaders.sample_company import sample_company

__all__ = ["Batch", "read", "read_frames", "sample_company"]
