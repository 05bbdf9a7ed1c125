"""One door to the database. SQLite by default, any SQLAlchemy URL by setting."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import Engine, create_engine, event, func, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from pipeline.errors import ShencaiError
from pipeline.model import PageReading, PriorClaim
from pipeline.store.migrate import migrate
from pipeline.store.tables import CheckedRow, ClaimRow, MemoRow, ReadingRow

IN_LIMIT = 400
"""Keys per query: SQLite allows 999 parameters in its older builds."""

KeptModel = TypeVar("KeptModel", bound=BaseModel)


@dataclass(frozen=True)
class Claim:
    """One voucher of a submission, as it enters the register."""

    voucher_key: str
    programme: str
    year: int
    uscc: str
    application_no: str
    applicant: str
    category: str
    amount: str
    source: str = ""


@dataclass(frozen=True)
class Checked:
    """What the night job remembers of a submission it has checked."""

    inbox: str
    name: str
    fingerprint: str
    verdict: str
    counts: str
    at_stake: str
    report: str
    checked_at: datetime


class Store:
    """Readings, file pages, the register and the night job's memory.

    Safe to share between threads. Raises :class:`ShencaiError` when the database cannot be opened.
    """

    def __init__(self, url: str) -> None:
        try:
            self._engine = create_engine(url, connect_args={"timeout": 60} if url.startswith("sqlite") else {})
            if url.startswith("sqlite"):
                event.listen(self._engine, "connect", _tune_sqlite)
            migrate(self._engine)
        except SQLAlchemyError as error:
            raise ShencaiError(
                f"数据库打不开：{type(error).__name__}。", "请检查 SHENCAI_HOME 或 SHENCAI_DATABASE_URL 指向的位置是否可写。"
            ) from error

    @property
    def engine(self) -> Engine:
        return self._engine

    def close(self) -> None:
        self._engine.dispose()

    # -- readings: a cache -------------------------------------------------------------------------------------------

    def readings(self, contents: Iterable[str], recipe: str) -> dict[str, PageReading]:
        """All kept readings among ``contents`` made with ``recipe``. A row that cannot be understood is no hit."""
        found: dict[str, PageReading] = {}
        for row in self._rows(ReadingRow, ReadingRow.content, contents, recipe):
            kept = _unpack(row.body, PageReading)
            if kept is not None:
                found[row.content] = kept
        return found

    def keep_readings(self, readings: Sequence[PageReading], recipe: str) -> None:
        """Keep readings; one that failed (``error``) is not kept, so that the next run tries again."""
        now = datetime.now(UTC)
        self._put([
            ReadingRow(content=r.content, recipe=recipe, body=_pack(r), kept_at=now) for r in readings if r.error is None
        ])

    def memo(self, key: str, recipe: str, model: type[KeptModel]) -> KeptModel | None:
        """What a slow question about some content (``key``, a SHA-256) was answered before, or None."""
        for row in self._rows(MemoRow, MemoRow.key, [key], recipe):
            return _unpack(row.body, model)
        return None

    def keep_memo(self, key: str, recipe: str, answer: BaseModel) -> None:
        """Remember the answer; ``recipe`` names who gave it and how."""
        self._put([MemoRow(key=key, recipe=recipe, body=_pack(answer))])

    # -- the register: people's work ---------------------------------------------------------------------------------

    def commit_claims(self, claims: Sequence[Claim], by: str) -> int:
        """Add a submission's claims as the newest version of its lineage; returns that version."""
        if not claims:
            return 0
        lead = claims[0]
        with Session(self._engine) as session, session.begin():
            version = 1 + (
                session.scalar(
                    select(func.max(ClaimRow.version)).where(
                        ClaimRow.programme == lead.programme,
                        ClaimRow.year == lead.year,
                        ClaimRow.uscc == lead.uscc,
                        ClaimRow.application_no == lead.application_no,
                    )
                )
                or 0
            )
            now = datetime.now(UTC)
            session.add_all(
                ClaimRow(**vars(claim), version=version, committed_by=by, committed_at=now) for claim in claims
            )
        return version

    def prior_claims(self, voucher_key: str) -> tuple[tuple[str, PriorClaim], ...]:
        """``(application number, claim)`` of every lineage's newest version that holds this voucher."""
        newest = (
            select(
                ClaimRow.programme, ClaimRow.year, ClaimRow.uscc, ClaimRow.application_no,
                func.max(ClaimRow.version).label("version"),
            )
            .group_by(ClaimRow.programme, ClaimRow.year, ClaimRow.uscc, ClaimRow.application_no)
            .subquery()
        )  # fmt: skip
        query = (
            select(ClaimRow)
            .join(
                newest,
                (ClaimRow.programme == newest.c.programme) & (ClaimRow.year == newest.c.year) & (ClaimRow.uscc == newest.c.uscc)
                & (ClaimRow.application_no == newest.c.application_no) & (ClaimRow.version == newest.c.version),
            )
            .where(ClaimRow.voucher_key == voucher_key)
            .order_by(ClaimRow.id)
        )  # fmt: skip
        with Session(self._engine) as session:
            return tuple(
                (
                    row.application_no,
                    PriorClaim(
                        entry=str(row.id), voucher_key=row.voucher_key, applicant=row.applicant, uscc=row.uscc, year=row.year,
                        programme=row.programme, category=row.category, amount=row.amount,
                    ),
                )
                for row in session.scalars(query)
            )  # fmt: skip

    # -- the night job -----------------------------------------------------------------------------------------------

    def checked(self, fingerprint: str) -> Checked | None:
        """The newest check of a submission in exactly this state."""
        query = select(CheckedRow).where(CheckedRow.fingerprint == fingerprint).order_by(CheckedRow.id.desc()).limit(1)
        with Session(self._engine) as session:
            row = session.scalar(query)
            if row is None:
                return None
            return Checked(
                row.inbox, row.name, row.fingerprint, row.verdict, row.counts, row.at_stake, row.report, row.checked_at
            )

    def keep_checked(self, checked: Checked) -> None:
        self._put([CheckedRow(**vars(checked))])

    # -- inside ------------------------------------------------------------------------------------------------------

    def _rows(self, table: Any, key: Any, keys: Iterable[str], recipe: str) -> Iterable[Any]:
        wanted = sorted(set(keys))
        with Session(self._engine) as session:
            for start in range(0, len(wanted), IN_LIMIT):
                part = wanted[start : start + IN_LIMIT]
                yield from session.scalars(select(table).where(key.in_(part), table.recipe == recipe))

    def _put(self, rows: Sequence[object]) -> None:
        """Insert rows; one that another process kept first is left as it is."""
        if not rows:
            return
        try:
            with Session(self._engine) as session, session.begin():
                for row in rows:
                    session.merge(row)
        except IntegrityError:
            for row in rows:
                try:
                    with Session(self._engine) as session, session.begin():
                        session.merge(row)
                except IntegrityError:
                    continue


def _pack(model: BaseModel) -> bytes:
    return zlib.compress(model.model_dump_json(exclude_defaults=True).encode(), 6)


def _unpack(body: bytes, model: type[KeptModel]) -> KeptModel | None:
    try:
        return model.model_validate_json(zlib.decompress(body))
    except (zlib.error, ValueError):
        return None


def _tune_sqlite(connection: Any, _record: object) -> None:
    """Readers never wait for a writer (WAL); a run that is killed loses at most its last transaction."""
    cursor = connection.cursor()
    cursor.execute("pragma journal_mode=wal")
    cursor.execute("pragma synchronous=normal")
    cursor.execute("pragma busy_timeout=60000")
    cursor.close()
