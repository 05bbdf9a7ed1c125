"""Scanners and cameras: a clean paper becomes the page of a file, and truth boxes follow it there."""

from samples.choices import Look
from samples.scanning.page import LOOKS, Scan, Turn
from samples.scanning.scanner import Scanner, scan

__all__ = ["LOOKS", "Look", "Scan", "Scanner", "Turn", "scan"]
