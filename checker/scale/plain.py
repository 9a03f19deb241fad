"""The plan that every database runs: from facts to points, to sums of checks, to outcomes that are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlglot import exp

from checker.model.outcomes import FAILED
from checker.scale import sums
from checker.scale.binding import Binding
from checker.scale.coded import Coded
from checker.scale.model import Backend, Tally
from checker.scale.points import points
from checker.scale.sums import INCOMPLETE, SILENT, STATUSES, code
from checker.scale.tree import ONE, WIDE, ZERO, col, number, united
from checker.scale.verdict import judged

FAILURE = len(STATUSES)
"""Marks a row that is a failed check and no count."""
Step = Callable[[int, int], None]
"""Told how many entities are done, and of how many."""


def no_step(_: int, __: int) -> None:
    """Nobody is told."""


@dataclass(slots=True)
class Found:
    """Outcomes counted, and those that failed by rule: (entity, instance); an agreement is -1 less its number.

    `doubled` are (entity, shape) with two facts or more, None where the plan did not look.
    """

    tally: Tally = field(default_factory=Tally)
    failed: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    doubled: set[tuple[int, int]] | None = None

    def twice(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Note entities with two facts of one shape."""
        self.doubled = (self.doubled or set()) | set(pairs)

    def fail(self, rule: str, entity: int, instance: int) -> None:
        """Note a failed check."""
        self.failed.setdefault(rule, []).append((entity, instance))

    def cut(self, most: int) -> None:
        """Keep the first failures of each rule, by entity and instance: in whatever order a database gave them."""
        self.failed = {rule: sorted(listed)[:most] for rule, listed in self.failed.items()}


def run(
    backend: Backend,
    coded: Coded,
    of: Sequence[int],
    binding: Binding,
    most: int,
    step: Step = no_step,
    at_once: int = 0,
) -> Found:
    """Evaluate everything that is bound, in one statement, or in one for every so many entities (`at_once`).

    At most so many failures of each rule are listed. `step` is told how many entities are done.
    """
    found = Found()
    if not any(i.points for i in (*binding.instances, *binding.agreements)):
        return found
    count = len(coded.entities)
    for first in range(0, count, at_once or count):
        part = coded if not at_once else replace(coded, table=_some(coded, first, first + at_once))
        _evaluate(backend, part, of, binding, most, found)
        found.cut(most)
        step(min(first + (at_once or count), count), count)
    return found


def _some(coded: Coded, first: int, last: int) -> exp.Expr:
    """The facts of some of the entities."""
    entity = col("entity")
    query = exp.select(*(col(n) for n in ("entity", "shape", "value"))).from_(coded.table.copy())
    return query.where(entity >= number(first), entity.copy() < number(last)).subquery()


def _evaluate(backend: Backend, coded: Coded, of: Sequence[int], binding: Binding, most: int, found: Found) -> None:
    rules = sums.rule_ids(binding)
    for what, at, entity, instance, count, members, bad, printed, low, high in backend.rows(
        statement(backend, coded, of, binding, most)
    ):
        if what == STATUSES.index(INCOMPLETE):
            one = binding.instances[int(instance)]
            status = judged(one, int(members), int(bad), int(printed), int(low), int(high))
            if status is not None:
                found.tally.add(one.rule.id, status)
            if status == FAILED:
                found.fail(one.rule.id, int(entity), int(instance))
        elif what == FAILURE:
            found.fail(rules[int(at)], int(entity), int(instance))
        else:
            found.tally.add(rules[int(at)], STATUSES[int(what)], int(count))


def statement(backend: Backend, coded: Coded, of: Sequence[int], binding: Binding, most: int) -> exp.Query:
    """The whole statement; its rows are counts, failures, and checks of entities that lack a figure of it."""
    steps = outcomes(backend, coded, of, binding)
    query: exp.Query = exp.union(_counts(), _failures(most), distinct=False)
    query = exp.union(query, incomplete(binding), distinct=False) if "judged" in steps else query
    return with_steps(backend, query, steps)


def with_steps(backend: Backend, query: exp.Query, steps: Mapping[str, exp.Query]) -> exp.Query:
    """The query with the steps before it; made once are those that are read twice, and `lacking`: what few checks lack
    is to be looked up among the points, and no database is to begin with all points of all checks.
    """
    read = Counter(table.name for each in (query, *steps.values()) for table in each.find_all(exp.Table))
    made: exp.Query = backend.after(steps, query, {name for name in steps if read[name] > 1 or name == "lacking"})
    return made


def outcomes(
    backend: Backend, coded: Coded, of: Sequence[int], binding: Binding, shown: bool = False
) -> dict[str, exp.Query]:
    """The steps from facts to `outcome`: entity, instance, rule, status.

    `judged` is there if there are sums, and has what they are where that is to be shown.
    """
    used = binding.used
    own = [i for i in binding.instances if i.points]
    flat, other = [i for i in own if binding.flat(i)], [i for i in own if not binding.flat(i)]
    steps: dict[str, exp.Query] = {"point": points(backend, coded, of, binding, used)}
    branches = []
    if flat:
        steps["summed_flat"] = sums.summed(
            backend, of, binding, flat, "bound_flat", {"printed": exp.Sum(this=sums.printed())}
        )
        branches.append(sums.judged(backend, binding, flat, "flat", shown))
    if other:
        steps["summed_other"] = sums.summed(backend, of, binding, other, "bound_other", sums.clipped(other))
        branches.append(sums.judged(backend, binding, other, "other", shown))
    if branches:
        steps["judged"] = united(branches)
        steps["lacking"] = _lacking(backend, binding)
    if binding.agreements:
        steps["agreed"] = sums.agreed(backend, binding)
    return steps | {"outcome": _outcomes(bool(branches), bool(binding.agreements))}


def _outcomes(sums: bool, agreements: bool) -> exp.Query:
    columns = [col(n) for n in ("entity", "instance", "rule", "status")]
    judged_ = exp.select(*columns).from_("judged").where(exp.not_(col("status").isin(code(INCOMPLETE), code(SILENT))))
    agreed = exp.select(*(c.copy() for c in columns)).from_("agreed")
    return united([*([judged_] if sums else []), *([agreed] if agreements else [])])


def _counts() -> exp.Select:
    return (
        exp.select(col("status").as_("what"), col("rule"), ZERO.as_("entity"), ZERO.as_("instance"))
        .select(exp.cast(exp.Count(this=exp.Star()), exp.DataType.build("bigint")).as_("n"), *_zeros())
        .from_("outcome")
        .group_by(col("status"), col("rule"))
    )


def _failures(most: int) -> exp.Select:
    """The first failures of each rule, by entity."""
    order = exp.Order(expressions=[exp.Ordered(this=col("entity")), exp.Ordered(this=col("instance"))])
    place = exp.Window(this=exp.RowNumber(), partition_by=[col("rule")], order=order)
    inner = (
        exp.select(col("rule"), col("entity"), col("instance"), place.as_("place"))
        .from_("outcome")
        .where(col("status").eq(code(FAILED)))
        .subquery("f")
    )
    return (
        exp.select(number(FAILURE).as_("what"), col("rule"), col("entity"), col("instance"), ONE.as_("n"), *_zeros())
        .from_(inner)
        .where(col("place") <= most)
    )


def _lacking(backend: Backend, binding: Binding) -> exp.Select:
    """The members of checks of entities that lack one of them: joined first, so that few points are looked up."""
    every = sums.members(backend, binding, [i for i in binding.instances if i.points], "members")
    return (
        exp.select(*(col(n, "j") for n in ("rule", "entity", "instance")))
        .select(*(col(n, "m") for n in ("point", "weight", "up", "down", "clip", "unit", "code")))
        .from_(exp.alias_(exp.to_table("judged"), "j", table=True))
        .join(exp.alias_(every, "m", table=True), on=col("instance", "j").eq(col("instance", "m")))
        .where(col("status", "j").eq(code(INCOMPLETE)))
    )


def incomplete(binding: Binding) -> exp.Select:
    """Checks of entities that lack a figure of them, with what is there; `verdict.judged` says what they are."""
    made: dict[str, exp.Expr] = {"members": exp.Sum(this=col("code", "b")), "wrong": exp.Max(this=col("wrong", "p"))}
    made |= sums.clipped([i for i in binding.instances if i.points])
    keys = [col("rule", "b"), col("entity", "b"), col("instance", "b")]
    there = exp.and_(col("entity", "p").eq(col("entity", "b")), col("point", "p").eq(col("point", "b")))
    return (
        exp.select(code(INCOMPLETE).as_("what"), *keys, ONE.as_("n"))
        .select(*(exp.cast(each, WIDE).as_(n) for n, each in made.items()))
        .from_(exp.alias_(exp.to_table("lacking"), "b", table=True))
        .join(exp.alias_(exp.to_table("point"), "p", table=True), on=there)
        .group_by(*(k.copy() for k in keys))
    )


_SUMS = ("members", "wrong", "printed", "low", "high")


def _zeros() -> list[exp.Expr]:
    return [exp.cast(ZERO, WIDE).as_(n) for n in _SUMS]
