"""Bring a store to the newest revision, one process at a time."""

from __future__ import annotations

import tempfile
from hashlib import sha256
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Engine, inspect, text

from pipeline.store.tables import HEAD

MIGRATIONS = Path(__file__).parent / "migrations"


def revision_of(engine: Engine) -> str | None:
    """The store's revision, or None for an empty store."""
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        return connection.execute(text("select version_num from alembic_version")).scalar()


def migrate(engine: Engine) -> None:
    """Migrate to :data:`HEAD`. Alembic is imported only when there is something to do: it costs a third of a second."""
    if revision_of(engine) == HEAD:
        return
    with FileLock(_lock_of(engine), timeout=120):
        if revision_of(engine) == HEAD:
            return
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _lock_of(engine: Engine) -> Path:
    """Beside the database where that is a file, else among the temporary files."""
    if engine.url.get_backend_name() == "sqlite" and engine.url.database:
        return Path(f"{engine.url.database}.lock")
    name = sha256(str(engine.url).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"shencai-migrate-{name}.lock"
