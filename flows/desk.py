"""The working place of a run: settings, store and reading pool, opened once and closed whatever happens."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from types import TracebackType

from pipeline.intake import Limits
from pipeline.reading.models import reader_version
from pipeline.reading.pdfdoc import close_all
from pipeline.reading.pool import ReadingPool
from pipeline.settings import Settings
from pipeline.store import Store

READING_DPI = 200
"""Pages are read at this resolution (research: 200 dpi reads as well as 300 at under half the cost)."""


@dataclass
class Desk:
    """Shared by the threads of one process. The pool starts on first use, or early with :meth:`warm`."""

    settings: Settings
    limits: Limits = field(default_factory=Limits)
    _store: Store | None = None
    _pool: ReadingPool | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def recipe(self) -> str:
        """Names how pages are read; a reading made by another recipe is not reused."""
        seed = f"{reader_version()}|{READING_DPI}|{self.limits.model_dump_json()}"
        return hashlib.sha256(seed.encode()).hexdigest()[:24]

    @property
    def store(self) -> Store:
        with self._lock:
            if self._store is None:
                self._store = Store(self.settings.database)
            return self._store

    @property
    def pool(self) -> ReadingPool:
        with self._lock:
            if self._pool is None:
                self._pool = ReadingPool(
                    self.settings.workers,
                    page_timeout_s=self.settings.page_timeout_s,
                    memory_mb=self.settings.worker_memory_mb,
                    limits=self.limits,
                )
            return self._pool

    def close(self) -> None:
        with self._lock:
            if self._pool is not None:
                self._pool.close()
                self._pool = None
            if self._store is not None:
                self._store.close()
                self._store = None
            close_all()
