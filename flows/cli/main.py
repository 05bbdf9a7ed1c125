"""Entry point: turns every ending into the contract's exit status and one clear line."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import typer

from pipeline.errors import ShencaiError

BAD_USAGE: type[typer.BadParameter] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")
"""The base of Typer's usage errors; Typer carries its own copy of Click and does not export it."""

DONE, TROUBLE, COULD_NOT_RUN, INTERNAL, INTERRUPTED = 0, 1, 2, 70, 130


def main() -> None:
    """Console script."""
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    try:
        status = run(sys.argv[1:])
    except KeyboardInterrupt:  # a second one, while the first was told
        status = INTERRUPTED
    for impatience in (signal.SIGINT, signal.SIGTERM):  # ending the server takes a moment and must not be cut short
        signal.signal(impatience, signal.SIG_IGN)
    sys.exit(status)


def _as_ctrl_c(*_: object) -> None:
    """A polite kill (systemd, a shutdown) tidies up as Ctrl-C does."""
    raise KeyboardInterrupt


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status; never raises."""
    try:
        from flows.cli.app import app  # imported late so that even a broken installation ends in a sentence

        status = app(args=list(arguments), prog_name="shencai", standalone_mode=False)
        if status == INTERRUPTED:  # Typer turns Ctrl-C into this number before we see it
            return _interrupted()
        return status if isinstance(status, int) else DONE
    except typer.Exit as ending:
        return ending.exit_code
    except typer.Abort:
        return _interrupted()
    except BAD_USAGE as error:
        _say(f"{error.format_message()}（用法：shencai --help）")
        return COULD_NOT_RUN
    except ShencaiError as error:
        _say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:
        return DONE
    except Exception as error:
        _say(f"内部错误：{type(error).__name__}。详情见 {_write_log(arguments)}，请把它发给维护人员。")
        return INTERNAL


def _interrupted() -> int:
    _say("已中断；已识别的页面留在缓存里，再次运行会接着做。")
    return INTERRUPTED


def _say(line: str) -> None:
    sys.stderr.write(" ".join(f"shencai: {line}".split()) + "\n")


def _write_log(arguments: Sequence[str]) -> Path:
    from pipeline.settings import Settings

    try:
        folder = Settings().data_home / "logs"
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        import tempfile

        folder = Path(tempfile.gettempdir())
    path = folder / f"error-{datetime.now().astimezone():%Y%m%d-%H%M%S}.log"
    path.write_text(f"shencai {' '.join(arguments)}\n\n{traceback.format_exc()}", encoding="utf-8")
    return path
