"""The sample company, as the tests of the command line have it."""

from tests.api.conftest import run, sample_store, sample_url

__all__ = ["run", "sample_store", "sample_url"]
