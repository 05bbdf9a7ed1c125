"""The case language of ``tests/cases`` is at hand here too."""

import sys
from pathlib import Path

import pytest

from pipeline.policy import Policy, load_policy

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy("2020")
