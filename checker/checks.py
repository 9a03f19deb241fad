"""`check` of the library: a file or folder gives a report, a data frame gives its outcomes as a data frame."""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path
from typing import Any, overload

from checker import run
from checker.model.outcomes import Report
from checker.model.rules import RuleSet
from checker.rulefile import load_rules
from checker.version import DEFAULT_RULES

Rules = str | Path | RuleSet | None


@overload
def check(
    source: str | PathLike[str], rules: Rules = None, name: str | None = None, prior: str | Path | None = None
) -> Report: ...
@overload
def check(source: Any, rules: Rules = None) -> Any: ...


def check(source: Any, rules: Rules = None, name: str | None = None, prior: str | Path | None = None) -> Any:
    """Check a file, a folder or a data frame against a rule set (by id, file or loaded; else the default).

    A path gives the `Report`, see `checker.run.check`. A pandas, Polars or Arrow table in long form (docs/long-form.md)
    gives every outcome as a table of the same library, see `checker.scale.frame.outcomes`.
    """
    if isinstance(source, str | PathLike):
        return run.check(fspath(source), rules, name, prior)
    from checker.scale.frame import outcomes

    return outcomes(source, rules if isinstance(rules, RuleSet) else load_rules(rules or DEFAULT_RULES))
