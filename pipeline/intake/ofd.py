"""The parts of an OFD file (GB/T 33190-2016): a zip of XML. Looked up by local names, because producers use several
namespaces; paths are resolved as written, then from the root, then without regard to case, because producers err."""

from __future__ import annotations

import codecs
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pipeline.intake.limits import Limits
from pipeline.intake.names import member_names
from pipeline.intake.problems import file_problem

A4: tuple[float, float, float, float] = (0.0, 0.0, 210.0, 297.0)
"""Box of a page that names none, millimetres."""

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_TAG = re.compile(r"<[^<>]*>")


def local(tag: object) -> str:
    """A tag's name without its namespace; ``""`` for comments."""
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Direct children of that local name."""
    for item in () if element is None else element:
        if local(item.tag) == name:
            yield item


def child(element: Element | None, name: str) -> Element | None:
    return next(children(element, name), None)


def child_text(element: Element | None, name: str) -> str:
    found = child(element, name)
    return (found.text or "").strip() if found is not None else ""


def numbers(text: str | None) -> list[float]:
    """The finite numbers of an attribute (``ST_Array``); what is no number is left out."""
    out: list[float] = []
    for token in (text or "").replace(",", " ").split():
        try:
            value = float(token)
        except ValueError:
            continue
        if abs(value) < 1e12:  # also refuses inf and nan
            out.append(value)
    return out


def box_of(text: str | None) -> tuple[float, float, float, float] | None:
    """An ``ST_Box`` (x, y, width, height; millimetres) of positive size, or None."""
    values = numbers(text)
    if len(values) != 4 or values[2] <= 0 or values[3] <= 0:
        return None
    return (values[0], values[1], values[2], values[3])


@dataclass(frozen=True)
class OfdPage:
    """Where a page's parts are. ``content`` is None when the file names a page it does not hold."""

    id: str
    content: str | None
    box: tuple[float, float, float, float]
    templates: tuple[tuple[str, str], ...]
    """(template id, part)."""
    resources: tuple[str, ...]
    """Resource XML parts of the document (PublicRes, DocumentRes)."""
    document: str
    """The part Document.xml."""


class Ofd:
    """An opened OFD file; use as a context manager. Raises FileProblem ``broken_ofd`` or ``encrypted``."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._limits = limits
        self._spent = 0
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, UnicodeDecodeError, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise file_problem("broken_ofd") from error
        infos = self._zip.infolist()
        if len(infos) > limits.ofd_parts:
            self._zip.close()
            raise file_problem("broken_ofd")
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for name, info in zip(member_names(infos), infos, strict=True):
            if not name.endswith("/"):
                self._parts.setdefault(_clean(name), info)
        self._folded = {name.casefold(): name for name in reversed(self._parts)}

    def __enter__(self) -> Ofd:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._zip.close()

    @property
    def parts(self) -> list[str]:
        return list(self._parts)

    def find(self, base: str | None, location: str | None) -> str | None:
        """The part that ``location``, written inside the part ``base``, means; None when there is none."""
        location = (location or "").strip().replace("\\", "/")
        if not location:
            return None
        candidates = [location] if location.startswith("/") else [posixpath.join(posixpath.dirname(base or ""), location), location]
        for candidate in candidates:
            name = posixpath.normpath(_clean(candidate))
            if name in self._parts:
                return name
            if name.casefold() in self._folded:
                return self._folded[name.casefold()]
        return None

    def read(self, part: str) -> bytes:
        """A part's bytes; at most ``limits.xml_bytes`` each and ``limits.workbook_unpacked_bytes`` in all."""
        info = self._parts.get(part)
        cap = self._limits.xml_bytes
        if info is None or info.file_size > cap:
            raise file_problem("broken_ofd")
        if info.flag_bits & 1:
            raise file_problem("encrypted")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(cap + 1)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
            raise file_problem("broken_ofd") from error
        self._spent += len(data)
        if len(data) > cap or self._spent > self._limits.workbook_unpacked_bytes:
            raise file_problem("broken_ofd")
        return data

    def xml(self, part: str) -> Element:
        """A part parsed safely: no DTD, no entities. Malformed prefixes, which real producers write, are repaired."""
        return parse_xml(self.read(part))

    def pages(self) -> list[OfdPage]:
        """All pages of all documents in the file, in order."""
        entry = self.find(None, "OFD.xml")
        if entry is None:
            raise file_problem("broken_ofd")
        found: list[OfdPage] = []
        for body in children(self.xml(entry), "DocBody"):
            document = self.find(entry, child_text(body, "DocRoot"))
            if document is not None:
                found.extend(self._pages_of(document))
        if not found:
            raise file_problem("broken_ofd")
        return found

    def _pages_of(self, document: str) -> Iterator[OfdPage]:
        root = self.xml(document)
        common = child(root, "CommonData")
        box = box_of(child_text(child(common, "PageArea"), "PhysicalBox")) or A4
        templates = [
            (t.get("ID", "").strip(), part)
            for t in children(common, "TemplatePage")
            if (part := self.find(document, t.get("BaseLoc"))) is not None
        ]
        resources = [
            part
            for kind in ("PublicRes", "DocumentRes")
            for res in children(common, kind)
            if (part := self.find(document, res.text)) is not None
        ]
        for page in children(child(root, "Pages"), "Page"):
            content = self.find(document, page.get("BaseLoc"))
            yield OfdPage(page.get("ID", "").strip(), content, box, tuple(templates), tuple(resources), document)


def _clean(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").removeprefix("./")


def _text(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8", "replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    declared = _DECLARED.match(data)
    if declared and declared.group(1).lower() in (b"gb2312", b"gbk", b"cp936", b"gb18030"):
        return data.decode("gb18030", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def parse_xml(data: bytes) -> Element:
    """Hostile XML as an element tree, without DTDs and entities. Raises FileProblem ``broken_xml``."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _text(data), count=1)
    try:
        for attempt in (text, None):
            try:
                root: Element = fromstring(_without_prefixes(text) if attempt is None else attempt, forbid_dtd=True)
                return root
            except ParseError:
                if attempt is None:
                    raise
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        raise file_problem("broken_xml") from error
    raise AssertionError("unreachable")


def _without_prefixes(text: str) -> str:
    """Some producers write ``<:eInvoice xmlns:="">`` or prefixes they never declare; names alone carry the meaning."""

    def mend(match: re.Match[str]) -> str:
        tag = match.group(0)
        if tag.startswith(("<?", "<!")):
            return tag
        tag = re.sub(r"^<(/?)[^\s<>/=\"':]*:", r"<\1", tag, count=1)
        tag = re.sub(r"""\s+xmlns(?::[^\s=]*)?\s*=\s*(?:"[^"]*"|'[^']*')""", "", tag)
        return re.sub(r"""(\s)[^\s<>/="':]+:(?=[^\s<>/="':]+\s*=)""", r"\1", tag)

    return _TAG.sub(mend, text)
