"""Regnskabstjek: do the figures of a Danish municipality's accounts agree?

>>> from checker import check, load_rules, read
>>> report = check("regnskab.txt")            # or check(path, load_rules("vores-regler.yaml"))
>>> [finding.severity for finding in report.findings]   # doctest: +SKIP
"""

from __future__ import annotations

from checker.rulefile import load_rules
from checker.run import check, exit_code, read
from checker.version import __version__

__all__ = ["__version__", "check", "exit_code", "load_rules", "read"]
