"""How many figures of invented texts in many layouts are read right: measure, year and value?

The texts of tests/layouts were written without sight of the reader, with what must be found in them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from checker.findings import findings
from checker.model.rules import NOTE
from checker.model.submission import KR, SCALE, Fact
from checker.rulefile import load_rules
from checker.run import check_submission, read

LAYOUTS = Path(__file__).resolve().parent.parent / "tests" / "layouts"
_OTHER = (
    *("beloeb", "anlaegsbevilling", "forbrug_tidligere", "forbrug_samlet", "primo", "ultimo", "bevaegelse", "afviklet"),
    *("rest_efter_overfoersel", "overfoersel_i_alt", "teknisk_korrektion", "pl_regulering", "lovaendring"),
    *("brutto", "refusion", "netto", "serviceudgift", "overfoerselsudgift", "oevrig_drift", "drift_i_alt"),
)
_SAME = {"forventet_over_underskud": "over_underskud", "overfoersel_bevilget": "overfoersel_soegt"}


@dataclass(frozen=True, slots=True)
class Score:
    """Figures to be read, read at all, read right, and findings above note."""

    name: str
    clean: bool
    figures: int
    read: int
    right: int
    findings: int


def _key(measure: str, year: int | None, value: str, printed: str) -> tuple[object, ...]:
    measure = "andet" if measure in _OTHER else _SAME.get(measure, measure)
    counted = measure in ("maengde", "andel")
    return (measure, None if measure == "andet" else year, "" if counted else value, printed.strip("* "))


def _fact_key(fact: Fact) -> tuple[object, ...]:
    value = str(fact.value // SCALE[KR]) if fact.dimension == KR else ""
    return _key(fact.measure, fact.year, value, fact.as_printed)


def score(path: Path) -> Score:
    """Read one text and compare."""
    truth: dict[str, Any] = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    submission = read(path)
    wanted = Counter(_key(m, y, v, p) for m, y, v, p in truth["cells"])
    printed = Counter(str(p).strip("* ") for *_, p in truth["cells"])
    got = Counter(_fact_key(f) for f in submission.facts if not f.text)
    # A share or count carries no kroner on either side.
    shown = Counter(f.as_printed.strip("* ") for f in submission.facts if not f.text)
    report = check_submission(submission, load_rules())
    above_note = [f for f in findings(report.outcomes, submission) if f.severity != NOTE]
    return Score(
        path.stem,
        truth["clean"],
        sum(wanted.values()),
        (printed & shown).total(),
        (wanted & got).total(),
        len(above_note),
    )


def main() -> None:
    """Print a line per text and the sum."""
    scores = [score(p) for p in sorted(LAYOUTS.glob("*.txt"))]
    for s in scores:
        mark = "clean" if s.clean else ""
        print(
            f"{s.name}  figures {s.figures:>4}  read {s.read:>4}  right {s.right:>4}  findings {s.findings:>2}  {mark}"
        )
    figures, right = sum(s.figures for s in scores), sum(s.right for s in scores)
    false = sum(s.findings > 0 for s in scores if s.clean)
    print(f"all: {right} of {figures} read right ({100 * right / figures:.1f} %)")
    print(f"clean texts with a finding above note: {false}")


if __name__ == "__main__":
    main()
