"""All caps on what comes in, in one place. Every input is hostile until read; what exceeds a cap becomes a problem that
a clerk can act on, never a crash and never a silent loss."""

from __future__ import annotations

from pipeline.model.base import Model

_MIB = 1024 * 1024
_GIB = 1024 * _MIB


class Limits(Model):
    """Caps with their reasons. Sizes are bytes unless the name says otherwise; all are inclusive upper bounds."""

    # Files. A full submission is one to three thick volumes; at 300 dpi colour that is 1–2 GiB in all.
    file_bytes: int = 2 * _GIB
    total_bytes: int = 8 * _GIB
    files: int = 5_000
    path_chars: int = 1_000
    """Longest path shown; longer ones are shortened in the middle (file systems allow 4096 bytes)."""
    seconds_per_file: float = 180.0
    """Looked at between pages while taking a file in; a single page is bounded by the reading pool."""

    # Pages. The thickest volumes seen have some 1 500 pages.
    pages_per_file: int = 3_000
    pages: int = 20_000

    # Pixels. A2 at 300 dpi is 35 million pixels: 105 MB as BGR, which fits a worker of 1.5 GB beside its models.
    page_pixels: int = 40_000_000
    """Of a raster handed out; larger pages are rastered at a lower dpi, down to ``min_dpi``."""
    min_dpi: float = 60.0
    """Below this ordinary print cannot be read, so a raster would only pretend to be one."""
    image_pixels: int = 160_000_000
    """Of an embedded or stand-alone image before scaling: A2 scanned at 600 dpi is 139 million."""
    image_side: int = 60_000

    # Archives. Deflate reaches 1032:1 on constant data; honest scans stay below 20:1, white bitmaps below 300:1.
    zip_ratio: float = 300.0
    zip_ratio_floor: int = 32 * _MIB
    """Members that unpack to less than this may compress as they like."""
    zip_depth: int = 4
    """Archives within archives; 1 is the outermost."""
    zip_members: int = 20_000
    unpacked_bytes: int = 8 * _GIB
    """Of all archives of one intake together."""

    # Workbooks. The longest lists of a large plant have a few thousand lines of some forty columns.
    workbook_bytes: int = 64 * _MIB
    workbook_unpacked_bytes: int = 512 * _MIB
    workbook_sheets: int = 100
    workbook_rows: int = 100_000
    workbook_columns: int = 1_024
    workbook_cells: int = 1_000_000
    """Filled cells of one workbook."""
    cell_chars: int = 32_767
    """Excel's own limit for a cell."""

    # Text and XML. The largest OFD parts seen are below 2 MiB.
    xml_bytes: int = 32 * _MIB
    ofd_parts: int = 20_000
    text_chars: int = 100_000
    """Of one page; an A3 sheet set in 6 pt holds some 20 000."""
    stream_bytes: int = 64 * _MIB
    """Of one decoded content stream of a PDF page."""
