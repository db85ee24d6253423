"""Where the store is, how to get in, and which browser draws: from the environment, never from a command or a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.model.problem import InputError
from graph.model.words import message

if TYPE_CHECKING:
    from graph.store.staging import Staging


class Settings(BaseSettings):
    """Settings from the environment: `SWAYMAP_STORE`, `SWAYMAP_NEO4J_USER`, `SWAYMAP_NEO4J_PASSWORD`, ..."""

    model_config = SettingsConfigDict(env_prefix="SWAYMAP_", extra="ignore")

    store: str | None = None
    neo4j_user: str = "neo4j"
    neo4j_password: SecretStr | None = None
    neo4j_database: str = "neo4j"
    neo4j_staged_above: str = ""
    browser: str | None = None

    def store_url(self, asked: str | None) -> str:
        """The store's address: as asked for, else from the environment, else a file in the user's data directory."""
        return asked or self.store or default_store_url()

    def staging(self) -> Staging:
        """From how many changes on an import into Neo4j is written in several transactions. Raises InputError."""
        from graph.store.staging import Staging

        asked = self.neo4j_staged_above
        if not asked:
            return Staging()
        if not (asked.isascii() and asked.isdigit()):
            said = message("setting.not_a_count", name="SWAYMAP_NEO4J_STAGED_ABOVE", value=asked)
            raise InputError("setting_not_a_count", said)
        return Staging(above=int(asked))


def default_store_url() -> str:
    """The embedded store in the user's data directory, which the first write makes."""
    folder: Path = user_data_path("swaymap")
    return f"sqlite:///{folder / 'swaymap.db'}"
