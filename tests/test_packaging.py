"""The wheel as people install it: complete, without the sample's papers, and working away from the source tree."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("pipeline", "extractors", "validators", "reports", "flows", "samples")
UNREACHABLE = (
    "No matching distribution found for hatchling",
    "Could not find a version that satisfies the requirement hatchling",
    "ConnectionError",
    "NewConnectionError",
    "Temporary failure in name resolution",
)
pytestmark = pytest.mark.slow


def clean_surroundings() -> dict[str, str]:
    """Nothing that points at the source tree or at anybody's data."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SHENCAI", "PREFECT", "VIRTUAL_ENV"))}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built in isolation; the build backend comes from the package registry."""
    target = tmp_path_factory.mktemp("dist")
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--disable-pip-version-check", "-w", str(target), str(ROOT)],
        capture_output=True, text=True, cwd=target,
    )  # fmt: skip
    if built.returncode != 0 and any(sign in built.stderr + built.stdout for sign in UNREACHABLE):
        pytest.skip("the package registry cannot be reached, so the build backend cannot be fetched")
    assert built.returncode == 0, built.stderr
    (found,) = target.glob("shencai-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new virtual environment with the wheel; the dependencies are borrowed from ours, the source tree is not."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(home, with_pip=False, symlinks=sys.platform != "win32")
    (site,) = home.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")  # a .pth in there is not followed
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(home / "bin" / "python"), "install", "-q", "--no-deps", "--no-index",
         "--ignore-installed", "--disable-pip-version-check", str(wheel)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return home


def run(installed: Path, folder: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**clean_surroundings(), "SHENCAI_HOME": str(folder / "home")}
    return subprocess.run([installed / "bin" / program, *arguments], cwd=folder, env=environment, capture_output=True, text=True)


def test_the_wheel_holds_what_the_program_opens(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    source = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.is_relative_to(ROOT / "samples" / "submissions")
    }
    assert source - names == set()
    for package in PACKAGES:
        assert f"{package}/py.typed" in names
    assert "pipeline/policy/2020.toml" in names
    assert any(name.startswith("reports/templates/") and name.endswith(".html.j2") for name in names)
    assert any(name.startswith("pipeline/store/migrations/versions/") for name in names)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)
    assert [name for name in names if name.startswith("samples/submissions")] == []
    assert [name for name in names if name.endswith((".pdf", ".jpg", ".xlsx", ".gz", ".pyc"))] == []
    assert wheel.stat().st_size < 2_000_000


def test_it_runs_away_from_the_source_tree(installed: Path, tmp_path: Path) -> None:
    where = run(installed, tmp_path, "python", "-c", "import pipeline, flows; print(pipeline.__file__); print(flows.__file__)")
    assert where.returncode == 0, where.stderr
    assert all(Path(line).is_relative_to(installed) for line in where.stdout.split())
    told = run(installed, tmp_path, "shencai", "--help")
    assert told.returncode == 0 and "reconcile" in told.stdout, told.stderr
    rules = run(installed, tmp_path, "shencai", "rules", "list")
    assert rules.returncode == 0 and "R-051" in rules.stdout, rules.stderr


def test_it_reads_and_shows_its_own_files(installed: Path, tmp_path: Path) -> None:
    """Schemas, migrations, models by path, templates: whatever is opened as a file beside the modules."""
    schema = run(installed, tmp_path, "shencai", "schema", "report")
    assert schema.returncode == 0 and '"findings"' in schema.stdout, schema.stderr
    (tmp_path / "空.pdf").touch()
    read = run(installed, tmp_path, "shencai", "read", "空.pdf")
    assert read.returncode == 0 and "0 字节" in read.stdout, read.stderr
    assert (tmp_path / "home" / "shencai.db").is_file()
