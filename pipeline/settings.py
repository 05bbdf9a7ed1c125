"""Settings: ``shencai.toml``, then ``SHENCAI_*``, then flags, in rising order of precedence."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource


def _default_home() -> Path:
    local = Path.cwd() / ".shencai"
    return local if local.is_dir() else Path(platformdirs.user_data_dir("shencai", appauthor=False))


class Settings(BaseSettings):
    """All switches of a run. ``home`` holds the database, the cache, kept originals and Prefect's home."""

    model_config = SettingsConfigDict(env_prefix="SHENCAI_", toml_file="shencai.toml", extra="ignore")

    home: Path | None = None
    database_url: str | None = None
    workers: int | None = None
    """Reading processes; by default one per core."""
    page_timeout_s: float = 120.0
    worker_memory_mb: int = 1536
    policy: str = "2020"

    @property
    def data_home(self) -> Path:
        """The data directory, made on first use."""
        home = (self.home or _default_home()).expanduser().resolve()
        home.mkdir(parents=True, exist_ok=True)
        return home

    @property
    def database(self) -> str:
        """SQLAlchemy URL of the store."""
        return self.database_url or f"sqlite:///{self.data_home / 'shencai.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
