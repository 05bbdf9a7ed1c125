"""The store keeps readings by content and recipe, and claims by lineage and version."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from pipeline.errors import ShencaiError
from pipeline.model import Line, PageReading
from pipeline.store import Claim, Store
from pipeline.store.migrate import revision_of
from pipeline.store.tables import HEAD, Base


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 's.db'}")


def page(content: str, error: str | None = None) -> PageReading:
    line = Line(text="增值税专用发票", box=(0.1, 0.1, 0.4, 0.12), marks=(0.1,) * 7)
    return PageReading(content=content, reader="r1", width=10, height=20, lines=(line,), error=error)


def claim(key: str, *, year: int = 2020, uscc: str = "91440300708461136T", number: str = "A1") -> Claim:
    return Claim(key, "企业技术改造扶持计划", year, uscc, number, "某某公司", "1", "100.00")


def test_migrations_make_the_tables_of_the_model(store: Store) -> None:
    assert revision_of(store.engine) == HEAD
    found = inspect(store.engine)
    for table in Base.metadata.sorted_tables:
        assert {c["name"] for c in found.get_columns(table.name)} == set(table.columns.keys()), table.name


def test_reading_comes_back_whole_and_only_for_its_recipe(store: Store) -> None:
    kept = page("h:1")
    store.keep_readings([kept], "recipe-a")
    assert store.readings(["h:1", "h:2"], "recipe-a") == {"h:1": kept}
    assert store.readings(["h:1"], "recipe-b") == {}


def test_failed_reading_is_tried_again(store: Store) -> None:
    store.keep_readings([page("h:1", error="第1页读取超时")], "r")
    assert store.readings(["h:1"], "r") == {}


def test_spoiled_row_is_no_hit(store: Store) -> None:
    store.keep_readings([page("h:1")], "r")
    with store.engine.begin() as connection:
        connection.execute(text("update reading set body = x'78'"))
    assert store.readings(["h:1"], "r") == {}


def test_many_pages_at_once(store: Store) -> None:
    pages = [page(f"h:{i}") for i in range(1000)]
    store.keep_readings(pages, "r")
    assert len(store.readings([p.content for p in pages], "r")) == 1000


def test_later_version_of_a_lineage_supersedes(store: Store) -> None:
    assert store.commit_claims([claim("k1"), claim("k2")], by="王") == 1
    assert store.commit_claims([claim("k1")], by="王") == 2
    assert len(store.prior_claims("k1")) == 1
    assert store.prior_claims("k2") == ()  # dropped from the newest version
    store.commit_claims([claim("k1", year=2019)], by="王")
    assert {c.year for _, c in store.prior_claims("k1")} == {2019, 2020}


def test_unwritable_place_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ShencaiError, match="SHENCAI_HOME"):
        Store(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder' / 's.db'}")
