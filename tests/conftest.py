"""Settings of all tests: examples of a property have no deadline, which would depend on the speed of the machine, and
no test reads or writes files of the user."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.full_size import FullSize

settings.register_profile("swaymap", deadline=None)
settings.load_profile("swaymap")


def pytest_configure(config: pytest.Config) -> None:
    """Tests that run a sample here run in full by `make long`."""
    config.pluginmanager.register(FullSize())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With several test processes, all tests that need the real Neo4j run in one of them: it is started once."""
    for item in items:
        if item.get_closest_marker("neo4j"):
            item.add_marker(pytest.mark.xdist_group("neo4j"))


@pytest.fixture(scope="session", autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A folder of the tests' own for what swaymap keeps of a user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield
