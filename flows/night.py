"""The night job: everything new in an inbox, once; a morning list sorted by risk."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock, Timeout

from flows.case import CheckOptions
from flows.check import run_check
from flows.desk import Desk
from flows.progress import Watcher
from flows.summary import counts_of
from pipeline.errors import ShencaiError, UsageError
from pipeline.intake.media import SYSTEM_FOLDERS, system_file
from pipeline.model import VERDICT_WORDS, Model, Verdict
from pipeline.policy import load_policy
from pipeline.settings import Settings
from pipeline.store import Checked
from pipeline.store.originals import keep_originals

RANK: dict[str, int] = {"failed": 0, "reject": 1, "correct": 2, "review": 3, "pass": 4}
"""What could not be checked comes first: nobody has looked at it."""
READ_BLOCK = 1 << 20


class NightItem(Model):
    """One submission of the inbox. ``state`` is ``checked`` (now), ``unchanged`` (known from before) or ``failed``."""

    name: str
    state: str
    verdict: Verdict | None = None
    counts: str = ""
    at_stake: str = "0"
    report: str = ""
    message: str = ""


class NightSummary(Model):
    """One night's list, worst first."""

    inbox: str
    started_at: str
    finished_at: str
    items: tuple[NightItem, ...] = ()


@dataclass(frozen=True)
class NightOptions:
    inbox: Path
    out: Path
    policy: str = "2020"


def run_night(options: NightOptions, desk: Desk, watcher: Watcher) -> NightSummary:
    """Check what is new under a lock. Raises :class:`UsageError` when the inbox is missing or another run holds it."""
    if not options.inbox.is_dir():
        raise UsageError(f"收件箱不存在：{options.inbox}。", "请核对 --inbox 的路径。")
    started = datetime.now(UTC)
    options.out.mkdir(parents=True, exist_ok=True)
    with _alone(desk, options.inbox):
        items = [_one(path, options, desk, watcher) for path in submissions_of(options.inbox, options.out)]
    items.sort(key=lambda item: (RANK[item.verdict or "failed"], -Decimal(item.at_stake), item.name))
    return NightSummary(
        inbox=str(options.inbox),
        started_at=started.isoformat(timespec="seconds"),
        finished_at=datetime.now(UTC).isoformat(timespec="seconds"),
        items=tuple(items),
    )


def submissions_of(inbox: Path, out: Path) -> list[Path]:
    """Each folder, archive or file directly in the inbox is one submission; hidden entries, what systems leave behind and
    our own papers (``out``) are not."""
    ours = {out.resolve(), *out.resolve().parents}
    found = [
        path
        for path in inbox.iterdir()
        if not path.name.startswith((".", "~$"))
        and path.name.lower() not in SYSTEM_FOLDERS
        and path.resolve() not in ours
        and (path.is_dir() or system_file(path.name, b"", 0) is None)
    ]
    return sorted(found, key=lambda path: path.name)


def folder_for(name: str) -> str:
    """The name of a submission's folder of papers; a name that had to be changed is told apart from the others by a hash."""
    safe = re.sub(r"[^\w.\-（）()]", "_", name)
    return safe if safe == name else f"{safe}-{hashlib.sha256(os.fsencode(name)).hexdigest()[:6]}"


def fingerprint(path: Path) -> str:
    """Hash over names and contents; the same papers under the same names need no second check."""
    digest = hashlib.sha256()
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file() and not p.is_symlink())
    for file in files:
        digest.update(os.fsencode(str(file.relative_to(path.parent))) + b"\0")
        with file.open("rb") as stream:
            while block := stream.read(READ_BLOCK):
                digest.update(block)
    return digest.hexdigest()


def summary_text(summary: NightSummary) -> str:
    """The morning list as text."""
    lines = [f"# 晨报　{summary.finished_at[:10]}", ""]
    for number, item in enumerate(summary.items, 1):
        verdict = VERDICT_WORDS[item.verdict] if item.verdict else "未能核对"
        state = {"checked": "新", "unchanged": "未变化", "failed": "失败"}[item.state]
        lines.append(f"{number}. 【{verdict}】{item.name}　{item.counts}　（{state}）{item.message}　{item.report}")
    if not summary.items:
        lines.append("收件箱为空。")
    return "\n".join(lines) + "\n"


def _one(path: Path, options: NightOptions, desk: Desk, watcher: Watcher) -> NightItem:
    """One submission's failure never stops the night."""
    try:
        seen = fingerprint(path)
        key = hashlib.sha256(f"{seen}|{version('shencai')}|{load_policy(options.policy).sha256}|{desk.recipe}".encode()).hexdigest()
        known = desk.store.checked(key)
        if known is not None and Path(known.report).is_file():
            return NightItem(
                name=path.name, state="unchanged", verdict=_verdict(known.verdict), counts=known.counts,
                at_stake=known.at_stake, report=known.report,
            )  # fmt: skip
        target = options.out / folder_for(path.name)
        outcome = run_check(CheckOptions(paths=(path,), policy=options.policy, out=target), desk, watcher)
        keep_originals(path, desk.settings.data_home / "originals")
        item = NightItem(
            name=path.name, state="checked", verdict=outcome.report.verdict, counts=counts_of(outcome.report),
            at_stake=str(sum((Decimal(f.at_stake) for f in outcome.report.findings if f.at_stake), Decimal(0))),
            report=str(target / "report.html"),
        )  # fmt: skip
        checked = Checked(
            inbox=str(options.inbox), name=item.name, fingerprint=key, verdict=outcome.report.verdict, counts=item.counts,
            at_stake=item.at_stake, report=item.report, checked_at=datetime.now(UTC),
        )  # fmt: skip
        desk.store.keep_checked(checked)
        return item
    except (ShencaiError, OSError) as error:
        return NightItem(name=path.name, state="failed", message=str(error))
    except Exception as error:  # a night must end with a list, whatever one submission does
        return NightItem(name=path.name, state="failed", message=f"内部错误 {type(error).__name__}，请单独运行 shencai check 查看")


def _verdict(text: str) -> Verdict | None:
    known: dict[str, Verdict] = {"reject": "reject", "correct": "correct", "review": "review", "pass": "pass"}
    return known.get(text)


def lock_file(settings: Settings, inbox: Path) -> Path:
    """Who holds this file works on the inbox."""
    name = hashlib.sha256(str(inbox.resolve()).encode()).hexdigest()[:16]
    return settings.data_home / f"nightly-{name}.lock"


@contextmanager
def _alone(desk: Desk, inbox: Path) -> Iterator[None]:
    lock = FileLock(lock_file(desk.settings, inbox))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise UsageError("另一个夜间任务正在处理这个收件箱。", "请等它结束，或稍后再运行。") from error
    try:
        yield
    finally:
        lock.release()
