"""Regnskabstjek: do the figures of a Danish municipality's accounts agree?

>>> from checker import check, load_rules, read
>>> report = check("regnskab.txt")            # doctest: +SKIP
>>> report = check("regnskab.txt", load_rules("vores-regler.yaml"))   # doctest: +SKIP
>>> outcomes = check(pandas.read_parquet("fakta.parquet"))   # doctest: +SKIP
>>> [finding.severity for finding in report.findings]   # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.version import __version__

if TYPE_CHECKING:
    from checker.arithmetic import judge
    from checker.checks import check
    from checker.rulefile import load_rules
    from checker.run import exit_code, read

__all__ = ["__version__", "check", "exit_code", "judge", "load_rules", "read"]


def __getattr__(name: str) -> object:
    """Load what is asked for when it is asked for: `import checker` costs nothing."""
    if name == "load_rules":
        from checker.rulefile import load_rules

        return load_rules
    if name == "judge":
        from checker.arithmetic import judge

        return judge
    if name == "check":
        from checker.checks import check

        return check
    if name in __all__:
        from checker import run

        return getattr(run, name)
    raise AttributeError(f"module 'checker' has no attribute {name!r}")
