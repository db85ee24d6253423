"""The settings: every key is declared here. They come from one TOML file and from environment variables.

The file is the one of `--settings`, else of `SWAYMAP_SETTINGS`, else `settings.toml` in the user's config folder. A
variable of the environment overrides the file. Unknown keys in the file are refused; unknown variables are ignored.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from platformdirs import user_config_path, user_data_path
from pydantic import BeforeValidator, Field, SecretStr, StringConstraints, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from api.http.limits import Limits
from api.settings_problems import SettingsFile, read_secret, value_refused
from graph.model.limits import ID_LENGTH
from graph.model.problem import SwaymapError
from graph.model.words import LANGUAGES

if TYPE_CHECKING:
    from graph.store.staging import Staging
    from loaders.caps import Caps

OPTION = "--settings"
FILE_VARIABLE = "SWAYMAP_SETTINGS"
"""The variable that names the settings file, for this process and for those that it starts."""

PREFIXES = {"limits": "SWAYMAP_LIMIT_", "caps": "SWAYMAP_CAP_"}
"""The tables of the file, and the first part of their variables."""


def _whole(value: Any) -> Any:
    """Refuse texts like `1_000` and `１`, and true, which pydantic would take for a whole number."""
    if isinstance(value, bool) or (isinstance(value, str) and not (value.isascii() and value.isdigit())):
        raise ValueError("not a whole number")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=ID_LENGTH)]
Count = Annotated[int, BeforeValidator(_whole)]


class Settings(BaseSettings):
    """Every setting with its default. `load_settings` reads them."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    store: Text | None = None
    """The store of commands that have no `--store`; without it, a file in your data folder."""

    user: Name | None = None
    """The name that the journal records for each change; without it, your login name."""

    lang: Literal["en", "zh"] = "en"
    """The language of help, messages and answers, `en` or `zh`. Another value of the variable is ignored."""

    browser: Text | None = None
    """The browser that draws PNG files; without it, the first one found."""

    neo4j_user: Text = "neo4j"
    """The user at the Neo4j server."""

    neo4j_password: SecretStr | None = None
    """The password of that user. Only as a variable, never in the file."""

    neo4j_password_file: Path | None = None
    """A file with the password, which only its owner may read (mode 0600).

    A relative path starts at the folder of the settings file, that of the variable at the current folder."""

    neo4j_database: Text = "neo4j"
    """The database at the Neo4j server."""

    neo4j_staged_above: Annotated[Count, Field(ge=0)] = 100_000
    """An import of more changes than this is written to Neo4j in several transactions."""

    keep_columns: bool = True
    """Whether reading may keep coded columns of accounts in the store, which makes later reports faster."""

    limits: Limits = Limits()
    """Limits of requests and of the server."""

    caps: dict[str, Annotated[Count, Field(ge=1)]] = Field(default_factory=dict)
    """Limits of imported files."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before the file."""
        return init_settings, _Variables(settings_cls), _File(settings_cls, settings_file())

    def store_url(self, asked: str | None) -> str:
        """The store's address: as asked for, else from the settings, else a file in the user's data folder."""
        return asked or self.store or default_store_url()

    def password(self) -> str | None:
        """The password for Neo4j. Raises InputError where its file cannot be read, or others can read it."""
        if self.neo4j_password is not None:
            return self.neo4j_password.get_secret_value()
        return None if self.neo4j_password_file is None else read_secret(self.neo4j_password_file)

    def staging(self) -> Staging:
        """From how many changes on an import into Neo4j is written in several transactions."""
        from graph.store.staging import Staging

        return Staging(above=self.neo4j_staged_above)

    def file_caps(self) -> Caps:
        """The limits of imported files."""
        from loaders.caps import Caps

        return Caps(**self.caps)


class _Variables(PydanticBaseSettingsSource):
    """The environment variables that are settings. Empty and unknown ones are ignored."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Not used: `__call__` gives all values."""
        raise NotImplementedError

    def __call__(self) -> dict[str, Any]:
        """The values by key; those of a table as a dictionary."""
        given: dict[str, Any] = {}
        for variable, (*tables, key) in variables().items():
            value = os.environ.get(variable)
            if value and not (key == "lang" and value not in LANGUAGES):
                values = given.setdefault(tables[0], {}) if tables else given
                values[key] = value
        return given


class _File(TomlConfigSettingsSource):
    """The settings file, where there is one."""

    def __call__(self) -> dict[str, Any]:
        """The values by key. Raises InputError for a secret in the file."""
        values = super().__call__()
        if isinstance(self.toml_file_path, Path):
            SettingsFile(self.toml_file_path).refuse_secrets(values)
            if isinstance(secret := values.get("neo4j_password_file"), str):
                values = {**values, "neo4j_password_file": self.toml_file_path.parent / Path(secret).expanduser()}
        return values


def load_settings() -> Settings:
    """The settings as the file and the environment give them.

    Raises InputError for a file that cannot be read, an unknown key, a secret in the file, and a value that does not
    fit its key; the message names the file and line, or the variable.
    """
    path = settings_file()
    file = None if path is None else SettingsFile(path)
    try:
        with nullcontext() if file is None else file.reading():
            settings = Settings()
    except ValidationError as wrong:
        raise _refused(wrong, file) from None
    # The names come from the loaders, which take a while to import.
    if settings.caps and (unknown := set(settings.caps) - set(cap_names())):
        assert file is not None  # Unknown variables are ignored.
        raise file.unknown_key(("caps", min(unknown)), cap_names())
    settings.password()
    return settings


def _refused(wrong: ValidationError, file: SettingsFile | None) -> SwaymapError:
    """The first error of the settings, at its variable or its place in the file."""
    first = wrong.errors(include_url=False)[0]
    place = tuple(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden" and file is not None:
        known = Limits.model_fields if place[0] == "limits" and len(place) > 1 else Settings.model_fields
        return file.unknown_key(place, known)
    variable = next((name for name, key in variables().items() if key == place[:2] and os.environ.get(name)), None)
    return value_refused(variable or (file and file.place_of(place)) or ".".join(place), place, first)


def variables() -> Mapping[str, tuple[str, ...]]:
    """The key of each variable, with the table that it is in: `SWAYMAP_CAP_ROWS` is (`caps`, `rows`).

    Those of the table `caps` are among them where the environment has any.
    """
    named: dict[str, tuple[str, ...]] = {
        f"SWAYMAP_{key}".upper(): (key,) for key in Settings.model_fields if key not in PREFIXES
    }
    named |= {f"{PREFIXES['limits']}{key}".upper(): ("limits", key) for key in Limits.model_fields}
    if any(variable.startswith(PREFIXES["caps"]) for variable in os.environ):
        named |= {f"{PREFIXES['caps']}{key}".upper(): ("caps", key) for key in cap_names()}
    return named


def cap_names() -> list[str]:
    """The keys of the table `caps`."""
    from dataclasses import fields

    from loaders.caps import Caps

    return [field.name for field in fields(Caps)]


def settings_file() -> Path | None:
    """The settings file: the one that the variable names, else the user's own where there is one."""
    named = os.environ.get(FILE_VARIABLE)
    own = user_config_path("swaymap") / "settings.toml"
    return Path(named) if named else own if own.exists() else None


@contextmanager
def settings_from(file: str | None) -> Iterator[None]:
    """Take the settings from this file, in this process and in those that it starts; None leaves it as it is."""
    before = os.environ.get(FILE_VARIABLE)
    if file is not None:
        os.environ[FILE_VARIABLE] = str(Path(file).expanduser().absolute())
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(FILE_VARIABLE, None)
        else:
            os.environ[FILE_VARIABLE] = before


def split_option(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """The file of `--settings`, wherever it stands in a command line, and the other arguments.

    >>> split_option(["accounts", "--settings", "team.toml", "--format", "json"])
    ('team.toml', ['accounts', '--format', 'json'])
    """
    file, rest = None, list(arguments)
    end = rest.index("--") if "--" in rest else len(rest)
    for at in reversed(range(end)):
        if rest[at] == OPTION and at + 1 < end:
            file, rest[at : at + 2] = file or rest[at + 1], []
        elif rest[at].startswith(f"{OPTION}="):
            file, rest[at : at + 1] = file or rest[at].removeprefix(f"{OPTION}="), []
    return file, rest


def screen_language(arguments: Sequence[str]) -> str:
    """The language of help texts, which are made before a command begins.

    Wrong settings are ignored here: the command that needs them reports them.
    """
    with settings_from(split_option(arguments)[0]):
        try:
            return load_settings().lang
        except SwaymapError:
            named = os.environ.get("SWAYMAP_LANG", "")
            return named if named in LANGUAGES else "en"


def default_store_url() -> str:
    """The embedded store in the user's data folder, which the first write makes."""
    folder: Path = user_data_path("swaymap")
    return f"sqlite:///{folder / 'swaymap.db'}"
