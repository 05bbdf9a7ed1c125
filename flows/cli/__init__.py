"""The command line ``shencai`` (contract, "Command line")."""

from flows.cli.main import main, run

__all__ = ["main", "run"]
