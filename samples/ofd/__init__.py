"""OFD packages (GB/T 33190-2016) written from sheets whose marks are known."""

from samples.ofd.package import Annotated, Package, Signed, write_package
from samples.ofd.page import PageBuilder

__all__ = ["Annotated", "Package", "PageBuilder", "Signed", "write_package"]
