"""Whole submissions: the same arguments give the same bytes, a defect changes only what it says, every layout holds what truth tells."""

from __future__ import annotations

import hashlib
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from samples import Truth, make_from, make_submission, read_truth
from samples.binding import bind
from samples.choices import Layout, Look
from samples.forger import DEFECTS, plant
from samples.forger.plant import touched
from samples.places import LEDGERS, PAPERS, SECOND_COPY, TRUTH, VOUCHERS
from samples.press import Press, blueprints
from samples.submission import Choices
from samples.truth import TruthDocument
from samples.world import make_world
from samples.world.model import Handling, World

SEED, COARSE = 41, 45
PAPERLESS = Choices("colour", COARSE, "one-pdf", False, 1)


def _world(**changes: object) -> World:
    return replace(make_world(SEED, ("1",), invoices=6, short=True), **changes)  # type: ignore[arg-type]


def _digest(root: Path) -> dict[str, str]:
    return {str(p.relative_to(root)): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(root.rglob("*")) if p.is_file()}


def _make(out: Path, look: Look = "colour", layout: Layout = "one-pdf", *, world: World | None = None, vouchers: int = 0, defects: tuple[str, ...] = ()) -> Truth:
    return make_from(world or _world(), out, defects, Choices(look, COARSE, layout, True, 1), audit_vouchers=vouchers, ledgers=False)


def _values(truth: Truth) -> list[tuple[str, str, str]]:
    found = [(d.key, name, v.value) for d in truth.documents for name, v in d.fields.items()]
    return found + [(d.key, f"{t}/{c}", v.value) for d in truth.documents for t, rows in d.tables.items() for row in rows for c, v in row.items()]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    out = tmp_path_factory.mktemp("clean")
    return out, _make(out)


def test_what_cannot_be_made_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no_such"):
        make_submission(tmp_path / "a", 1, defects=("no_such",))
    with pytest.raises(ValueError, match="bilevel"):
        make_submission(tmp_path / "a", 1, scan="bilevel")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="folder"):
        make_submission(tmp_path / "a", 1, layout="folder")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="份数 3"):
        make_submission(tmp_path / "a", 1, copies=3)
    with pytest.raises(ValueError, match="4a,5"):
        make_submission(tmp_path / "a", 1, categories=("4a", "5"))
    assert not any(tmp_path.iterdir())


def test_the_volume_holds_what_truth_tells(clean: tuple[Path, Truth]) -> None:
    out, truth = clean
    assert truth == read_truth(out / TRUTH) and truth.defects == ()
    volume = next(f for f in truth.files if f.path.endswith(".pdf"))
    with pikepdf.open(out / volume.path) as pdf:
        assert len(pdf.pages) == len(volume.pages)
        assert pdf.check_pdf_syntax() == []
    owners = sorted(ref.page for d in truth.documents for ref in d.pages if ref.file == volume.path)
    assert owners == [i for i, page in enumerate(volume.pages) if not page.blank]
    numbers = [page.volume_label for page in volume.pages if not page.blank]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {"front", "application_form", "business_licence", "investment_list", "workbook:list"} <= {d.key for d in truth.documents}


def test_places_lie_on_pages_of_their_document(clean: tuple[Path, Truth]) -> None:
    for document in clean[1].documents:
        own = {ref.page for ref in document.pages}
        for value in (*document.fields.values(), *(v for rows in document.tables.values() for row in rows for v in row.values())):
            if value.cell is None:
                assert value.page in own, (document.key, value)
                assert value.box is None or (0 <= value.box[0] < value.box[2] <= 1 and 0 <= value.box[1] < value.box[3] <= 1)
        assert all(seal.page in own and seal.text for seal in document.seals)


def test_the_contents_name_the_pages_where_papers_start(clean: tuple[Path, Truth]) -> None:
    truth = clean[1]
    volume = next(f for f in truth.files if f.path.endswith(".pdf"))
    starts = {d.key: volume.pages[d.pages[0].page].volume_label for d in truth.documents if d.pages[0].file == volume.path}
    assert list(starts.values()) == sorted(v or 0 for v in starts.values())


def test_the_same_arguments_give_the_same_bytes(clean: tuple[Path, Truth], tmp_path: Path) -> None:
    _make(tmp_path)
    assert _digest(tmp_path) == _digest(clean[0])


@pytest.mark.slow
def test_as_many_processes_as_you_like_give_the_same_bytes(tmp_path: Path) -> None:
    for many in (1, 2):
        make_submission(tmp_path / str(many), SEED, categories=("2",), invoices=6, short=True, dpi=COARSE, scan="photo", audit_vouchers=2, processes=many)
    assert _digest(tmp_path / "1") == _digest(tmp_path / "2")


def test_without_paper_the_truth_is_the_same_but_for_where_scanners_put_it(clean: tuple[Path, Truth], tmp_path: Path) -> None:
    truth = make_from(_world(), tmp_path, (), PAPERLESS, audit_vouchers=0, ledgers=False)
    assert sorted(_values(truth)) == sorted(_values(clean[1]))
    assert [(p.label, p.volume_label, p.blank) for f in truth.files for p in f.pages] == [(p.label, p.volume_label, p.blank) for f in clean[1].files for p in f.pages]
    assert not list(tmp_path.rglob("*.pdf"))
    assert {d.key: [s.text for s in d.seals] for d in truth.documents} == {d.key: [s.text for s in d.seals] for d in clean[1].documents}


@pytest.mark.parametrize("look", ["colour", "bw", "photo", "mixed"])
def test_files_are_there_with_their_pages(look: Look, tmp_path: Path) -> None:
    truth = _make(tmp_path, look, "files")
    listed = {tmp_path / f.path for f in truth.files}
    assert listed == {p for p in tmp_path.rglob("*") if p.is_file() and p.name != TRUTH}
    for file in truth.files:
        path = tmp_path / file.path
        if path.suffix.lower() == ".pdf":
            with pikepdf.open(path) as pdf:
                assert len(pdf.pages) == len(file.pages)
        elif path.suffix.lower() in (".jpg", ".tif"):
            with Image.open(path) as image:
                assert image.size[0] > 200 and len(file.pages) == 1
        assert all(page.volume_label is None for page in file.pages)
    tones = {page.colour for d in truth.documents if not d.key.startswith("workbook") for f in truth.files if f.path == d.pages[0].file for page in f.pages}
    assert tones <= {"colour": {"colour", "grey"}, "bw": {"bilevel"}, "photo": {"colour"}}.get(look, {"colour", "grey", "bilevel", "digital"})


def test_an_archive_holds_the_members_that_truth_names(tmp_path: Path) -> None:
    flags = set()
    for seed in range(6):
        out = tmp_path / str(seed)
        truth = make_from(_world(seed=seed), out, (), replace(PAPERLESS, layout="zip"), audit_vouchers=0, ledgers=False)
        assert [p.name for p in out.iterdir() if p.name != TRUTH] == [f"{PAPERS}.zip"]
        with zipfile.ZipFile(out / f"{PAPERS}.zip") as packed:
            names = {i.filename if i.flag_bits & 0x800 else i.filename.encode("cp437").decode("gbk") for i in packed.infolist()}
            flags |= {bool(i.flag_bits & 0x800) for i in packed.infolist() if not i.filename.isascii()}
        assert names == {f.path.removeprefix(f"{PAPERS}.zip!/") for f in truth.files if f.path.endswith((".xlsx", ".xls", ".et"))}
    assert flags == {True, False}, "some archives carry GBK names, some UTF-8"


def test_a_born_digital_volume_has_its_text(tmp_path: Path) -> None:
    truth = _make(tmp_path, "digital")
    volume = next(f for f in truth.files if f.path.endswith(".pdf"))
    assert {page.colour for page in volume.pages} == {"digital"}
    with pypdfium2.PdfDocument(tmp_path / volume.path) as pdf:
        assert len(pdf) == len(volume.pages)
        licence = next(d for d in truth.documents if d.key == "business_licence")
        text = pdf[licence.pages[0].page].get_textpage().get_text_range()
    assert truth.applicant in text.replace("\r\n", "")


def test_the_second_copy_is_scanned_anew_and_says_the_same(tmp_path: Path) -> None:
    truth = _make(tmp_path, layout="files", world=_world(second_copy=True))
    first, second = ({d.key: d for d in truth.documents if d.pages[0].file.startswith(f"{folder}/")} for folder in (PAPERS, SECOND_COPY))
    assert set(second) == {key for key in first if not key.startswith("workbook:")}
    for key, copy in second.items():
        assert {n: v.value for n, v in copy.fields.items()} == {n: v.value for n, v in first[key].fields.items()}
    a, b = ((tmp_path / next(d.pages[0].file for d in copies.values() if d.key == "business_licence")).read_bytes() for copies in (first, second))
    assert a != b


def _by_key(truth: Truth) -> dict[str, TruthDocument]:
    return {d.key: d for d in truth.documents}


def test_what_lay_on_a_page_goes_with_it(tmp_path: Path) -> None:
    """Fields of a removed page vanish from truth; labels jump there."""
    clean = make_from(_world(), tmp_path / "a", (), PAPERLESS, audit_vouchers=0, ledgers=False)
    form = _by_key(clean)["application_form"]
    gone = len(form.pages) - 1
    world = _world(handling=Handling(removed=frozenset({("application_form", gone)})))
    truth = make_from(world, tmp_path / "b", (), PAPERLESS, audit_vouchers=0, ledgers=False)
    left = _by_key(truth)["application_form"]
    assert [ref.label for ref in left.pages] == [ref.label for i, ref in enumerate(form.pages) if i != gone]
    lost = {name for name, value in form.fields.items() if value.page == form.pages[gone].page}
    assert set(left.fields) == set(form.fields) - lost


@pytest.mark.slow
@pytest.mark.parametrize("name", ["unsealed_material", "no_seam", "pasted_seal", "invoice_of_2018", "other_buyer", "lost_digits", "page_upside_down"])
def test_a_defect_leaves_every_other_file_byte_for_byte(name: str, tmp_path: Path) -> None:
    """In the layout of files every paper is a file, so bytes tell which papers changed."""
    assert DEFECTS[name].fits(_world())
    before = _make(tmp_path / "a", layout="files", vouchers=6)
    after = _make(tmp_path / "b", layout="files", vouchers=6, defects=(name,))
    allowed = touched(plant(_world(), (name,))[1])
    assert [d.name for d in after.defects] == [name]
    changed = set()
    for key, document in _by_key(before).items():
        other = _by_key(after).get(key)
        if other is None or (tmp_path / "a" / document.pages[0].file).read_bytes() != (tmp_path / "b" / other.pages[0].file).read_bytes():
            changed.add(key)
    bundled = {key for key, d in _by_key(before).items() if d.pages[0].file.startswith(f"{VOUCHERS}/")}
    assert changed - bundled <= allowed, "papers changed that the defect does not name"
    assert changed, "a defect must show"


def test_ledgers_lie_beside_the_papers(tmp_path: Path) -> None:
    truth = make_from(_world(), tmp_path, (), PAPERLESS, audit_vouchers=0)
    stems = {d.subtype for d in truth.documents if d.kind == "ledger"}
    assert {"portal", "filings"} <= stems
    assert {p.stem for p in (tmp_path / LEDGERS).iterdir()} == stems


def test_the_auditors_folder_holds_the_vouchers_asked_for(tmp_path: Path) -> None:
    world = _world()
    truth = make_from(world, tmp_path, (), replace(PAPERLESS, paper=False), audit_vouchers=3, ledgers=False)
    keys = {d.key for d in truth.documents if d.pages[0].file.startswith(f"{VOUCHERS}/")}
    bought = {key.split("::")[1].split(":")[0] for key in keys if key.startswith(("vat_invoice::", "customs_payment::"))}
    assert 3 <= len(bought) <= 4
    whole = make_from(world, tmp_path, (), PAPERLESS, audit_vouchers=None, ledgers=False)
    invoices = {d.key for d in whole.documents if d.kind == "vat_invoice"}
    assert invoices == {f"vat_invoice::{i.key}" for i in world.invoices}


def _die(job: object) -> None:
    os._exit(1)


@pytest.mark.slow
def test_pages_of_a_process_that_died_are_made_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samples.press._work", _die)
    with Press(_world(), 2) as press:
        drafts = blueprints(_world(), ["application_form", "business_licence"])
        orders = bind(_world(), drafts * 4, copy=1, volume=False, look="grey", dpi=COARSE)
        broken = [scans for _, scans in press.print(orders)]
    with Press(_world(), 1) as press:
        assert [scans for _, scans in press.print(orders)] == broken
