"""What can be chosen for a made-up submission."""

from __future__ import annotations

from typing import Literal

Look = Literal["colour", "grey", "bw", "photo", "digital", "mixed"]
"""How papers come in: scanned in colour, grey or one bit, photographed, born digital, or each paper another way."""
Layout = Literal["one-pdf", "files", "zip"]
"""The glued volume scanned into one PDF; a file for each paper in folders; the same packed."""
