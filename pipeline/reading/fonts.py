"""Chinese text whose font is not embedded (STSong-Light, SimSun …) needs a font from the machine. Where the machine has none,
PDFium draws blanks or wrong glyphs without a word; then the open font of the ``pylopdf-fonts-zh-cn`` wheel steps in, and
where that is not installed either, the page says so.

Measured: with Noto CJK on the system PDFium finds it by charset; without any, MapFont yields nothing and the text is lost
(an empty page passes for a read one). A handler that answers where the system cannot costs nothing otherwise.
"""

from __future__ import annotations

import ctypes
import importlib.util
import threading
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

_CJK_CHARSETS = frozenset({134, 136})
"""Windows charsets GB2312 and Big5, as FPDF_SYSFONTINFO.MapFont passes them."""
_CHINESE_FACES = ("song", "simsun", "simhei", "simkai", "simfang", "kaiti", "heiti", "fangsong", "stxihei", "msyh", "yahei", "dengxian")

_lock = threading.Lock()
_handler: _Fallback | None = None


def bundled_font() -> Path | None:
    """The Song-style font of the wheel, by path, without importing the package; None when it is not installed."""
    spec = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).with_name("NotoSerifSC-Regular.otf")
    return path if path.is_file() else None


class _Fallback(pdfium.PdfSysfontBase):  # type: ignore[misc]
    """PDFium's own font lookup first, our file where it finds nothing for Chinese. ``missed`` counts faces without any."""

    def __init__(self, path: Path | None, use_system: bool) -> None:
        super().__init__()
        self._path = path
        self._use_system = use_system
        self._data: bytes | None = None
        self._mark = ctypes.create_string_buffer(b"shencai")
        self._handle = ctypes.addressof(self._mark)
        self.missed = 0

    def EnumFonts(self, _: Any, mapper: Any) -> None:
        if self._use_system:
            self.default.EnumFonts(self.default, mapper)

    def MapFont(self, _: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, ignored: Any) -> Any:
        found = self.default.MapFont(self.default, weight, italic, charset, pitch, face, ignored) if self._use_system else None
        if found:
            return found
        name = (ctypes.cast(face, ctypes.c_char_p).value or b"").decode("latin-1").lower()
        if charset not in _CJK_CHARSETS and not any(word in name for word in _CHINESE_FACES):
            return None
        if self._path is None:
            self.missed += 1
            return None
        return self._handle

    def GetFontData(self, _: Any, font: int, table: int, buffer: Any, size: int) -> int:
        if font != self._handle:
            return int(self.default.GetFontData(self.default, font, table, buffer, size))
        data = self._table(table)
        if buffer and size >= len(data):
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    def _table(self, table: int) -> bytes:
        """The whole file for table 0, else one table of the OpenType directory (tag as a big-endian number)."""
        if self._data is None:
            assert self._path is not None
            self._data = self._path.read_bytes()
        if table == 0:
            return self._data
        count = int.from_bytes(self._data[4:6], "big")
        for at in range(12, 12 + 16 * count, 16):
            if int.from_bytes(self._data[at : at + 4], "big") == table:
                start, length = (int.from_bytes(self._data[at + k : at + k + 4], "big") for k in (8, 12))
                return self._data[start : start + length]
        return b""

    def GetFaceName(self, _: Any, font: int, buffer: Any, size: int) -> int:
        if font != self._handle:
            return int(self.default.GetFaceName(self.default, font, buffer, size))
        name = b"Noto Serif SC\0"
        if buffer and size >= len(name):
            ctypes.memmove(buffer, name, len(name))
        return len(name)

    def GetFontCharset(self, _: Any, font: int) -> int:
        return 134 if font == self._handle else int(self.default.GetFontCharset(self.default, font))

    def DeleteFont(self, _: Any, font: int) -> None:
        if font != self._handle:
            self.default.DeleteFont(self.default, font)


def ensure_fonts(*, use_system: bool = True) -> None:
    """Put the fallback in place, once per process; call it before the first document is opened. ``use_system=False`` acts
    as a machine without fonts (for tests)."""
    global _handler
    with _lock:
        if _handler is None:
            _handler = _Fallback(bundled_font(), use_system)
            _handler.setup()


def missed_fonts() -> int:
    """How many Chinese faces have been asked for in this process that neither the system nor the wheel could give."""
    return _handler.missed if _handler is not None else 0
