"""Of all slips made one at a time with the amounts of a text, how many are found?

    python -m benchmarks.mutation [FILE]... [--list]

Each slip (`slips`) is made in a copy of the document, and the copy is checked as `check` does. Caught means a
finding above note that was not there before, by rule, line or data point and place; or one that was there and now
has other figures ('changed'). Two sorts of slips are counted apart and not in the share:

* below precision: the amount is still within rounding of everything it should equal, and keeps to every bound;
* nothing to compare: the reader leaves the amount alone, no relation and no other statement holds it, or the word
  that is exchanged was wrong before and now is right.

Both are judged by what the unchanged text is held against, the arithmetic done anew here. --list prints what was
missed.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.slips import KINDS, SIGN, Amount, Slip, amounts, slips
from checker.model.document import Document, Paragraph, Place
from checker.model.outcomes import FAILED, PASSED, PASSED_ROUNDING, Evidence, Figure, Outcome, Report
from checker.model.rules import NOTE, RuleSet
from checker.model.submission import KR, Fact
from checker.readers import read_document
from checker.rulefile import load_rules
from checker.run import check_document

ROOT = Path(__file__).resolve().parent.parent / "samples"
SAMPLES = (
    *("naestved-it-2021/regnskab.txt", "kultur-mio-2024/budgetopfoelgning.txt", "havn-og-vej-2023/regnskab.txt"),
    *("boern-2024/regnskab.xlsx", "social-mio-2024/regnskab.xlsx", "dagtilbud-priser-2023/regnskab.csv"),
)
CAUGHT, CHANGED, NOTED, MISSED = "caught", "changed", "noted", "missed"
BELOW, ALONE = "below", "alone"
EVALUATED = (PASSED, PASSED_ROUNDING, FAILED)
Key = tuple[object, ...]
Said = dict[Key, set[Key]]
"""What a report finds: the figures of the findings by what and where they are."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A slip, what became of it, why it is counted apart ('' if it is not), and what the amount is held against."""

    slip: Slip
    result: str
    apart: str
    against: str


def said(report: Report, notes: bool = False) -> Said:
    """The findings above note (or the notes), by rule, data point and place, with their figures."""
    found: Said = defaultdict(set)
    for finding in report.findings:
        if (finding.severity == NOTE) == notes:
            for outcome in finding.outcomes:
                found[_key(outcome)].add(_figures(outcome))
    return dict(found)


def _key(outcome: Outcome) -> Key:
    at = outcome.at
    where = _where(outcome.places[0]) if outcome.places else ()
    return (outcome.rule_id, at.entity, at.scope, at.line or at.label, at.measure, at.year, where)


def _where(place: Place) -> Key:
    return (place.sheet, place.cell, place.line if place.line is not None else place.position)


def _figures(outcome: Outcome) -> Key:
    if outcome.evidence:
        return (*sorted((t.as_printed, t.value) for t in outcome.evidence.terms), outcome.evidence.difference)
    args = outcome.message.args
    return tuple(sorted((k, str(v)) for k, v in args.items() if isinstance(v, Figure) or k in ("found", "allowed")))


class Known:
    """What the unchanged document's amounts are held against."""

    def __init__(self, document: Document, report: Report) -> None:
        self.document, self.report = document, report
        facts = report.submission.facts
        self.points = defaultdict(list)
        for fact in facts:
            self.points[fact.point].append(fact)
        self.at = {(_where(f.place), f.place.column): f for f in facts if f.text and not f.refers}
        self.referring = defaultdict(list)
        for fact in facts:
            if fact.refers:
                self.referring[fact.refers].append(fact)

    def fact(self, amount: Amount) -> Fact | None:
        """The fact that the reader makes of an amount."""
        block = self.document.blocks[amount.block]
        if not isinstance(block, Paragraph):
            return None
        line = block.line + (0 if block.flow else block.text.count("\n", 0, amount.start))
        column = amount.start - block.text.rfind("\n", 0, amount.start)
        if block.sheet is None:
            return self.at.get(((None, None, line), column))
        same = (f for (where, _), f in self.at.items() if where[0] == block.sheet and f.place.paragraph == block.number)
        return next((f for f in same if f.as_printed == amount.text), None)

    def verdict(self, slip: Slip) -> tuple[str, str]:
        """BELOW, ALONE or '' where the slip is to be found; and the rules and statements that hold the amount."""
        fact = self.fact(slip.amount)
        if fact is None:
            return ALONE, "left alone by the reader"
        mine = [fact, *self.referring[fact.fact_id]]
        ids = {f.fact_id for f in mine}
        held = [o for o in self.report.outcomes if o.status in EVALUATED and ids & set(o.facts)]
        others = [o for f in mine for o in self.points[f.point] if o.fact_id not in ids]
        signs = [o for o in held if o.kind == "text_sign"]
        sums = [o for o in held if o.evidence and _is_sum(o.evidence)]
        equal = [o for o in sums if o.evidence and o.evidence.op == "=" and _has(o.evidence, ids)]
        named = sorted({o.rule_id for o in (*sums, *signs)}) + (["told elsewhere"] if others else [])
        against = f"{fact.measure} of {fact.label}: {', '.join(named) or 'no check'}"
        if slip.kind == SIGN:
            if any(o.status == FAILED for o in signs):
                return ALONE, f"{against}; it was wrong before"
            return ("" if signs or equal or others else ALONE), against
        broken = [o for o in sums if o.evidence and _breaks(o.evidence, mine, slip, o.status == FAILED)]
        apart = [o for o in others if 2 * abs(abs(o.value) - slip.value) > o.unit + slip.unit]
        if broken or apart:
            return "", against
        return (BELOW if equal or others else ALONE), against


def _is_sum(evidence: Evidence) -> bool:
    """Whether the calculation is a plain sum of kroner, which can be done again here."""
    plain = evidence.dimension == KR and evidence.divisor == 1 and evidence.op in ("=", "<=")
    return plain and not any(t.join or t.clip for t in evidence.terms)


def _has(evidence: Evidence, ids: set[str]) -> bool:
    return any(t.fact_id in ids for t in evidence.terms)


def _breaks(evidence: Evidence, mine: Sequence[Fact], slip: Slip, failed: bool) -> bool:
    """Whether the sum cannot hold with the amount as it stands after the slip, all rounding in its favour.

    A sum that failed before says something of the slip only where it then fails by more than twice as much.
    """
    ids = {f.fact_id: f for f in mine}
    if not _has(evidence, set(ids)):
        return False
    total, slack = evidence.constant, 0
    if failed:
        slack += 4 * abs(evidence.constant + sum(t.weight * t.value for t in evidence.terms))
    for term in evidence.terms:
        is_mine = term.fact_id in ids
        sign = -1 if term.value < 0 else 1
        total += term.weight * (sign * slip.value if is_mine else term.value)
        slack += abs(term.weight) * (slip.unit if is_mine else term.unit)
    return 2 * total > slack or (evidence.op == "=" and -2 * total > slack)


def judge(document: Document, rules: RuleSet) -> tuple[Report, list[Judged]]:
    """The report of the unchanged document and every slip with what became of it."""
    report = check_document(document, rules)
    known, before, noted = Known(document, report), said(report), said(report, notes=True)
    found = []
    for slip in slips(document):
        verdict, against = known.verdict(slip)
        after = check_document(slip.document, rules)
        result = _result(before, said(after))
        if result == MISSED and _result(noted, said(after, notes=True)) != MISSED:
            result = NOTED
        found.append(Judged(slip, result, verdict, against))
    return report, found


def _result(before: Said, after: Said) -> str:
    if after.keys() - before.keys():
        return CAUGHT
    return CHANGED if any(figures - before[key] for key, figures in after.items()) else MISSED


def golden(path: Path) -> set[Key] | None:
    """The findings above note of the accepted report, by rule, data point and line; None where there is none."""
    file = path.parent / "golden" / "rapport.json"
    if not file.exists():
        return None
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    accepted = {f for finding in data["findings"] if finding["severity"] != NOTE for f in finding["outcomes"]}
    return {
        (o["rule_id"], o["at"]["line"] or o["at"]["label"], o["at"]["measure"], o["at"]["year"])
        for o in data["outcomes"]
        if o["fingerprint"] in accepted
    }


def _table(found: Sequence[Judged]) -> Iterator[str]:
    yield f"  {'slip':<16}{'injected':>9}{'caught':>8}{'share':>9}{'changed':>9}{'noted':>7}{'below':>7}{'alone':>7}"
    for kind in (*KINDS, "all"):
        n = Counter(j.apart or j.result for j in found if kind in ("all", j.slip.kind))
        caught, asked = n[CAUGHT] + n[CHANGED], n.total() - n[BELOW] - n[ALONE]
        share = f"{100 * caught / asked:.1f} %" if asked else "-"
        rest = f"{n[CHANGED]:>9}{n[NOTED]:>7}{n[BELOW]:>7}{n[ALONE]:>7}"
        yield f"  {kind:<16}{n.total():>9}{caught:>8}{share:>9}{rest}"


def _reported(found: Sequence[Judged], listed: bool) -> Iterator[str]:
    """The slips counted apart of which something new is said above note all the same."""
    new = [j for j in found if j.apart and j.result == CAUGHT]
    n = Counter(j.apart for j in new)
    yield f"  reported all the same: {n[BELOW]} below precision, {n[ALONE]} with nothing to compare"
    for j in new if listed else ():
        yield _line(f"{j.apart}, yet reported", j)


def _line(what: str, j: Judged) -> str:
    return f"    {what}: {j.slip.kind}, {j.slip.was} -> {j.slip.made} ({j.against})\n      {j.slip.sentence}"


def _alarms(path: Path, report: Report, listed: bool) -> Iterator[str]:
    """How many findings above note the unchanged text has, and how many of them the accepted report has."""
    above = [f for f in report.findings if f.severity != NOTE]
    accepted = golden(path)
    strange = [f for f in above if _short(f.outcomes[0]) not in (accepted or set())]
    known = "no golden report" if accepted is None else f"{len(above) - len(strange)} of them in the golden report"
    yield f"  unchanged: {len(above)} findings above note, {known}"
    for finding in strange if listed else ():
        outcome = finding.outcomes[0]
        where = outcome.places[0].snippet if outcome.places else ""
        yield f"    not in the golden report: {outcome.rule_id} {outcome.at.label}: {where}"


def _short(outcome: Outcome) -> Key:
    return (outcome.rule_id, outcome.at.line or outcome.at.label, outcome.at.measure, outcome.at.year)


def _listed(found: Sequence[Judged]) -> Iterator[str]:
    for result in (MISSED, NOTED):
        yield from (_line(result, j) for j in found if j.result == result and not j.apart)
    alone = {(j.slip.amount.block, j.slip.amount.start): j for j in found if j.apart == ALONE}
    for j in alone.values():
        yield f"    nothing to compare: {j.slip.amount.text} ({j.against})\n      {j.slip.sentence}"


def main(arguments: Sequence[str]) -> None:
    """Print a table per text and one for all; --list prints the missed slips with their sentences."""
    paths = [Path(a) for a in arguments if not a.startswith("--")] or [ROOT / name for name in SAMPLES]
    listed, rules, start = "--list" in arguments, load_rules(), time.perf_counter()
    every: list[Judged] = []
    for path in paths:
        document = read_document(path)
        report, found = judge(document, rules)
        print(f"\n{path.parent.name}/{path.name}: {len(amounts(document))} amounts in sentences", flush=True)
        print("\n".join(_alarms(path, report, listed)))
        if found:
            print("\n".join([*_table(found), *_reported(found, listed), *(_listed(found) if listed else ())]))
        every += found
    print("\nall texts\n" + "\n".join(_table(every)))
    print("  changed: of the caught, those that only change the figures of a finding that was there before")
    print("  noted: not caught, but a new note; below: below the printed precision; alone: nothing to compare")
    print(f"  {len(every) + len(paths)} checks in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
