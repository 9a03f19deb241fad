"""Does a text tell the same figure alike wherever it tells it?"""

from __future__ import annotations

from collections.abc import Sequence

from checker.amounts.intervals import Interval, interval
from checker.kinds.base import Kind, Setting
from checker.kinds.told import in_scopes, tables, told
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import DataPoint, Fact, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One predicate per figure of these measures that sentences tell twice or more and no table states.

    Only the size is compared, each amount as exactly as it is told; the sign is another rule's (`text_sign`). An amount
    of which it is not sure what it is, or that only refers back to another, says nothing here.
    """
    known = tables(submission)
    groups: dict[DataPoint, list[Fact]] = {}
    for fact in told(submission, *rule.settings["measures"]):
        if fact.sure and in_scopes(rule, fact) and not known.made(fact):
            groups.setdefault(fact.point, []).append(fact)
    predicates = [_predicate(rule, own) for own in groups.values() if len(own) > 1]
    return Grounding(predicates=tuple(predicates), unbound="" if predicates else "plan.told_once")


def _predicate(rule: Rule, own: Sequence[Fact]) -> Predicate:
    said = tuple(dict.fromkeys(f.as_printed for f in own))
    first = own[0]
    name = f"{first.number} {first.label}" if first.number else first.label
    return Predicate(
        f"{rule.id}/{first.fact_id}",
        rule.id,
        first.statement,
        name,
        said,
        said if _meet([_size(f) for f in own]) else (),
        facts=tuple(f.fact_id for f in own),
        args=(("measure", f"@measure.{first.measure}"),),
        places=tuple(f.place for f in reversed(own)),
    )


def _size(fact: Fact) -> Interval:
    return interval(abs(fact.value), fact.coarse or fact.unit)


def _meet(spans: Sequence[Interval]) -> bool:
    """Whether some value lies in all; where each two meet, all do."""
    return all(a.meets(b) for n, a in enumerate(spans) for b in spans[:n])


KIND = Kind(
    ground,
    {"measures": Setting("measures", required=True, help="The measures that are compared.")},
    predicate=True,
    where=("scope",),
)
