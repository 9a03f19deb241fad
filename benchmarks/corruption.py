"""Of all figures changed one at a time in a sample's tables, how many changes are found, and how?

Every figure is changed in turn: one digit, the sign, two neighbouring digits swapped; every row that has blank
cells loses one of them, so that its figures shift (found: said, or read right all the same).
 A change counts as beyond rounding where the relations of the
unchanged document, confronted with the changed figure, fail: what rounding explains, or no relation covers, is
counted apart. Found means that a check fails, after the text is read anew, that did not fail before.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from checker.amounts.units import read_amount
from checker.confront import confront
from checker.engine.python import evaluate
from checker.facts import Index
from checker.model.document import Document
from checker.model.outcomes import FAILED, Outcome
from checker.model.rules import Grounding, RuleSet
from checker.model.submission import Fact, Submission
from checker.readers.text import parse
from checker.recognise import recognise
from checker.rulefile import load_rules

ROOT = Path(__file__).resolve().parent.parent / "samples"
SAMPLES = ("naestved-it-2021/regnskab.txt", "havn-og-vej-2023/regnskab.txt", "kultur-mio-2024/budgetopfoelgning.txt")


@dataclass(frozen=True, slots=True)
class Change:
    """One corrupted copy: the kind of change, the figure changed (None for a shifted row) and the new text."""

    kind: str
    fact: Fact | None
    printed: str
    text: str


def changes(text: str, submission: Submission) -> Iterator[Change]:
    """Every single corruption of the document."""
    lines = text.split("\n")
    totals = {(s.id, line.key) for s in submission.statements for line in s.lines if line.role in ("total", "subtotal")}
    for fact in submission.facts:
        for kind, printed in _misprints(fact.as_printed):
            at, column = (fact.place.line or 1) - 1, (fact.place.column or 1) - 1
            line = lines[at]
            if not line[column:].startswith(fact.as_printed):
                continue
            changed = line[:column] + printed + line[column + len(fact.as_printed) :]
            kind_of = f"{kind} (total)" if (fact.statement, fact.line) in totals else kind
            yield Change(kind_of, fact, printed, "\n".join([*lines[:at], changed, *lines[at + 1 :]]))
    for at in sorted({(f.place.line or 1) - 1 for f in submission.facts}):
        if "\t\t" in lines[at]:
            yield Change(
                "ragged row", None, "", "\n".join([*lines[:at], lines[at].replace("\t\t", "\t", 1), *lines[at + 1 :]])
            )


def _misprints(printed: str) -> Iterator[tuple[str, str]]:
    digits = [i for i, c in enumerate(printed) if c.isdigit()]
    if not digits:
        return
    for i in (digits[0], digits[-1]):
        other = str((int(printed[i]) + 3) % 10 or 1)
        if not (i == digits[0] and len(digits) > 1 and other == "0"):
            yield "one digit", printed[:i] + other + printed[i + 1 :]
        if len(digits) == 1:
            break
    negative = printed.startswith("-")
    yield "sign", printed[1:] if negative else f"-{printed}"
    for i, j in pairwise(digits):
        if printed[i] != printed[j] and not (i == digits[0] and printed[j] == "0"):
            swapped = list(printed)
            swapped[i], swapped[j] = printed[j], printed[i]
            yield "digits swapped", "".join(swapped)
            break


def _failures(outcomes: tuple[Outcome, ...]) -> set[tuple[object, ...]]:
    return {
        (o.rule_id, o.at, tuple(t.as_printed for t in o.evidence.terms) if o.evidence else o.message.args.get("found"))
        for o in outcomes
        if o.status == FAILED
    }


def _beyond_rounding(change: Change, submission: Submission, groundings: list[Grounding], before: int) -> bool:
    """Whether the unchanged document's relations fail on the changed figure."""
    fact = change.fact
    if fact is None:
        return True
    unit = fact.unit
    amount = read_amount(change.printed, None if fact.dimension != "kr" else _column_unit(fact), fact.dimension)
    if amount is None:
        return True
    changed = [
        replace(f, value=fact.orientation * amount.value, unit=unit) if f is fact else f for f in submission.facts
    ]
    failing = sum(r.status == FAILED for g in groundings for r in evaluate(Index(changed), g.relations, g.terms))
    return failing > before


def _column_unit(fact: Fact) -> int:
    """The unit of the column in øre: what was rounded to, times ten for every printed decimal."""
    return fact.unit * 10 ** len(fact.as_printed.rpartition(",")[2]) if "," in fact.as_printed else fact.unit


def run(path: Path, rules: RuleSet) -> None:
    """Corrupt one sample and print a table."""
    text = path.read_text(encoding="utf-8")
    submission = recognise(Document(path.name, "", "utf-8", parse(text)))
    base = confront(submission, rules)
    before = _failures(base.outcomes)
    groundings = list(base.groundings.values())
    failing = sum(
        r.status == FAILED for g in groundings for r in evaluate(Index(submission.facts), g.relations, g.terms)
    )
    structure = Counter((p.statement, p.whole, p.parts) for p in submission.structure)
    tried, beyond, found, misread, crashed, silent = (Counter[str]() for _ in range(6))
    for change in changes(text, submission):
        tried[change.kind] += 1
        detectable = _beyond_rounding(change, submission, groundings, failing)
        beyond[change.kind] += detectable
        try:
            again = recognise(Document(path.name, "", "utf-8", parse(change.text)))
            outcomes = confront(again, rules).outcomes
        except Exception as error:  # a crash is what this benchmark looks for
            crashed[change.kind] += 1
            print(f"  crash: {change.kind} {change.printed}: {error!r}", file=sys.stderr)
            continue
        new = _failures(outcomes) - before
        same = Counter((p.statement, p.whole, p.parts) for p in again.structure) == structure
        said = bool(again.remarks != submission.remarks or len(again.facts) < len(submission.facts))
        if change.fact is None:
            unharmed = [(f.line, f.measure, f.value) for f in again.facts] == [
                (f.line, f.measure, f.value) for f in submission.facts
            ]
            found[change.kind] += bool(new) or said or unharmed
            misread[change.kind] += bool(new) and not same
        elif detectable:
            found[change.kind] += bool(new)
            misread[change.kind] += bool(new) and not same
        else:
            silent[change.kind] += bool(new)
    print(f"\n{path.parent.name}: {len(submission.facts)} figures")
    print(f"  {'change':<24}{'tried':>7}{'beyond rounding':>17}{'found':>7}{'share':>8}{'misread':>9}{'crashed':>9}")
    for kind in sorted(tried):
        share = f"{100 * found[kind] / beyond[kind]:.1f} %" if beyond[kind] else "-"
        counts = f"{tried[kind]:>7}{beyond[kind]:>17}{found[kind]:>7}{share:>8}{misread[kind]:>9}{crashed[kind]:>9}"
        print(f"  {kind:<24}{counts}")
    total, right = sum(beyond.values()), sum(found.values())
    print(f"  {'all':<24}{sum(tried.values()):>7}{total:>17}{right:>7}{100 * right / total:>6.1f} %")
    print(f"  inside rounding or covered by no relation, yet reported: {sum(silent.values())}")


def main() -> None:
    """All samples."""
    rules = load_rules()
    for name in SAMPLES:
        run(ROOT / name, rules)


if __name__ == "__main__":
    main()
