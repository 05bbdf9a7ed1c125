"""Hostile and ordinary inputs, made on the spot."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from pipeline.errors import UsageError
from pipeline.intake import Intake, Limits, take_in
from pipeline.model import SourceFile


def pdf_bytes(pages: int = 1, text: bytes = b"") -> bytes:
    pdf = pikepdf.new()
    for number in range(pages):
        page = pdf.add_blank_page(page_size=(200, 300))
        page.Contents = pdf.make_stream(text + b" %d 0 m 50 50 l S" % number)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def png_bytes(colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def by_path(intake: Intake) -> dict[str, SourceFile]:
    return {f.path: f for f in intake.files}


def code_of(intake: Intake, path: str) -> str | None:
    error = by_path(intake)[path].error
    return error.code if error else None


class RawName(zipfile.ZipInfo):
    """A member whose name is those very bytes, without the UTF-8 flag, as Windows tools write them."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(raw.decode("cp437"))
        self._raw = raw

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self._raw, self.flag_bits


def zip_with_raw_names(path: Path, names: list[bytes]) -> None:
    with zipfile.ZipFile(path, "w") as package:
        for name in names:
            package.writestr(RawName(name), png_bytes())


def test_folder_in_natural_order_and_originals_untouched(tmp_path: Path) -> None:
    folder = tmp_path / "材料"
    (folder / "第10章").mkdir(parents=True)
    (folder / "第2章").mkdir()
    for name in ("第10章/a.png", "第2章/b.png", "发票10.png", "发票2.png", "附件十.png", "附件二.png"):
        (folder / name).write_bytes(png_bytes())
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*.png")}
    intake = take_in([folder], tmp_path / "ws")
    shown = [f.path for f in intake.files]
    assert shown.index("发票2.png") < shown.index("发票10.png")
    assert shown.index("第2章/b.png") < shown.index("第10章/a.png")
    assert shown.index("附件二.png") < shown.index("附件十.png")
    assert all(len(f.pages) == 1 and f.error is None and f.media == "image" for f in intake.files)
    assert intake.path_of(intake.files[0].id).is_relative_to(folder)
    assert before == {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*.png")}


def test_ids_are_stable_across_places_and_change_with_content(tmp_path: Path) -> None:
    ids = []
    for place, colour in (("one", "red"), ("two", "red"), ("three", "blue")):
        folder = tmp_path / place
        folder.mkdir()
        (folder / "a.png").write_bytes(png_bytes(colour))
        ids.append(take_in([folder], tmp_path / f"ws-{place}").files[0].id)
    assert ids[0] == ids[1] != ids[2]


def test_magic_decides_not_the_name(tmp_path: Path) -> None:
    files = {
        "scan.pdf": png_bytes(),  # a picture that somebody renamed
        "图.jpg": pdf_bytes(),
        "text.pdf": "这是一段文字".encode(),
        "page.pdf": b"<!DOCTYPE html><html></html>",
        "empty.pdf": b"",
        "broken.pdf": b"%PDF-1.7\nnonsense " * 50,
        "doc.rar": b"Rar!\x1a\x07\x00" + b"x" * 100,
        "a.7z": b"7z\xbc\xaf\x27\x1c" + b"x" * 100,
        "notes.txt": b"hello",
        "table.xls": b"<html><table><tr><td>1</td></tr></table></html>",
        "photo.heic": b"\0\0\0\x18ftypheic" + b"\0" * 50,
        "data.csv": "序号,金额\n1,2\n".encode("gb18030"),
        "e.xml": b"<?xml version='1.0'?><a/>",
        "junk.bin": bytes(range(256)) * 4,
    }
    for name, data in files.items():
        (tmp_path / "in" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    intake = take_in([tmp_path / "in"], tmp_path / "ws")
    found = by_path(intake)
    assert set(found) == set(files)
    assert (found["scan.pdf"].media, found["图.jpg"].media) == ("image", "pdf")
    assert found["scan.pdf"].error is None and found["图.jpg"].error is None
    expected = {
        "text.pdf": "not_a_pdf", "page.pdf": "not_a_pdf", "empty.pdf": "empty_file", "broken.pdf": "broken_pdf",
        "doc.rar": "unsupported_archive", "a.7z": "unsupported_archive", "notes.txt": "unsupported_type",
        "table.xls": "unsupported_type", "photo.heic": "unsupported_type", "junk.bin": "unsupported_type",
        "data.csv": None, "e.xml": None,
    }  # fmt: skip
    assert {name: code_of(intake, name) for name in expected} == expected
    assert found["data.csv"].media == "csv" and found["e.xml"].media == "xml"
    for source in intake.files:
        if source.error:
            assert source.error.message.endswith("。") and "请" in source.error.message


def test_word_and_powerpoint_say_what_to_hand_in(tmp_path: Path) -> None:
    for name, inner in (("a.docx", "word/document.xml"), ("b.pptx", "ppt/presentation.xml")):
        with zipfile.ZipFile(tmp_path / name, "w") as package:
            package.writestr("[Content_Types].xml", "<Types/>")
            package.writestr(inner, "<x/>")
    intake = take_in([tmp_path / "a.docx", tmp_path / "b.pptx"], tmp_path / "ws")
    assert [f.error.code for f in intake.files if f.error] == ["unsupported_type"] * 2
    assert all("PDF" in f.error.message for f in intake.files if f.error)


def test_encrypted_pdf_and_owner_password(tmp_path: Path) -> None:
    for name, user in (("locked.pdf", "secret"), ("owner.pdf", "")):
        pdf = pikepdf.open(io.BytesIO(pdf_bytes(2)))
        pdf.save(tmp_path / name, encryption=pikepdf.Encryption(owner="boss", user=user))
    intake = take_in([tmp_path / "locked.pdf", tmp_path / "owner.pdf"], tmp_path / "ws")
    assert code_of(intake, "locked.pdf") == "encrypted"
    assert code_of(intake, "owner.pdf") is None and len(by_path(intake)["owner.pdf"].pages) == 2


def test_truncated_pdf_is_reported_never_taken_as_whole(tmp_path: Path) -> None:
    whole = pdf_bytes(6)
    for name, part in (("cut.pdf", whole[: len(whole) * 2 // 3]), ("stub.pdf", whole[:40])):
        (tmp_path / name).write_bytes(part)
    intake = take_in([tmp_path / "cut.pdf", tmp_path / "stub.pdf"], tmp_path / "ws")
    assert code_of(intake, "cut.pdf") in ("broken_pdf", "damaged_pdf", "page_count_disagrees")
    assert code_of(intake, "stub.pdf") == "broken_pdf"


def test_page_counts_that_disagree_keep_the_larger(tmp_path: Path) -> None:
    raw = pdf_bytes(2)
    assert raw.count(b"/Count 2") == 1  # PDFium believes the count, qpdf walks the tree
    (tmp_path / "a.pdf").write_bytes(raw.replace(b"/Count 2", b"/Count 4"))
    source = take_in([tmp_path / "a.pdf"], tmp_path / "ws").files[0]
    assert source.error is not None and source.error.code == "page_count_disagrees"
    assert len(source.pages) == 4
    assert [p.index for p in source.pages] == [0, 1, 2, 3]


def test_multi_page_tiff_and_single_frame_of_animations(tmp_path: Path) -> None:
    frames = [Image.new("1", (64, 64), i % 2) for i in range(3)]
    frames[0].save(tmp_path / "fax.tif", save_all=True, append_images=frames[1:], compression="group4")
    colours = [Image.new("RGB", (16, 16), c) for c in ("red", "blue")]
    colours[0].save(tmp_path / "a.webp", save_all=True, append_images=colours[1:])
    found = by_path(take_in([tmp_path / "fax.tif", tmp_path / "a.webp"], tmp_path / "ws"))
    assert len(found["fax.tif"].pages) == 3 and len(found["a.webp"].pages) == 1
    contents = [p.content for p in found["fax.tif"].pages]
    assert contents[0] == contents[2] != contents[1]  # equal pixels are the same page


def test_image_too_large_is_refused_before_decoding(tmp_path: Path) -> None:
    Image.new("1", (3000, 3000)).save(tmp_path / "big.png")
    intake = take_in([tmp_path / "big.png"], tmp_path / "ws", Limits(image_pixels=1_000_000))
    assert code_of(intake, "big.png") == "image_too_large"


def test_links_are_never_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png_bytes("red"))
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.png").write_bytes(png_bytes())
    (folder / "out.png").symlink_to(tmp_path / "secret.png")
    (folder / "up").symlink_to(tmp_path)
    (folder / "sub" / "ring").symlink_to(folder)
    (folder / "dangling").symlink_to(folder / "nowhere")
    (folder / "twin.png").symlink_to(folder / "a.png")
    intake = take_in([folder], tmp_path / "ws")
    assert {f.path: f.error.code if f.error else None for f in intake.files} == {
        "a.png": None, "out.png": "link_leaves_folder", "up": "link_leaves_folder", "dangling": "link_leaves_folder",
        "sub/ring": "link_to_listed_file", "twin.png": "link_to_listed_file",
    }  # fmt: skip


def test_pipes_are_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    os.mkfifo(folder / "pipe.pdf")  # reading it would wait for ever
    assert code_of(take_in([folder], tmp_path / "ws"), "pipe.pdf") == "not_a_file"


def test_system_rubbish_is_accounted_for_but_papers_are_not_lost(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "__MACOSX").mkdir(parents=True)
    (folder / "__MACOSX" / "._a.png").write_bytes(b"\x00\x05\x16\x07" + b"x" * 50)
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "~$清单.xlsx").write_bytes(b"x" * 165)
    (folder / "._发票.png").write_bytes(png_bytes())  # a real paper with an odd name
    intake = take_in([folder], tmp_path / "ws")
    codes = {f.path: f.error.code if f.error else None for f in intake.files}
    assert codes == {
        "__MACOSX/": "system_file", ".DS_Store": "system_file", "Thumbs.db": "system_file", "~$清单.xlsx": "system_file",
        "._发票.png": None,
    }  # fmt: skip


def test_missing_and_empty_are_usage_errors(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "nowhere", tmp_path / "empty"):
        with pytest.raises(UsageError) as caught:
            take_in([path], tmp_path / "ws")
        assert "请" in str(caught.value)


def test_second_copies_have_their_role_and_their_own_paths(tmp_path: Path) -> None:
    for folder in ("正本", "副本"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.png").write_bytes(png_bytes())
    intake = take_in([tmp_path / "正本"], tmp_path / "ws", second_copies=[tmp_path / "副本"])
    assert {(f.path, f.role) for f in intake.files} == {("a.png", "unknown"), ("副本/a.png", "second_copy")}
    assert len({f.id for f in intake.files}) == 2
    inside = take_in([tmp_path], tmp_path / "ws2", second_copies=[tmp_path / "副本"])
    roles = {f.path: f.role for f in inside.files if not f.path.startswith("ws")}
    assert roles == {"正本/a.png": "unknown", "副本/a.png": "second_copy"}


def test_zip_members_with_names_of_every_kind(tmp_path: Path) -> None:
    for name, encoding in (("gbk.zip", "gbk"), ("utf8.zip", "utf-8"), ("big5.zip", "big5")):
        words = ["發票/收據.png", "合約與清單.png"] if encoding == "big5" else ["发票/增值税专用发票.png", "项目投入明细清单.png"]
        zip_with_raw_names(tmp_path / name, [w.encode(encoding) for w in words])
        intake = take_in([tmp_path / name], tmp_path / "ws")
        assert {f.path for f in intake.files} == {name, *(f"{name}!/{w}" for w in words)}
        archive = intake.files[0]
        assert archive.media == "archive" and all(f.parent == archive.id for f in intake.files[1:])
        assert all(len(f.pages) == 1 for f in intake.files[1:])


def test_unicode_path_field_wins_only_for_its_own_name(tmp_path: Path) -> None:
    import zlib

    for name, crc_of, expected in (("a.zip", b"x.png", "合同.png"), ("b.zip", b"other", "x.png")):
        info = zipfile.ZipInfo("x.png")
        body = b"\x01" + zlib.crc32(crc_of).to_bytes(4, "little") + "合同.png".encode()
        info.extra = (0x7075).to_bytes(2, "little") + len(body).to_bytes(2, "little") + body
        with zipfile.ZipFile(tmp_path / name, "w") as package:
            package.writestr(info, png_bytes())
        assert take_in([tmp_path / name], tmp_path / "ws").files[1].path == f"{name}!/{expected}"


def test_zip_slip_writes_nothing_outside_the_workspace(tmp_path: Path) -> None:
    inner = tmp_path / "box"
    inner.mkdir()
    with zipfile.ZipFile(inner / "evil.zip", "w") as package:
        for name in ("../../escape.png", "/etc/absolute.png", "C:\\Windows\\drive.png", "ok/../../up.png", "bad\u202egnp.exe"):
            package.writestr(name, png_bytes())
    before = set(tmp_path.rglob("*"))
    intake = take_in([inner / "evil.zip"], tmp_path / "ws")
    new = set(tmp_path.rglob("*")) - before
    assert new and all(p == tmp_path / "ws" or p.is_relative_to(tmp_path / "ws") for p in new)
    members = [f for f in intake.files if f.parent]
    assert len(members) == 5 and all(f.error is None and len(f.pages) == 1 for f in members)
    assert not any(".." in f.path or "\u202e" in f.path for f in members)


def test_two_members_of_one_name_are_two_files(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("x.png", png_bytes("red"))
        with pytest.warns(UserWarning):
            package.writestr("x.png", png_bytes("red"))
    members = take_in([tmp_path / "a.zip"], tmp_path / "ws").files[1:]
    assert len(members) == 2 and len({f.id for f in members}) == 2


def test_nested_zips_to_the_cap(tmp_path: Path) -> None:
    data, name = png_bytes(), "core.png"
    for level in range(4):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            package.writestr(name, data)
        data, name = out.getvalue(), f"level{level}.zip"
    (tmp_path / "top.zip").write_bytes(data)
    deep = take_in([tmp_path / "top.zip"], tmp_path / "ws").files
    assert deep[-1].path == "top.zip!/level2.zip!/level1.zip!/level0.zip!/core.png" and len(deep[-1].pages) == 1
    shallow = take_in([tmp_path / "top.zip"], tmp_path / "ws2", Limits(zip_depth=2)).files
    assert shallow[-1].error is not None and shallow[-1].error.code == "archive_too_deep" and len(shallow) == 3


def test_zip_bombs(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("zeros.bin", b"\0" * 5_000_000)
        package.writestr("good.png", png_bytes())
    limits = Limits(zip_ratio_floor=1_000_000, zip_ratio=100)
    intake = take_in([tmp_path / "bomb.zip"], tmp_path / "ws", limits)
    assert code_of(intake, "bomb.zip!/zeros.bin") == "archive_bomb"
    assert code_of(intake, "bomb.zip!/good.png") is None  # one bad member does not cost the others
    capped = take_in([tmp_path / "bomb.zip"], tmp_path / "ws2", Limits(unpacked_bytes=1_000_000))
    assert code_of(capped, "bomb.zip!/zeros.bin") == "archive_too_large"
    many = take_in([tmp_path / "bomb.zip"], tmp_path / "ws3", Limits(zip_members=1))
    assert code_of(many, "bomb.zip") == "archive_too_large" and len(many.files) == 1
    assert not list((tmp_path / "ws").rglob("part-*"))


def test_a_zip_that_lies_about_sizes(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "liar.zip", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("x.bin", b"\0" * 3_000_000)
    raw = (tmp_path / "liar.zip").read_bytes().replace((3_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    (tmp_path / "liar.zip").write_bytes(raw)
    intake = take_in([tmp_path / "liar.zip"], tmp_path / "ws")
    assert code_of(intake, "liar.zip!/x.bin") is not None
    assert sum(p.stat().st_size for p in (tmp_path / "ws").rglob("*") if p.is_file()) < 1000


def test_zip_that_stores_a_pdf_is_a_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_STORED) as package:
        package.writestr("x.pdf", pdf_bytes(2))
    (tmp_path / "late.pdf").write_bytes(b"\r\nrubbish\r\n" + pdf_bytes(1))
    intake = take_in([tmp_path / "a.zip", tmp_path / "late.pdf"], tmp_path / "ws")
    found = by_path(intake)
    assert found["a.zip"].media == "archive" and not found["a.zip"].pages
    assert len(found["a.zip!/x.pdf"].pages) == 2
    assert found["late.pdf"].media == "pdf" and len(found["late.pdf"].pages) == 1


def test_encrypted_zip_and_links_in_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("x.png", png_bytes())
    raw = bytearray((tmp_path / "a.zip").read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + offset] |= 1
    (tmp_path / "locked.zip").write_bytes(raw)
    link = zipfile.ZipInfo("link.png")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "links.zip", "w") as package:
        package.writestr(link, "/etc/passwd")
    intake = take_in([tmp_path / "locked.zip", tmp_path / "links.zip"], tmp_path / "ws")
    assert code_of(intake, "locked.zip") == "encrypted"
    assert code_of(intake, "links.zip!/link.png") == "link_in_archive"


def test_caps_on_files_and_pages_are_said_aloud(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.pdf").write_bytes(pdf_bytes(3))
    few = take_in([folder], tmp_path / "ws", Limits(files=3))
    assert few.files[-1].error is not None and "2" in few.files[-1].error.message
    thin = take_in([folder / "0.pdf"], tmp_path / "ws", Limits(pages_per_file=2)).files[0]
    assert len(thin.pages) == 2 and thin.error is not None and thin.error.code == "too_many_pages"
    big = take_in([folder / "0.pdf"], tmp_path / "ws", Limits(file_bytes=10)).files[0]
    assert big.error is not None and big.error.code == "file_too_large"
    slow = take_in([folder / "0.pdf"], tmp_path / "ws", Limits(seconds_per_file=-1)).files[0]
    assert all(p.error is not None and p.error.code == "too_slow" for p in slow.pages) and len(slow.pages) == 3


@pytest.mark.real
def test_real_documents_are_all_taken_in(tmp_path: Path) -> None:
    real = Path(__file__).parents[4] / "shared" / "data" / "real"
    if not real.is_dir():
        pytest.skip("no real documents here")
    files = [f for f in take_in([real], tmp_path / "ws").files if not f.path.endswith(".json")]
    assert len(files) >= 32
    assert not [f.path for f in files if f.error or not f.pages or any(p.error for p in f.pages)]
