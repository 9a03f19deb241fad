"""Every cause of a submission: parts that contradict themselves, their explanations, and what probably happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from checker.confront import Confronted
from checker.diagnose.explain import Cluster, explain
from checker.diagnose.misprints import SIMPLE, Misprint
from checker.diagnose.oracle import Certificate, Exhausted, Oracle, Unproven, Work
from checker.diagnose.sources import Against, against
from checker.diagnose.suggest import Context, Leave, best_fit, bounds_of, guesses, leave
from checker.diagnose.system import System, build, parts
from checker.model.causes import CERTAIN, LIKELY, POSSIBLE, Cause, Conflict, Diagnosis, Option, Suggestion
from checker.model.outcomes import Outcome
from checker.model.submission import Submission

WORK = 200_000_000
"""What one diagnosis may cost, in non-zeros times iterations: some ten seconds."""


@dataclass
class Case:
    """A cluster with what it is asked of: its oracle, and the figures that other clusters of its part leave open."""

    oracle: Oracle
    cluster: Cluster
    others: frozenset[str]


def diagnose(submission: Submission, confronted: Confronted, truncated: bool = False) -> Diagnosis:
    """The causes of all that fails, and of what cannot be right together though each check holds."""
    system = build((*submission.facts, *submission.others), confronted, truncated)
    outcomes = confronted.outcomes
    every = parts(system)
    chosen = [p for p in every if _failing(p) or _rounded(p)]
    work = Work(WORK)
    cases: list[Case] = []
    unfinished = 0
    for part in chosen:
        oracle = Oracle(part, work)
        found = explain(oracle, work)
        if not found.finished:
            unfinished += 1
            continue
        first = [c.options[0] for c in found.clusters]
        cases += [
            Case(oracle, c, frozenset(f for o in first if o is not c.options[0] for f in o)) for c in found.clusters
        ]
    context = Context(submission)
    sources = against(confronted)
    swapped = _interchanged(cases)
    taken = {id(case) for pair in swapped for case in pair.cases}
    causes: list[Cause | None] = [_swapped_cause(pair, outcomes) for pair in swapped]
    causes += [_cause(_decided(case, sources), outcomes, context) for case in cases if id(case) not in taken]
    suspects = {f for cause in causes if cause for option in cause.options for f in option.figures}
    causes += [_by_source(a, every, cases, work, context) for a in sources if a.figure not in suspects]
    return Diagnosis(tuple(c for c in causes if c is not None), unfinished, len(every), len(chosen))


def _decided(case: Case, sources: Sequence[Against]) -> Case:
    """The case with the one explanation that another source speaks for, where there is just one."""
    spoken = [o for o in case.cluster.options if len(o) == 1 and any(a.figure in o for a in sources)]
    if len(spoken) != 1:
        return case
    return replace(case, cluster=replace(case.cluster, options=spoken))


def _by_source(
    found: Against, every: Sequence[System], cases: Sequence[Case], work: Work, context: Context
) -> Cause | None:
    """The cause where all is right with the other source's figure in its place; None where it is not."""
    part = next((p for p in every if any(p.figure(p.facts[i]) == found.figure for i in p.of_fact)), None)
    fact = context.fact(found.figure)
    if part is not None and part.rows:
        known = next((c for c in cases if c.oracle.system is part), None)
        oracle = known.oracle if known else Oracle(part, work)
        freed = frozenset(f for c in cases if c.oracle.system is part for f in c.cluster.options[0])
        try:
            if oracle.conflict(freed, {found.figure: bounds_of(part, found.figure, found.value)}) is not None:
                return None
        except (Exhausted, Unproven):
            return None
    slip = next((s for s in context.slips(fact) if s.value == found.value), None)
    suggestion = Suggestion(
        found.figure, slip.kind if slip else "sums", LIKELY, found.value, other=slip.other if slip else ""
    )
    option = Option((found.figure,), (suggestion,))
    return Cause((option,), (Conflict((found.figure,), (found.check,)),), (found.check,))


def _failing(part: System) -> bool:
    return bool(part.contradictions) or any(row.failed for row in part.rows)


def _rounded(part: System) -> bool:
    """Whether more than one relation holds, and some of them only because figures are rounded."""
    return len(part.rows) > 1 and any(
        sum(c * part.printed[v] for v, c in r.coefficients) != r.constant for r in part.rows if r.op == "="
    )


def _cause(case: Case, outcomes: Sequence[Outcome], context: Context) -> Cause:
    every = [Option(tuple(sorted(o)), _suggestions(case, sorted(o), context)) for o in case.cluster.options]
    options = [o for o in every if not _held(o, case.oracle.system)] or every
    if len(options) == 1 < len(every):
        options = [_surer(options[0])]
    if len(options) > 1:
        options = _ranked(options, case.oracle.system)
    return _made(tuple(options), [case], outcomes)


def _made(options: tuple[Option, ...], cases: Sequence[Case], outcomes: Sequence[Outcome]) -> Cause:
    clusters = [case.cluster for case in cases]
    conflicts = _conflicts([c for cluster in clusters for c in cluster.conflicts])
    checks = {n for c in conflicts for n in c.checks if outcomes[n].status == "failed"}
    return Cause(
        options,
        conflicts,
        tuple(sorted(checks)),
        all(c.complete for c in clusters),
        joint=not checks,
    )


def _suggestions(case: Case, figures: list[str], context: Context) -> tuple[Suggestion, ...]:
    """What each figure of an explanation probably should be."""
    alone = len(case.cluster.options) == 1
    freed = case.others
    try:
        left = {f: leave(case.oracle, f, freed | set(figures)) for f in figures}
        ways = guesses(case.oracle, figures, freed, context)
    except (Exhausted, Unproven):
        return ()
    return tuple(
        _suggestion(case, f, left[f], [w.slips[n] for w in ways], context, alone) for n, f in enumerate(figures)
    )


def _suggestion(
    case: Case, figure: str, left: Leave, slips: Sequence[Misprint], context: Context, alone: bool
) -> Suggestion:
    fact = case.oracle.system.lead(figure)
    by_value = {s.value: s for s in slips}
    values = left.values
    only = values[0] if values is not None and len(values) == 1 else None
    value = only
    if value is None and len(by_value) == 1:
        value = next(iter(by_value))
    if value is None and (by_value or values is not None):
        value = best_fit(case.oracle, figure, sorted(by_value) or values or ())
    slip = by_value.get(value) if value is not None else None
    kind, other = (slip.kind, slip.other) if slip else ("sums", "")
    if context.last_years(fact) and (slip is None or slip.cost > SIMPLE):
        kind, other = "last_year", ""
    certainty = POSSIBLE if not alone else CERTAIN if only is not None else LIKELY
    return Suggestion(figure, kind, certainty, value, left.low, left.high, other)


def _held(option: Option, system: System) -> bool:
    """Whether the other figures leave one of the explanation nothing but what it is printed as."""
    return any(s.low == s.high == system.lead(s.figure).value for s in option.suggestions)


def _cost(option: Option) -> int:
    loose = ("digit", "digit_missing", "digit_extra")
    return sum(1 if s.kind not in (*loose, "sums") else 2 if s.kind in loose else 3 for s in option.suggestions)


def _ranked(options: list[Option], system: System) -> list[Option]:
    """The likeliest first: by what slips they take; it is told as likely where no other is as simple."""
    ordered = sorted(options, key=lambda o: (_cost(o), [system.lead(f).place.order for f in o.figures]))
    first, second = _cost(ordered[0]), _cost(ordered[1])
    if ordered[0].suggestions and first < second and first <= len(ordered[0].figures):
        ordered[0] = _surer(ordered[0])
    return ordered


def _surer(option: Option) -> Option:
    """The option told as likely."""
    return replace(option, suggestions=tuple(replace(s, certainty=LIKELY) for s in option.suggestions))


def _conflicts(found: Sequence[Certificate]) -> tuple[Conflict, ...]:
    """The conflicts, those of fewest checks and figures first; of the same figures the one that is shown soonest."""
    made = [Conflict(tuple(sorted(c.figures)), tuple(sorted(c.checks)), c.terms, c.constant) for c in found]
    made.sort(key=lambda c: (len(c.checks), len(c.figures), c.checks, c.figures, c.terms))
    first: dict[tuple[str, ...], Conflict] = {}
    for conflict in made:
        first.setdefault(conflict.figures, conflict)
    return tuple(first.values())


@dataclass
class Pair:
    """Two figures that, interchanged, make all right; and the cases that this explains."""

    one: str
    other: str
    cases: tuple[Case, ...]


def _interchanged(cases: Sequence[Case]) -> list[Pair]:
    """Pairs of cases (or a case of two figures) that one interchange of two figures explains, and only one."""
    found: list[Pair] = []
    taken: set[int] = set()
    for case in cases:
        two = [sorted(o) for o in case.cluster.options if len(o) == 2]
        fitting = [(a, b) for a, b in two if _swap_fits(case, case, a, b)]
        if len(fitting) == 1:
            found.append(Pair(*fitting[0], (case,)))
            taken.add(id(case))
    for first, second in combinations([c for c in cases if id(c) not in taken], 2):
        if id(first) in taken or id(second) in taken:
            continue
        ones, others = ([o for o in c.cluster.options if len(o) == 1] for c in (first, second))
        fitting = [
            (a, b) for (a,) in map(sorted, ones) for (b,) in map(sorted, others) if _swap_fits(first, second, a, b)
        ]
        if len(fitting) == 1:
            found.append(Pair(*fitting[0], (first, second)))
            taken |= {id(first), id(second)}
    return found


def _swap_fits(first: Case, second: Case, a: str, b: str) -> bool:
    """Whether all is right once the two figures stand in each other's place."""
    one, other = first.oracle.system.lead(a), second.oracle.system.lead(b)
    columns = ((f.statement, f.measure, f.year, f.basis) for f in (one, other))
    rows = ((f.statement, f.scope, f.line, f.year) for f in (one, other))
    column, row = len(set(columns)) == 1, len(set(rows)) == 1
    same = (one.unit, one.dimension, one.text) == (other.unit, other.dimension, other.text)
    if not (column or row) or not same or one.value == other.value or one.text:
        return False
    put_a = {a: bounds_of(first.oracle.system, a, other.value)}
    put_b = {b: bounds_of(second.oracle.system, b, one.value)}
    try:
        if first.oracle is second.oracle:
            return first.oracle.conflict((first.others | second.others) - {a, b}, {**put_a, **put_b}) is None
        return (
            first.oracle.conflict(first.others, put_a) is None and second.oracle.conflict(second.others, put_b) is None
        )
    except (Exhausted, Unproven):
        return False


def _swapped_cause(pair: Pair, outcomes: Sequence[Outcome]) -> Cause:
    one, other = pair.cases[0].oracle.system.facts[pair.one], pair.cases[-1].oracle.system.facts[pair.other]
    option = Option(
        (pair.one, pair.other),
        (
            Suggestion(pair.one, "interchanged", LIKELY, other.value, other=pair.other),
            Suggestion(pair.other, "interchanged", LIKELY, one.value, other=pair.one),
        ),
    )
    return _made((option,), pair.cases, outcomes)
