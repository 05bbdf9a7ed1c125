"""What a file is, by its magic bytes first and its name only where bytes cannot tell (CSV has none)."""

from __future__ import annotations

import codecs
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.intake.problems import problem
from pipeline.model import Media, Problem

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"II+\x00", ".tif"),
    (b"MM\x00+", ".tif"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
)
_FOREIGN_ARCHIVES: tuple[tuple[bytes, str], ...] = (
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
)
_AS_PDF = "请另存为 PDF 后提交。"
_AS_JPG = "请转换为 JPG 后提交。"
_AS_XLSX = "请用 Excel 或 WPS 打开后另存为 xlsx 再提交。"


@dataclass(frozen=True)
class Kind:
    """``suffix`` is the right one for the content, with its dot, whatever the name says."""

    media: Media
    suffix: str = ""
    problem: Problem | None = None


def _unsupported(sentence: str) -> Kind:
    return Kind("unknown", "", problem("unsupported_type", sentence))


def system_file(name: str, head: bytes, size: int) -> str | None:
    """What kind of system rubbish a file is (a clerk's noun), or None. Small and known by name, so that no paper is lost
    because its name begins with a dot or a tilde."""
    lower = name.lower()
    if lower in {".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".localized"}:
        return "缓存文件"
    if name.startswith("._") and head.startswith(b"\x00\x05\x16\x07"):
        return "附属文件"
    if name.startswith(("~$", ".~")) and size <= 4096:
        return "临时文件"
    return None


SYSTEM_FOLDERS = frozenset(
    {"__macosx", ".git", ".svn", ".hg", "$recycle.bin", "system volume information", ".trashes", ".spotlight-v100",
     ".fseventsd", ".temporaryitems", "@eadir"}
)  # fmt: skip


def sniff(path: Path, name: str) -> Kind:
    """The kind of the file at ``path``; ``name`` is what people call it. Raises OSError when it cannot be read."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    suffix = Path(name).suffix.lower()
    if size == 0:
        return Kind("unknown", "", problem("empty_file"))
    if head.startswith(b"%PDF-"):
        return Kind("pdf", ".pdf")
    for magic, right in _IMAGES:
        if head.startswith(magic):
            return Kind("image", right)
    if head.startswith(b"BM") and len(head) > 26 and head[6:10] == b"\0\0\0\0":
        return Kind("image", ".bmp")
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind("image", ".webp")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(path, suffix)
    if head.startswith(_OLE):
        return _ole_kind(path)
    for magic, word in _FOREIGN_ARCHIVES:
        if head.startswith(magic):
            return Kind("archive", f".{word}", problem("unsupported_archive", word))
    if head[4:8] == b"ftyp":
        if head[8:12] in (b"heic", b"heix", b"mif1", b"hevc", b"avif", b"msf1"):
            return _unsupported("是手机 HEIC/AVIF 格式的照片，无法读取，" + _AS_JPG)
        return _unsupported("是音视频文件，不能作为申报材料读取，请提交 PDF 扫描件或图片。")
    if head.startswith((b"\x00\x00\x00\x0cjP  ", b"\x00\x00\x01\x00")):
        return _unsupported("这种图片格式无法读取，" + _AS_JPG)
    if b"%PDF-" in head[:1024]:  # rubbish in front is common; only now, for a zip that stores a PDF has the mark there too
        return Kind("pdf", ".pdf")
    if suffix == ".pdf":
        return Kind("unknown", "", problem("not_a_pdf", _what_it_looks_like(head)))
    return _text_kind(head, suffix)


def _what_it_looks_like(head: bytes) -> str:
    if re.match(rb"\s*<(!doctype|html)", head, re.IGNORECASE):
        return "（是一个网页）"
    return "（是一段文字）" if _is_text(head) else ""


def _zip_kind(path: Path, suffix: str) -> Kind:
    try:
        with zipfile.ZipFile(path) as package:
            names = {info.filename.replace("\\", "/").lstrip("/").lower() for info in package.infolist()[:50_000]}
            mimetype = package.read("mimetype")[:200] if package_has_small(package, "mimetype") else b""
    except (zipfile.BadZipFile, UnicodeDecodeError, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        return _broken_zip_kind(suffix)
    if "ofd.xml" in names:
        return Kind("ofd", ".ofd")
    if "[content_types].xml" in names:
        if any(n.startswith("xl/") for n in names):
            if "xl/workbook.bin" in names:
                return Kind("workbook", ".xlsb")
            return Kind("workbook", ".xlsm" if "xl/vbaproject.bin" in names else ".xlsx")
        if any(n.startswith("word/") for n in names):
            return _unsupported("是 Word 文档，无法按页核对，" + _AS_PDF)
        if any(n.startswith("ppt/") for n in names):
            return _unsupported("是 PowerPoint 演示文稿，无法按页核对，" + _AS_PDF)
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return _unsupported("是 OpenDocument 文档，无法读取，表格请另存为 xlsx，其他请另存为 PDF 后提交。")
    return Kind("archive", ".zip")


def package_has_small(package: zipfile.ZipFile, name: str, cap: int = 4096) -> bool:
    """Is there a member ``name`` that claims to be small and is not encrypted?"""
    try:
        info = package.getinfo(name)
    except KeyError:
        return False
    return info.file_size <= cap and not info.flag_bits & 1


def _broken_zip_kind(suffix: str) -> Kind:
    if suffix in (".xlsx", ".xlsm", ".et"):
        return Kind("workbook", suffix, problem("broken_workbook"))
    if suffix == ".ofd":
        return Kind("ofd", ".ofd", problem("broken_ofd"))
    return Kind("archive", ".zip", problem("broken_archive"))


def _ole_names(path: Path, cap: int = 256 * 1024 * 1024) -> set[str]:
    """Names of all streams and storages of an OLE2 file, found by the shape of its 128-byte directory entries
    ([MS-CFB] 2.6.1) rather than by following its sector chains, which a hostile file may loop."""
    entry = re.compile(rb"((?:[\x01-\x7f]\x00){2,31})\x00\x00")
    names: set[str] = set()
    with path.open("rb") as stream:
        data = stream.read(cap)
    for needle in ("Workbook", "Book", "WordDocument", "PowerPoint Document", "EncryptedPackage"):
        raw = needle.encode("utf-16-le")
        at = data.find(raw)
        while at >= 0:
            match = entry.match(data, at)
            length = int.from_bytes(data[at + 64 : at + 66], "little")
            if at % 128 == 0 and match and match.group(1) == raw and length == len(raw) + 2 and data[at + 66 : at + 67] == b"\x02":
                names.add(needle)
                break
            at = data.find(raw, at + 2)
    return names


def _ole_kind(path: Path) -> Kind:
    names = _ole_names(path)
    if "EncryptedPackage" in names:
        return Kind("workbook", ".xlsx", problem("encrypted"))
    if "WordDocument" in names:
        return _unsupported("是 Word 文档，无法按页核对，" + _AS_PDF)
    if "PowerPoint Document" in names:
        return _unsupported("是 PowerPoint 演示文稿，无法按页核对，" + _AS_PDF)
    if names & {"Workbook", "Book"}:
        return Kind("workbook", ".xls")
    return _unsupported("文件类型无法识别，请另存为 PDF 或 xlsx 后提交。")


def _is_text(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if b"\0" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            text = decoder.decode(head)  # incremental: the head may end inside a character
        except UnicodeDecodeError:
            continue
        odd = sum(1 for c in text if ord(c) < 32 and c not in "\t\r\n\f\x1a")
        return odd <= len(text) // 100
    return False


def _text_kind(head: bytes, suffix: str) -> Kind:
    if not _is_text(head):
        return _unsupported("文件类型无法识别或内容已损坏，请另存为 PDF 后提交。")
    body = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if re.match(rb"<(!doctype html|html|table|style|meta)", body, re.IGNORECASE):
        if suffix in (".xls", ".xlsx", ".et"):
            return _unsupported(f"扩展名是 {suffix[1:]}，内容却是网页表格，" + _AS_XLSX)
        return _unsupported("是网页文件，无法按页核对，" + _AS_PDF)
    if body.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return _unsupported("是旧式 XML 表格，" + _AS_XLSX)
    if body.startswith(b"{\\rtf"):
        return _unsupported("是 RTF 文档，无法按页核对，" + _AS_PDF)
    if suffix in (".csv", ".tsv"):
        return Kind("csv", suffix)
    if suffix in (".xls", ".xlsx", ".et"):
        return _unsupported(f"扩展名是 {suffix[1:]}，内容却是纯文本，" + _AS_XLSX)
    if suffix == ".xml" or body.startswith(b"<?xml"):
        return Kind("xml", ".xml")
    return _unsupported("是纯文本文件，不能作为申报材料读取，" + _AS_PDF)
