"""Every cause of a submission: parts that contradict themselves, their explanations, and what probably happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.confront import Confronted
from checker.diagnose.cases import Case
from checker.diagnose.certificate import Certificate, Unproven
from checker.diagnose.doubtful import doubtful, spoken_for
from checker.diagnose.explain import explain
from checker.diagnose.interchange import between, within
from checker.diagnose.leave import bounds_of
from checker.diagnose.likely import held, ranked, suggestions, surer
from checker.diagnose.oracle import Oracle
from checker.diagnose.parts import parts
from checker.diagnose.sources import Against, against
from checker.diagnose.suggest import Context
from checker.diagnose.system import System, build
from checker.diagnose.work import Exhausted, Work
from checker.engine.python import Result
from checker.model.causes import LIKELY, NOTHING, POSSIBLE, Cause, Conflict, Diagnosis, Option, Suggestion
from checker.model.outcomes import FAILED, PASSED_ROUNDING, Outcome
from checker.model.submission import Submission

WORK = 4_000_000_000
"""What one diagnosis may cost, in steps of the solver: five to ten seconds."""


def diagnose(submission: Submission, confronted: Confronted, truncated: bool = False) -> Diagnosis:
    """The causes of all that fails, and of what cannot be right together though each check holds."""
    outcomes = confronted.outcomes
    if not any(o.status in (FAILED, PASSED_ROUNDING) for o in outcomes):
        return NOTHING
    system = build((*submission.facts, *submission.others), confronted, truncated)
    every = parts(system)
    chosen = [p for p in every if _failing(p) or _rounded(p)]
    work = Work(WORK)
    cases: list[Case] = []
    unfinished = 0
    for part in chosen:
        oracle = Oracle(part, work)
        explained = explain(oracle, work)
        if not explained.finished:
            unfinished += 1
            continue
        first = [c.options[0] for c in explained.clusters]
        cases += [
            Case(oracle, c, frozenset(f for o in first if o is not c.options[0] for f in o)) for c in explained.clusters
        ]
    context = Context(submission)
    sources = against(confronted, truncated)
    swapped = between(cases)
    taken = {id(case) for pair in swapped for case in pair.cases}
    causes: list[Cause | None] = [_made((pair.option,), pair.cases, outcomes) for pair in swapped]
    open_ = doubtful(confronted)
    causes += [_cause(_decided(case, sources), outcomes, context, open_) for case in cases if id(case) not in taken]
    suspects = {f for cause in causes if cause for option in cause.options for f in option.figures}
    causes += [_by_source(a, every, cases, work, context) for a in sources if a.figure not in suspects]
    found = _without_echoes([c for c in causes if c is not None], context)
    return Diagnosis(found, unfinished, len(every), len(chosen))


def _without_echoes(causes: Sequence[Cause], context: Context) -> tuple[Cause, ...]:
    """The causes, those left out that say of an amount in a sentence what another says of the table's figure.

    An amount such as 'udgifter på 3 mio. kr.' is told without a sign and takes that of the table; where the table's
    sign is wrong, so is the taken one, and nothing is wrong with the sentence.
    """
    turned = [context.fact(f) if (f := _turned(c)) else None for c in causes]
    points = {f.point for f in turned if f and not f.text}
    return tuple(
        c for c, f in zip(causes, turned, strict=True) if not (f and f.text and not f.sign_word and f.point in points)
    )


def _turned(cause: Cause) -> str:
    """The one figure whose sign is the wrong one, '' where the cause is another."""
    first = cause.options[0].suggestions
    return first[0].figure if len(cause.options) == 1 and len(first) == 1 and first[0].kind == "sign" else ""


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
    slip = next((s for s in context.slips(fact) if (s.value, s.unit) == (found.value, fact.unit)), None)
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


def _cause(case: Case, outcomes: Sequence[Outcome], context: Context, open_: Sequence[Result]) -> Cause:
    every = [Option(tuple(sorted(o)), suggestions(case, sorted(o), context)) for o in case.cluster.options]
    options = [o for o in every if not held(o, case.oracle.system)] or every
    if len(options) == 1 < len(every):
        options = [surer(options[0])]
    if len(options) > 1:
        options = ranked(options, case.oracle.system)
        pair = within(case) if options[0].suggestions and options[0].suggestions[0].certainty == POSSIBLE else None
        options = [pair.option] if pair is not None else _spoken(options, case.oracle.system, open_)
    return _made(tuple(options), [case], outcomes)


def _spoken(options: list[Option], system: System, open_: Sequence[Result]) -> list[Option]:
    """The options, first and told as likely the only one with which checks hold that are no laws; as they are else."""
    counts = [spoken_for(system, option, open_) for option in options]
    if options[0].suggestions and options[0].suggestions[0].certainty != POSSIBLE:
        return options
    if sum(map(bool, counts)) != 1:
        return options
    chosen = options[counts.index(max(counts))]
    return [surer(chosen), *(o for o in options if o is not chosen)]


def _made(options: tuple[Option, ...], cases: Sequence[Case], outcomes: Sequence[Outcome]) -> Cause:
    clusters = [case.cluster for case in cases]
    conflicts = _conflicts([c for cluster in clusters for c in cluster.conflicts])
    shown = [n for cluster in clusters for c in (*cluster.conflicts, *cluster.shared) for n in c.checks]
    figures = {f for option in options for f in option.figures}
    system = cases[0].oracle.system
    checks = {
        n for n in shown if outcomes[n].status == FAILED and not figures.isdisjoint(_seen(system, n, outcomes[n]))
    }
    return Cause(
        options,
        conflicts,
        tuple(sorted(checks)),
        all(c.complete for c in clusters),
        joint=not checks,
    )


def _seen(system: System, number: int, outcome: Outcome) -> frozenset[str]:
    """The figures that a check looks at; of a check of a word those that the sentence is held against, too."""
    own = frozenset(system.figure(system.facts[i]) for i in outcome.facts)
    if not outcome.predicate:
        return own
    variables = {v for row in system.rows if row.check == number for v, _ in row.coefficients}
    return own.union(*(g.figures for g in system.guards if g.variable in variables))


def _conflicts(found: Sequence[Certificate]) -> tuple[Conflict, ...]:
    """The conflicts, those of fewest checks and figures first; of the same figures the one that is shown soonest."""
    made = [Conflict(tuple(sorted(c.figures)), tuple(sorted(c.checks)), c.terms, c.constant) for c in found]
    made.sort(key=lambda c: (len(c.checks), len(c.figures), c.checks, c.figures, c.terms))
    first: dict[tuple[str, ...], Conflict] = {}
    for conflict in made:
        first.setdefault(conflict.figures, conflict)
    return tuple(first.values())
