"""Files into checked records and findings. Loaders never touch a store."""

from loaders.batch import Batch
from loaders.reading import read
from loaders.sample_company import sample_company

__all__ = ["Batch", "read", "sample_company"]
