from __future__ import annotations

import pytest
import report_builder as builder

from pipeline.model import Report


@pytest.fixture
def hostile() -> Report:
    return builder.hostile()
