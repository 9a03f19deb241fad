"""Of figures spoilt on purpose, how many are found, is the right one named, and is its true value suggested?

One, two or three figures of a submission are spoilt in each copy, in every way that a suggestion knows, in tables and
in sentences; the copy is read and checked as any other. Counted are copies: all of their spoilt figures must be

* found: a check fails, or figures cannot all be right, that did not before;
* named: the only explanation of a cause, or told as the likeliest;
* listed: among the explanations of a cause;
* restored: the true value is suggested.

Wrong are copies in which a figure is told as the only or the likeliest cause that was not spoilt; misread those in
which a spoilt figure is no longer read, or as another one than it was.

A figure that stays within a unit of what it was, or within what all others leave it, need not be found; copies in which
that holds of all, or in which the spoilt figures can be right together, are counted apart: nothing can see them.
`python -m benchmarks.diagnosis [copies]`.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from benchmarks.spoil import NAESTVED, Copy, copies, repaired
from checker.confront import confront
from checker.diagnose.causes import diagnose
from checker.diagnose.leave import Leave, bounds_of, leave
from checker.diagnose.oracle import Oracle
from checker.diagnose.parts import parts
from checker.diagnose.system import build
from checker.diagnose.work import Work
from checker.model.causes import POSSIBLE, Cause
from checker.model.document import Document
from checker.model.outcomes import Report
from checker.model.rules import RuleSet
from checker.model.submission import Fact, Submission
from checker.readers.text import parse
from checker.recognise import recognise
from checker.rulefile import load_rules
from checker.run import check_submission

ROOT = Path(__file__).resolve().parent.parent / "samples"


@dataclass
class Count:
    """What became of the copies."""

    all: int = 0
    within: int = 0
    found: int = 0
    named: int = 0
    listed: int = 0
    restored: int = 0
    wrong: int = 0
    misread: int = 0
    times: list[float] = field(default_factory=list)
    kinds: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, kinds: set[str], **said: bool) -> None:
        """One copy."""
        self.all += 1
        for name, value in said.items():
            setattr(self, name, getattr(self, name) + value)
        for kind in kinds:
            own = self.kinds.setdefault(kind, Counter())
            own["all"] += 1
            own.update(name for name, value in said.items() if value)


def read(text: str, tables_alone: bool) -> Submission:
    """What the text states; only its tables where that is wanted."""
    document = Document("case.txt", "", "utf-8", parse(text))
    submission = recognise(document)
    if not tables_alone:
        return submission
    from dataclasses import replace

    return replace(submission, facts=tuple(f for f in submission.facts if not f.text), texts=(), text_parts=())


class Truth:
    """The unspoilt submission: what all other figures leave each, and whether changed ones could be right together."""

    def __init__(self, submission: Submission, rules: RuleSet) -> None:
        self.submission = submission
        self.left: dict[str, Leave] = {}
        self._oracles: dict[str, Oracle] = {}
        for part in parts(build(submission.facts, confront(submission, rules), rules.truncated)):
            if not part.rows:
                continue
            oracle = Oracle(part, Work(10**12))
            for figure in {part.figure(part.facts[i]) for i in part.of_fact}:
                self.left[figure] = leave(oracle, figure, frozenset({figure}))
                self._oracles[figure] = oracle

    def bounded(self, fact: Fact) -> bool:
        """Whether other figures say anything of this one."""
        own = self.left.get(fact.fact_id)
        return own is not None and own.low is not None and own.high is not None

    def hidden(self, now: dict[str, int]) -> bool:
        """Whether all figures can be right with these changed ones: then nothing can find them."""
        for oracle in {id(o): o for i, o in self._oracles.items() if i in now}.values():
            own = {i: v for i, v in now.items() if self._oracles[i] is oracle}
            put = {i: bounds_of(oracle.system, i, v) for i, v in own.items()}
            if oracle.conflict(frozenset(), put) is not None or any(
                self.left[i].alike not in (None, v) for i, v in own.items()
            ):
                return False
        return True


def value_of(fact: Fact, submission: Submission) -> int | None:
    """What the spoilt copy states for the figure."""
    same = next((f for f in submission.facts if f.fact_id == fact.fact_id), None)
    return None if same is None else same.value


def judge(copy: Copy, truth: Truth, rules: RuleSet, alone: bool, before: int, count: Count) -> None:
    """Check one copy and count it."""
    submission = read(copy.text, alone)
    start = time.perf_counter()
    report = check_submission(submission, rules)
    spent = time.perf_counter() - start
    every = {s.fact.fact_id: s.fact for s in copy.spoilt}
    now = {i: value_of(fact, submission) for i, fact in every.items()}
    about = {f.fact_id: (f.line, f.measure, f.year) for f in submission.facts}
    lost = any(about.get(i) != (f.line, f.measure, f.year) for i, f in every.items())
    read_as = {i: value for i, value in now.items() if value is not None}
    true = {
        i: fact.value
        for i, fact in every.items()
        if i not in read_as
        or lost
        or (abs(read_as[i] - fact.value) > fact.unit and not truth.left[i].takes(read_as[i], fact.unit))
    }
    if not lost and (not true or truth.hidden(read_as)):
        count.all += 1
        count.within += 1
        return
    count.times.append(spent)
    causes = report.diagnosis.causes
    count.add(
        {s.kind for s in copy.spoilt},
        found=len(report.findings) > before or bool(report.diagnosis.causes),
        named=all(_named(i, causes) for i in true),
        listed=all(any(i in o.figures for c in causes for o in c.options) for i in true),
        restored=all(_restored(i, value, causes) for i, value in true.items()),
        wrong=any(_decided(c) and not set(c.options[0].figures) & set(every) for c in causes),
        misread=lost,
    )


def _decided(cause: Cause) -> bool:
    """Whether one explanation is told as the only or the likeliest one."""
    return len(cause.options) == 1 or all(s.certainty != POSSIBLE for s in cause.options[0].suggestions)


def _named(figure: str, causes: tuple[Cause, ...]) -> bool:
    return any(figure in c.options[0].figures and _decided(c) for c in causes)


def _restored(figure: str, value: int, causes: tuple[Cause, ...]) -> bool:
    return any(s.figure == figure and s.value == value for c in causes for o in c.options for s in o.suggestions)


def run(name: str, text: str, number: int, rules: RuleSet, alone: bool = False) -> Count:
    """Spoil one submission so often and print what became of it."""
    base = read(text, alone)
    report: Report = check_submission(base, rules)
    truth = Truth(base, rules)
    count = Count()
    for copy in copies(base, text, number, 1, truth.bounded):
        judge(copy, truth, rules, alone, len(report.findings), count)
    seen = count.all - count.within
    print(f"\n{name}: {len(base.facts)} figures, {len(report.diagnosis.causes)} causes before; {count.all} copies,")
    print(f"  {count.within} within what is printed or what the other figures leave; of the other {seen}:")
    for said in ("found", "named", "listed", "restored", "wrong", "misread"):
        print(f"  {said:<10}{getattr(count, said):>5}{100 * getattr(count, said) / seen:>7.1f} %")
    times = sorted(count.times)
    print(f"  check and diagnosis: median {median(times):.3f} s, 95th percentile {quantiles(times, n=20)[-1]:.3f} s")
    print(f"  {'kind':<15}{'copies':>7}{'found':>7}{'named':>7}{'listed':>7}{'restored':>9}")
    for kind, own in sorted(count.kinds.items()):
        cells = "".join(
            f"{own[k]:>{w}}" for k, w in (("all", 7), ("found", 7), ("named", 7), ("listed", 7), ("restored", 9))
        )
        print(f"  {kind:<15}{cells}")
    return count


def large(groups: int = 120, lines: int = 10, spoilt: int = 5) -> None:
    """One table of some thousand figures in which everything hangs together, a few of them spoilt, timed."""
    draw = random.Random(3)
    rows: list[tuple[str, str, list[int]]] = []
    total = [0, 0, 0]
    for group in range(1, groups + 1):
        parts_ = []
        for line in range(1, lines + 1):
            first = draw.randrange(100_000, 9_000_000)
            second = first + draw.randrange(-90_000, 90_000)
            third = second + draw.randrange(-90_000, 90_000)
            parts_.append((f"{group}.{line}", f"Linje {group} {line}", [first, second, third]))
        sums = [sum(p[2][n] for p in parts_) for n in range(3)]
        total = [a + b for a, b in zip(total, sums, strict=True)]
        rows += [(str(group), f"Gruppe {group}", sums), *parts_]
    rows.append(("", "I alt", total))

    def shown(number: int) -> str:
        return f"{round(number / 1000):,}".replace(",", ".")

    made = [[n, name, *map(shown, f), shown(f[1] - f[2])] for n, name, f in rows]
    for row, cell in zip(draw.sample(made, spoilt), (3, 4, 5, 2, 3), strict=False):
        row[cell] = f"9{row[cell].lstrip('-')[1:]}"
    head = "\t".join(
        ("I 1.000 kr.", "", "Opr. budget 2023", "Korr. budget 2023", "Regnskab 2023", "Over-/underskud 2023")
    )
    submission = read("\n".join(["Regnskab", "", head, *("\t".join(r) for r in made)]) + "\n", tables_alone=True)
    confronted = confront(submission, load_rules())
    start = time.perf_counter()
    found = diagnose(submission, confronted)
    spent = time.perf_counter() - start
    relations = sum(r is not None for r in confronted.results)
    print(f"\nOne table of {len(submission.facts)} figures in {relations} relations, {spoilt} spoilt:")
    print(f"  {len(found.causes)} causes in {spent:.2f} s, {found.unfinished} parts not finished")


def main() -> None:
    """The sample with tables and text, two others, and the tables of the first alone."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    rules = load_rules()
    naestved = repaired((ROOT / "naestved-it-2021" / "regnskab.txt").read_text(encoding="utf-8"), NAESTVED)
    run("Tables and text (IT 2021)", naestved, number, rules)
    run(
        "Tables (roads and harbour 2023)",
        (ROOT / "havn-og-vej-2023" / "regnskab.txt").read_text("utf-8"),
        number,
        rules,
    )
    run(
        "Millions with decimals (culture 2024)",
        (ROOT / "kultur-mio-2024" / "budgetopfoelgning.txt").read_text("utf-8"),
        number,
        rules,
    )
    run("The tables of the first alone", naestved, number, rules, alone=True)
    large(spoilt=0)
    large()


if __name__ == "__main__":
    main()
