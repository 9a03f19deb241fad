"""How many errors that others planted in their texts does `check` find, and how many findings are of none of them?

`python -m benchmarks.planted DIR…` reads `<id>.txt` with `<id>.yaml` beside it, as `benchmarks.narrative` does. An
error counts as found where a finding above note points at its line or one beside it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from checker.model.outcomes import Finding
from checker.model.rules import NOTE, RuleSet
from checker.rulefile import load_rules
from checker.run import check_submission, read
from checker.version import DEFAULT_RULES

HERE = Path(__file__).resolve().parent.parent / "tests" / "narrative" / "texts"
_PIECES = re.compile(r"\s*(?:…|\.\.\.)\s*")


def lines_of(text: str, where: str) -> set[int]:
    """The lines of a text, from 1, where a quotation stands; of one with gaps, where its pieces do."""
    flat = re.sub(r"\s+", " ", text)
    at = [text.count("\n", 0, i) + 1 for i, _ in _kept(text)]
    found: set[int] = set()
    for piece in _PIECES.split(where.strip().strip('"')):
        start = flat.lower().find(re.sub(r"\s+", " ", piece).lower()[:60]) if len(piece) > 3 else -1
        found |= {at[start], at[min(len(at) - 1, start + len(piece) - 1)]} if start >= 0 else set()
    return found


def _kept(text: str) -> Iterator[tuple[int, str]]:
    """The characters that are left where runs of blanks become one."""
    return ((m.start(), m.group()) for m in re.finditer(r"\s+|\S", text))


def places(finding: Finding) -> set[int]:
    """The lines that a finding points at."""
    return {p.line for o in finding.outcomes for p in o.places if p.line is not None}


def score(path: Path) -> tuple[int, int, list[Finding], list[str]]:
    """Planted errors, those found, findings of no planted error, and the errors missed."""
    text = path.read_text(encoding="utf-8")
    truth: dict[str, Any] = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    findings = [f for f in check_submission(read(path), _rules()).findings if f.severity != NOTE]
    wanted = [lines_of(text, str(planted["where"])) for planted in truth["planted"]]
    near = [{n + d for n in lines for d in (-1, 0, 1)} for lines in wanted]
    missed = [
        str(planted["where"])
        for planted, lines in zip(truth["planted"], near, strict=True)
        if not any(places(f) & lines for f in findings)
    ]
    every = set().union(*near)
    return len(wanted), len(wanted) - len(missed), [f for f in findings if not places(f) & every], missed


@cache
def _rules() -> RuleSet:
    return load_rules(DEFAULT_RULES)


def main(args: list[str]) -> None:
    """Print a line per text and the sum; with `--list` what was missed and what was found beside it."""
    folders = [Path(a) for a in args if not a.startswith("--")] or [HERE]
    totals = [0, 0, 0]
    for path in sorted(p for folder in folders for p in folder.glob("*.txt")):
        planted, found, others, missed = score(path)
        totals = [n + more for n, more in zip(totals, (planted, found, len(others)), strict=True)]
        print(f"{path.stem:12} planted {planted:2}  found {found:2}  other findings {len(others):2}")
        if "--list" in args:
            print(*(f"    missed {where}" for where in missed), sep="\n")
            print(*(f"    other  {f.outcomes[0].rule_id} line {sorted(places(f))}" for f in others), sep="\n")
    print(f"{'all':12} planted {totals[0]:2}  found {totals[1]:2}  other findings {totals[2]:2}")


if __name__ == "__main__":
    main(sys.argv[1:])
