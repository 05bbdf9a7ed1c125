"""Shared by the commands: settings, categories, a desk and a watcher."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast, get_args

from flows.progress import Quiet, Terminal, Watcher, somebody_watches
from pipeline.errors import UsageError
from pipeline.model import Category, Stage
from pipeline.settings import Settings


def parse_categories(text: str | None) -> tuple[Category, ...]:
    """``"1,2"`` → ``("1", "2")``. Raises :class:`UsageError` for a category the guide does not know."""
    known = get_args(Category)
    parts = [part.strip().lower() for part in (text or "").replace("，", ",").split(",") if part.strip()]
    for part in parts:
        if part not in known:
            raise UsageError(f"没有项目类别“{part}”。", f"可选：{'、'.join(known)}，多个用逗号隔开。")
    return tuple(cast(Category, part) for part in dict.fromkeys(parts))


def parse_stage(text: str) -> Stage:
    if text not in get_args(Stage):
        raise UsageError(f"没有环节“{text}”。", "可选：prereview、window、audit。")
    return cast(Stage, text)


@contextmanager
def watching() -> Iterator[Watcher]:
    """A progress bar where a person sits, silence elsewhere."""
    if not somebody_watches():
        yield Quiet()
        return
    with Terminal() as terminal:
        yield terminal


def settings() -> Settings:
    """The settings of this run; a spoiled ``shencai.toml`` is a sentence."""
    try:
        return Settings()
    except ValueError as error:
        raise UsageError(f"设置有误：{str(error).splitlines()[0]}。", "请检查 shencai.toml 和 SHENCAI_ 开头的环境变量。") from error


def begin() -> Settings:
    """Settings of a command that runs a flow: Prefect's surroundings are set, what dead runs left behind is cleared, and the
    embedded server is on its way. Call it before anything imports Prefect."""
    from flows.environment import clear_workspaces, end_orphans, prepare
    from flows.server import start_server

    chosen = settings()
    prepare(chosen)
    end_orphans(chosen)
    clear_workspaces(chosen)
    start_server()
    return chosen
