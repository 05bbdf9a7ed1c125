"""PDFium is not thread-safe: everything in this process that touches it holds this lock."""

from __future__ import annotations

import threading

PDFIUM = threading.RLock()
