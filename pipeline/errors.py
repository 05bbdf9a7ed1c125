"""Typed errors. Each message is a clerk's sentence and ends with what to do next."""

from __future__ import annotations


class ShencaiError(Exception):
    """Base of all our errors. ``message`` says what happened, ``next_step`` how to mend it; ``exit_code`` is what the
    command line returns when nobody handles it (contract, "Exit status")."""

    exit_code = 2

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(f"{message}{next_step}")
        self.message = message
        self.next_step = next_step


class UsageError(ShencaiError):
    """A wrong path, an empty folder, an option that does not fit."""


class FileProblem(ShencaiError):
    """A file that cannot be read. ``code`` is stable and English; the message goes to the clerk as a finding."""

    def __init__(self, code: str, message: str, next_step: str = "") -> None:
        super().__init__(message, next_step)
        self.code = code


class PolicyError(ShencaiError):
    """A policy year that is wrong or incomplete; the message names the leaf."""
