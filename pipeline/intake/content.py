"""What a page *is*, as a hash: equal for the same page in another file, at another place, under other object numbers;
different as soon as one stroke differs. A reading is kept under this key, so a page is read once.

For a PDF page: its decoded content streams, the resources those streams name, annotations, rotation and boxes. For an
image: the decoded pixels and the EXIF turn. For OFD: the page's XML, its templates, resources, annotations and stamps.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from typing import Any

import pikepdf
from PIL import Image

from pipeline.errors import FileProblem
from pipeline.intake.limits import Limits
from pipeline.intake.ofd import Ofd, OfdPage, children, local

_RECIPE = b"shencai-page-1\n"
"""Change it when the hash's ingredients change: all cached readings are then made anew."""

_NAME = re.compile(rb"/([^\s/\[\]()<>{}%]+)")
_ORIENTATION = 0x0112
_DEPTH = 60

# Of annotations: what leads away from the page or does not show (parents, siblings, actions, dates). By kind of object, not
# by name alone: in a form's resources /A or /M is an image's name.
_NOTE_SKIPS = frozenset(
    {"/P", "/Parent", "/Kids", "/Popup", "/IRT", "/StructParent", "/Metadata", "/Dest", "/A", "/AA", "/NM", "/M",
     "/CreationDate", "/Lock", "/SV"}
)  # fmt: skip
_STREAM_SKIPS = frozenset({"/Length", "/Metadata", "/PieceInfo", "/LastModified", "/StructParent", "/StructParents"})
_PACKING = frozenset({"/Filter", "/DecodeParms", "/F", "/DP"})
_FIELD_KEYS = ("/FT", "/V", "/DA", "/Ff", "/MK")


def finish(digest: Any) -> str:
    """A hash object as a page content key, ``h:`` + 64 hex digits."""
    return "h:" + str(digest.hexdigest())


class PdfContents:
    """Content keys of an open PDF's pages. One object per document: shared fonts and images are hashed once."""

    def __init__(self, pdf: pikepdf.Pdf, limits: Limits) -> None:
        self._pdf = pdf
        self._limits = limits
        self._memo: dict[tuple[int, int], bytes] = {}
        self._open: set[tuple[int, int]] = set()
        self._layers = b""
        layers = pdf.Root.get("/OCProperties")
        if layers is not None:  # which layers are switched off changes what every page shows
            self._layers = self._hash(layers, 0)[0]

    def key(self, index: int) -> str:
        """The content key of page ``index``. Raises pikepdf.PdfError and what pikepdf raises on broken objects."""
        page = self._pdf.pages[index]
        obj = page.obj
        digest = hashlib.sha256(_RECIPE + b"pdf" + self._layers)
        for name in ("/Rotate", "/MediaBox", "/CropBox", "/UserUnit"):
            digest.update(name.encode() + self._hash(_inherited(obj, name), 0)[0])
        streams = self._streams(obj.get("/Contents"))
        for stream in streams:
            digest.update(hashlib.sha256(stream).digest())
        digest.update(b"resources" + self._resources(_inherited(obj, "/Resources"), streams))
        annotations = obj.get("/Annots")
        if isinstance(annotations, pikepdf.Array):
            for note in list(annotations)[:10_000]:
                digest.update(b"note" + self._annotation(note))
        return finish(digest)

    def _streams(self, contents: Any) -> list[bytes]:
        """Decoded content streams; how they were cut into pieces is no part of the look, so they are joined by the reader."""
        if isinstance(contents, pikepdf.Array):
            parts = [self._decoded(s) for s in list(contents)[:10_000] if isinstance(s, pikepdf.Stream)]
            return [b"\n".join(parts)]
        return [self._decoded(contents)] if isinstance(contents, pikepdf.Stream) else []

    def _decoded(self, stream: pikepdf.Stream) -> bytes:
        """A stream's data, inflated up to the cap; anything but plain Flate stays as stored, under its filter's name."""
        raw = stream.read_raw_bytes()
        filters = stream.get("/Filter")
        if filters is None:
            return raw
        single = filters[0] if isinstance(filters, pikepdf.Array) and len(filters) == 1 else filters
        if isinstance(single, pikepdf.Name) and single in ("/FlateDecode", "/Fl") and stream.get("/DecodeParms") is None:
            try:
                return zlib.decompressobj().decompress(raw, self._limits.stream_bytes)
            except zlib.error:
                pass
        return self._hash(filters, 0)[0] + raw

    def _resources(self, resources: Any, streams: list[bytes]) -> bytes:
        """Only what the streams name counts: many producers hang one dictionary of all images on every page."""
        digest = hashlib.sha256()
        if not isinstance(resources, pikepdf.Dictionary):
            return digest.digest()
        used: set[bytes] = set()
        todo = list(streams)
        while todo:
            names = {m.group(1) for m in _NAME.finditer(todo.pop())} - used
            used |= names
            forms = resources.get("/XObject")
            if isinstance(forms, pikepdf.Dictionary):
                for name in names:
                    form = forms.get("/" + name.decode("latin-1"))
                    # A form without resources of its own borrows the page's (PDF 1.7, 7.8.3).
                    if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form" and "/Resources" not in form:
                        todo.append(self._decoded(form))
        for kind in sorted(str(k) for k in resources.keys()):  # noqa: SIM118
            table = resources[kind]
            if not isinstance(table, pikepdf.Dictionary):
                continue
            for name in sorted(str(k) for k in table.keys()):  # noqa: SIM118
                if name[1:].encode("latin-1", "replace") in used or "#" in name or not name.isascii():
                    digest.update(f"{kind}{name}".encode() + self._hash(table[name], 0)[0])
        return digest.digest()

    def _annotation(self, note: Any) -> bytes:
        digest = hashlib.sha256(self._hash(note, 0)[0])
        parent = note.get("/Parent") if isinstance(note, pikepdf.Dictionary) else None
        if isinstance(parent, pikepdf.Dictionary):
            for name in _FIELD_KEYS:  # a field's value may stand on its parent; a signature dictionary is not shown
                value = parent.get(name)
                if value is not None and not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
                    digest.update(name.encode() + self._hash(value, 0)[0])
        return digest.digest()

    def _hash(self, obj: Any, depth: int) -> tuple[bytes, bool]:
        """Hash of an object without its number, and whether no cycle was cut below it (only then may it be remembered:
        where a cycle is cut depends on where one came in)."""
        if depth > _DEPTH:
            return b"deep", False
        number: tuple[int, int] | None = None
        if isinstance(obj, pikepdf.Object) and obj.is_indirect:
            number = obj.objgen
            if number in self._memo:
                return self._memo[number], True
            if number in self._open:
                return b"cycle", False
            self._open.add(number)
        try:
            value, whole = self._hash_value(obj, depth)
        finally:
            if number is not None:
                self._open.discard(number)
        if number is not None and whole:
            self._memo[number] = value
        return value, whole

    def _hash_value(self, obj: Any, depth: int) -> tuple[bytes, bool]:
        digest, whole = hashlib.sha256(), True
        if isinstance(obj, pikepdf.Stream):
            packed = obj.get("/Subtype") == "/Image"  # images as stored: fast, and nobody re-packs them losslessly in passing
            skip = _STREAM_SKIPS if packed else _STREAM_SKIPS | _PACKING
            value, whole = self._hash_table(obj, depth, skip)
            digest.update(b"stream" + value)
            digest.update(obj.read_raw_bytes() if packed else self._decoded(obj))
        elif isinstance(obj, pikepdf.Dictionary):
            if obj.get("/Type") in ("/Page", "/Pages", "/Catalog"):
                return b"page", True  # never from one page into another
            skip = frozenset[str]()
            if "/Subtype" in obj and "/Rect" in obj:
                # A signature's value is not what it looks like: its appearance stream is.
                skip = _NOTE_SKIPS | {"/V"} if isinstance(obj.get("/V"), pikepdf.Dictionary) else _NOTE_SKIPS
            value, whole = self._hash_table(obj, depth, skip)
            digest.update(b"dict" + value)
        elif isinstance(obj, pikepdf.Array):
            digest.update(b"array")
            for item in list(obj)[:100_000]:
                value, clean = self._hash(item, depth + 1)
                digest.update(value)
                whole &= clean
        elif isinstance(obj, pikepdf.Object):
            digest.update(b"object" + obj.unparse())
        else:  # pikepdf hands out int, bool, Decimal, None
            digest.update(f"{type(obj).__name__}{obj}".encode())
        return digest.digest(), whole

    def _hash_table(self, table: Any, depth: int, skip: frozenset[str]) -> tuple[bytes, bool]:
        digest, whole = hashlib.sha256(), True
        for name in sorted(str(k) for k in table.keys()):  # noqa: SIM118
            if name not in skip:
                value, clean = self._hash(table[name], depth + 1)
                digest.update(name.encode("utf-8", "replace") + b"=" + value)
                whole &= clean
        return digest.digest(), whole


def _inherited(page: Any, name: str) -> Any:
    """A page attribute, from the page or the nearest ancestor that has it (PDF 1.7, 7.7.3.4)."""
    node = page
    for _ in range(_DEPTH):
        value = node.get(name)
        if value is not None:
            return value
        node = node.get("/Parent")
        if not isinstance(node, pikepdf.Dictionary):
            return None
    return None


def image_content(image: Image.Image) -> str:
    """The content key of the current frame: pixels and EXIF turn. Raises what Pillow raises while decoding."""
    orientation = image.getexif().get(_ORIENTATION, 1)
    digest = hashlib.sha256(_RECIPE + b"image")
    image.load()
    # A palette is part of the look, its order is not; everything else is hashed as decoded.
    shown = image.convert("RGBA") if image.mode in ("P", "PA") else image
    digest.update(f"{shown.mode}{shown.size}{orientation}".encode())
    digest.update(shown.tobytes())
    return finish(digest)


def ofd_content(ofd: Ofd, page: OfdPage) -> str:
    """The content key of an OFD page. Raises FileProblem when the page's own XML cannot be read."""
    if page.content is None:
        raise FileProblem("page_missing", "本页在文件中缺失，", "请从开票平台重新下载后提交。")
    digest = hashlib.sha256(_RECIPE + b"ofd" + repr(page.box).encode())
    digest.update(ofd.read(page.content))
    for identity, part in page.templates:
        digest.update(identity.encode() + ofd.read(part))
    own = [p for r in children(ofd.xml(page.content), "PageRes") if (p := ofd.find(page.content, r.text))]
    for part in (*page.resources, *own):
        digest.update(ofd.read(part))
        root = ofd.xml(part)
        folder = root.get("BaseLoc") or ""
        for media in (e for e in root.iter() if local(e.tag) == "MediaFile"):
            found = ofd.find(part, f"{folder}/{(media.text or '').strip()}") or ofd.find(part, media.text)
            digest.update(ofd.read(found) if found else b"missing")
    # Annotations and electronic stamps: few and small, so all of the document's count for each of its pages.
    for part in sorted(ofd.parts):
        if "annot" in part.casefold() or part.casefold().endswith((".esl", "signedvalue.dat", "signature.xml")):
            digest.update(part.encode() + ofd.read(part))
    return finish(digest)
