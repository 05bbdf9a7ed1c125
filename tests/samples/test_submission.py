"""Whole submissions: the same arguments give the same bytes, and a defect changes only what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from samples import DEFECTS, Truth, make_submission
from samples.submission import plant
from samples.truth import TruthDocument
from samples.world import make_world

SEED, COARSE = 41, 50


def _digest(root: Path) -> dict[str, str]:
    return {str(p.relative_to(root)): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(root.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    out = tmp_path_factory.mktemp("clean")
    return out, make_submission(out, SEED, dpi=COARSE)


def test_unknown_defects_and_categories_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no_such"):
        make_submission(tmp_path, 1, defects=("no_such",))
    with pytest.raises(ValueError, match="项目类别1、2"):
        make_submission(tmp_path, 1, categories=("3",))
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("name", list(DEFECTS))
def test_every_defect_changes_the_world_and_can_be_planted_beside_the_others(name: str) -> None:
    world = make_world(SEED)
    assert plant(world, [name]) != world
    assert plant(world, [n for n in DEFECTS if n != name]) != plant(world, list(DEFECTS))


@pytest.mark.slow
def test_same_arguments_same_bytes(clean: tuple[Path, Truth], tmp_path: Path) -> None:
    make_submission(tmp_path, SEED, dpi=COARSE)
    assert _digest(tmp_path) == _digest(clean[0])


@pytest.mark.slow
def test_the_clean_submission_has_no_defect(clean: tuple[Path, Truth]) -> None:
    truth = clean[1]
    assert truth.defects == ()
    assert {d.fields["buyer_tax_id"].value for d in truth.documents if d.kind == "vat_invoice"} == {truth.uscc}
    assert [d.year for d in truth.documents if d.kind == "tax_certificate"] == [2017, 2017, 2018, 2019]


def _facts(truth: Truth) -> dict[tuple[str, str], list[str]]:
    """(document key, what) → its facts, without page numbers, which shift when a page goes, and without the places of
    seals, which stand below the last row of a list."""
    facts: dict[tuple[str, str], list[str]] = {}
    for document in truth.documents:
        key = _key(document)
        for name, value in document.fields.items():
            facts.setdefault((key, f"{document.kind}.{name}"), []).append(f"{value.value}@{value.box}{value.cell}")
        for table, rows in document.tables.items():
            facts[(key, f"{document.kind}.{table}")] = [f"{c}={v.value}@{v.cell}" for row in rows for c, v in row.items()]
        facts[(key, f"{document.kind}.seals")] = [f"{s.role}{s.shape}{s.text}" for s in document.seals]
        facts[(key, f"{document.kind}.pages")] = [f"{ref.label}" for ref in document.pages]
    return facts


def _key(document: TruthDocument) -> str:
    number = document.fields.get("invoice_number") or document.fields.get("certificate_number")
    return "/".join(map(str, (document.kind, document.subtype, document.year if document.kind != "vat_invoice" else "", document.pages[0].file, number.value if number else "")))


def _changes(a: Truth, b: Truth) -> Iterator[str]:
    before, after = _facts(a), _facts(b)
    for key in before.keys() | after.keys():
        if before.get(key) != after.get(key):
            yield key[1]


@pytest.mark.slow
@pytest.mark.parametrize("name", list(DEFECTS))
def test_a_defect_changes_only_what_it_says(name: str, clean: tuple[Path, Truth], tmp_path: Path) -> None:
    truth = make_submission(tmp_path, SEED, defects=(name,), dpi=COARSE)
    defect = DEFECTS[name]
    changed = set(_changes(clean[1], truth))
    assert changed, "a defect must show"
    outside = {c for c in changed if c not in defect.moves and c.split(".")[0] not in defect.moves}
    assert not outside
    assert [d.name for d in truth.defects] == [name]


def test_an_unknown_way_of_scanning_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="bilevel"):
        make_submission(tmp_path, 1, scan="bilevel")  # type: ignore[arg-type]
