"""A GBK name that another tool had already spoiled, and flagged as UTF-8, is still read as its writer meant it."""

from __future__ import annotations

import zipfile

import pytest

from pipeline.intake.names import member_names


def flagged(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.flag_bits |= 0x800
    return info


@pytest.mark.parametrize("name", ["申报材料/审计报告2019.pdf", "发票扫描件（一）.pdf"])
def test_spoiled_name_is_taken_back(name: str) -> None:
    assert member_names([flagged(name.encode("gbk").decode("cp437"))]) == [name]


@pytest.mark.parametrize("name", ["申报材料/审计报告.pdf", "Müller Größe.pdf", "plain.pdf", "│侧栏│.pdf"])
def test_honest_names_stay(name: str) -> None:
    assert member_names([flagged(name)]) == [name]
