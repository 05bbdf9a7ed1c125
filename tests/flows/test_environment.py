"""Runs that were killed: their processes are found by mark and ended; others are left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from flows.environment import RUN_MARK, WORK, clear_workspaces, end_orphans, prefect_home, prepare, run_is_alive, workspace
from pipeline.settings import Settings

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def sleeper(settings: Settings, mark: str) -> subprocess.Popen[bytes]:
    surroundings = {**os.environ, "PREFECT_HOME": str(prefect_home(settings)), RUN_MARK: mark}
    return subprocess.Popen(SLEEPER, env=surroundings)


def test_orphan_of_a_dead_run_is_ended_and_the_living_are_left(home: Settings, tmp_path: Path) -> None:
    me = psutil.Process()
    alive = f"{me.pid}:{me.create_time():.2f}"
    orphan = sleeper(home, "999999:1.00")
    reused = sleeper(home, f"{me.pid}:1.00")  # a living process id, but not the one that started it
    child = sleeper(home, alive)
    stranger = sleeper(Settings(home=tmp_path / "other"), "999999:1.00")
    try:
        assert end_orphans(home) == 2
        assert not psutil.pid_exists(orphan.pid)
        assert not psutil.pid_exists(reused.pid)
        assert child.poll() is None
        assert stranger.poll() is None
    finally:
        for process in (orphan, reused, child, stranger):
            process.kill()
            process.wait()


def test_a_run_is_alive_only_with_its_start_time() -> None:
    me = psutil.Process()
    assert run_is_alive(f"{me.pid}:{me.create_time():.2f}")
    assert not run_is_alive(f"{me.pid}:1.00")
    assert not run_is_alive("nonsense")


def test_telemetry_is_off_whatever_was_set(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PREFECT_HOME", "PREFECT_LOGGING_LEVEL", RUN_MARK):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "true")
    monkeypatch.setenv("DO_NOT_TRACK", "0")
    monkeypatch.setenv("PREFECT_LOGGING_LEVEL", "DEBUG")
    prepare(home)
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert os.environ["DO_NOT_TRACK"] == "1"
    assert os.environ["PREFECT_HOME"] == str(prefect_home(home))
    assert os.environ["PREFECT_LOGGING_LEVEL"] == "DEBUG"  # a person's own choice stays


def test_workspace_of_a_dead_run_is_cleared_and_a_living_one_kept(home: Settings) -> None:
    with workspace(home) as mine:
        (mine / "发票.pdf").write_bytes(b"x")
        dead = home.data_home / WORK / "999999_1.00_abc"
        dead.mkdir()
        (dead / "合同.pdf").write_bytes(b"x")
        assert clear_workspaces(home) == 1
        assert not dead.exists()
        assert (mine / "发票.pdf").exists()
    assert not mine.exists()
