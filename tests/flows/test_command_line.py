"""The contract's exit statuses and one-line sentences, without reading a page."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from flows.cli import run
from flows.names import foreign_owners


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHENCAI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")  # nothing here may need a server
    monkeypatch.chdir(tmp_path)
    return tmp_path


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    return told.err


@pytest.mark.parametrize("command", [["check"], ["read"], ["reconcile", "list.xlsx"]])
def test_missing_path_could_not_run(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command, "没有这个文件夹"]) == 2
    assert "找不到路径" in one_line(capsys) if command != ["reconcile", "list.xlsx"] else "不存在" in one_line(capsys)


def test_empty_folder_could_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "空").mkdir()
    assert run(["check", str(tmp_path / "空")]) == 2
    assert "没有找到任何文件" in one_line(capsys)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["check", ".", "--category", "7"], "没有项目类别“7”"),
        (["check", ".", "--stage", "later"], "没有环节"),
        (["check", ".", "--no-such-option"], "--no-such-option"),
        (["no-such-command"], "no-such-command"),
        (["schema", "nothing"], "没有名为"),
        (["nightly", "--inbox", "."], "--once"),
        (["sample", "make", "x", "--seed", "-1"], "种子 -1 不可用"),
        (["read", ".", "--kind", "novel"], "没有材料种类"),
        (["rules", "explain", "R-999999"], "R-999999"),
        (["check", ".", "--policy", "1999"], "1999"),
    ],
)
def test_bad_usage_is_one_line_and_status_2(
    arguments: list[str], word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert run(arguments) == 2
    assert word in one_line(capsys)


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("shencai ")
    assert run(["check", "--help"]) == 0
    assert "--second-copy" in capsys.readouterr().out


def test_every_schema_is_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("report", "read", "reconcile", "truth", "nightly"):
        assert run(["schema", name]) == 0
        jsonschema.Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))


def test_rules_are_listed_explained_and_covered(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "list", "--json", "-"]) == 0
    told = capsys.readouterr()
    listed = {row["id"] for row in json.loads(told.out)}
    assert {"R-007", "R-042", "R-080", "R-082", "R-088", "R-095", "R-096"} <= listed
    assert run(["rules", "explain", "R-051"]) == 0
    assert "发票" in capsys.readouterr().out
    assert run(["rules", "coverage"]) == 0
    assert "R-080" in capsys.readouterr().out


def test_internal_error_is_status_70_with_a_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    def broken(*_: object, **__: object) -> int:
        raise RuntimeError("boom")

    monkeypatch.setattr("flows.cli.doctor.doctor_command", broken)
    assert run(["doctor"]) == 70
    assert "RuntimeError" in one_line(capsys)
    assert "boom" in next((home / "home" / "logs").iterdir()).read_text()


def test_interrupt_is_status_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("flows.cli.doctor.doctor_command", interrupted)
    assert run(["doctor"]) == 130
    assert "已中断" in one_line(capsys)


def test_no_distribution_owns_our_names() -> None:
    assert foreign_owners() == []
