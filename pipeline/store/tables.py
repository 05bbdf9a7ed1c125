"""The tables. ``reading`` and ``memo`` can be thrown away and made again; the rest is people's work: append-only,
never updated, never deleted (a later row supersedes an earlier one)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, Index, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

HEAD = "0001"
"""The newest migration; a store at another revision is migrated when it is opened."""


class Base(DeclarativeBase):
    pass


class ReadingRow(Base):
    """A page reading, kept under what the page is and how it was read. ``body`` is deflated JSON."""

    __tablename__ = "reading"
    content: Mapped[str] = mapped_column(String(80), primary_key=True)
    recipe: Mapped[str] = mapped_column(String(80), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class MemoRow(Base):
    """The answer to a slow question about some content, by the content's hash. ``body`` is deflated JSON."""

    __tablename__ = "memo"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    recipe: Mapped[str] = mapped_column(String(80), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ClaimRow(Base):
    """A voucher once claimed. Later versions of a lineage (programme, year, USCC, application number) supersede earlier ones."""

    __tablename__ = "claim"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    voucher_key: Mapped[str] = mapped_column(String(120))
    programme: Mapped[str] = mapped_column(String(120))
    year: Mapped[int]
    uscc: Mapped[str] = mapped_column(String(20))
    application_no: Mapped[str] = mapped_column(String(60), default="")
    version: Mapped[int] = mapped_column(default=1)
    applicant: Mapped[str] = mapped_column(String(200))
    category: Mapped[str] = mapped_column(String(8), default="")
    amount: Mapped[str] = mapped_column(String(40), default="")
    source: Mapped[str] = mapped_column(Text, default="")
    committed_by: Mapped[str] = mapped_column(String(80), default="")
    committed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    __table_args__ = (
        Index("ix_claim_voucher", "voucher_key"),
        Index("ix_claim_lineage", "programme", "year", "uscc", "application_no"),
    )


class CheckedRow(Base):
    """What the night job has checked: one row per submission state seen; ``fingerprint`` covers names and contents."""

    __tablename__ = "checked"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    inbox: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    verdict: Mapped[str] = mapped_column(String(10))
    counts: Mapped[str] = mapped_column(Text)
    at_stake: Mapped[str] = mapped_column(String(40))
    report: Mapped[str] = mapped_column(Text)
    checked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
