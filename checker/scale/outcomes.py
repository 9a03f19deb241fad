"""Every outcome, passed too, as a Parquet file: what an auditor keeps of a large source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from sqlglot import exp

from checker.errors import RequestError, reason
from checker.model.outcomes import FAILED, PASSED, PASSED_ROUNDING
from checker.model.rules import Relation
from checker.scale import plain
from checker.scale.check import Scaled
from checker.scale.duck import Duck, interruptible
from checker.scale.model import Instance
from checker.scale.sums import STATUSES, code
from checker.scale.tree import case, col
from checker.scale.verdict import judged

KEY = ("statement", "scope", "line", "measure", "year", "basis", "as_of")
"""What an outcome is about, beside entity and rule; '' or null where the rule leaves it open."""


def write(backend: Duck, scaled: Scaled, file: Path) -> int:
    """Write one row for each outcome of a relation: entity, rule, KEY, status, difference and tolerance in kr.

    Returns how many. The file is written beside its place and moved there when it is whole: a run that is stopped
    leaves none.
    """
    query = every(backend, scaled)
    part = file.with_name(f".{file.name}.part")
    target = str(part).replace("'", "''")
    try:
        with interruptible():
            backend.connection.execute(f"COPY ({query.sql('duckdb')}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        row = backend.connection.execute(f"SELECT count(*) FROM read_parquet('{target}')").fetchone()
        part.replace(file)
    except (OSError, duckdb.Error) as error:
        why = reason(error) if isinstance(error, OSError) else str(error).splitlines()[0]
        raise RequestError("cli.write_failed", file=str(file), why=why) from error
    finally:
        part.unlink(missing_ok=True)
    return int(row[0]) if row else 0


def every(backend: Duck, scaled: Scaled) -> exp.Query:
    """The query of all outcomes of relations."""
    binding = scaled.binding
    if not binding.used:
        types = {**dict.fromkeys(("entity", "rule", *KEY, "status"), "varchar"), "year": "int"}
        types |= dict.fromkeys(("difference", "tolerance"), "decimal(34,3)")
        return exp.select(*(exp.cast(exp.null(), t).as_(n) for n, t in types.items())).where(exp.false())
    steps = plain.outcomes(backend, scaled.coded, scaled.of, binding, shown=True)
    about = backend.small("about", _about(scaled))
    named = backend.small("named", {"entity": ("INTEGER", [*range(len(scaled.coded.entities))]),
                                    "name": ("VARCHAR", scaled.coded.entities)})  # fmt: skip
    rows = exp.select(*(col(n) for n in ("entity", "instance", "status"))).from_("outcome")
    missing = _incomplete(backend, scaled, steps) if "judged" in steps else None
    rows = exp.union(rows, missing, distinct=False) if missing is not None else rows  # type: ignore[assignment]
    sums = None
    if "judged" in steps:
        printed = exp.paren(col("printed", "j") - col("constant", "a"))
        upper = exp.or_(printed.copy() > 0, col("op", "a").eq("<="))
        low, high = (exp.paren(col(n, "j") - col("constant", "a") * 2) for n in ("low", "high"))
        width = case((upper, printed.copy() * 2 - low), otherwise=high - printed.copy() * 2)
        shown = col("status", "o").isin(*(code(s) for s in (PASSED, PASSED_ROUNDING, FAILED)))
        sums = {
            "difference": exp.case().when(shown, _kroner(printed, "0.01")),
            "tolerance": exp.case().when(shown.copy(), _kroner(width, "0.005")),
        }
    made = (
        exp.select(col("name", "e").as_("entity"), *(col(n, "a") for n in ("rule", *KEY)), _word())
        .from_(exp.alias_(rows.subquery("o"), "o", table=True))
        .join(exp.alias_(about, "a", table=True), on=col("instance", "o").eq(col("instance", "a")))
        .join(exp.alias_(named, "e", table=True), on=col("entity", "o").eq(col("entity", "e")))
    )
    if sums:
        on = exp.and_(col("entity", "o").eq(col("entity", "j")), col("instance", "o").eq(col("instance", "j")))
        made = made.join(exp.alias_(exp.to_table("judged"), "j", table=True), on=on, join_type="left")
        made = made.select(*(value.as_(name) for name, value in sums.items()))
    return plain.with_steps(backend, made, steps)


def _word() -> exp.Expr:
    """The status by its name."""
    made = exp.Case(this=col("status", "o"))
    for status in STATUSES:
        made = made.when(code(status), exp.Literal.string(status))
    return made.as_("status")


def _kroner(value: exp.Expr, share: str) -> exp.Expr:
    """Øre (or half øre) as kroner, exactly; of what is no money, a hundredth of its millionths."""
    exact = exp.cast(exp.Literal.number(share), exp.DataType.build("decimal(4,3)"))
    return exp.cast(value, exp.DataType.build("decimal(30,0)")) * exact


def _about(scaled: Scaled) -> dict[str, tuple[str, list[Any]]]:
    binding = scaled.binding
    plain_ids = {s.id: s.id.removesuffix(f" · {s.entity}") for s in scaled.skeleton.submission.statements}
    own = [(i.id, i) for i in binding.instances if i.points]
    own += [(-1 - n, a) for n, a in enumerate(binding.agreements)]
    keys = [_key(i, scaled, plain_ids) for _, i in own]
    columns: dict[str, tuple[str, list[Any]]] = {
        "instance": ("INTEGER", [n for n, _ in own]),
        "rule": ("VARCHAR", [i.rule.id for _, i in own]),
        "op": ("VARCHAR", [i.relation.op for _, i in own]),
        "constant": ("BIGINT", [i.relation.constant for _, i in own]),
    }
    return columns | {n: ("INTEGER" if n == "year" else "VARCHAR", [k.get(n) for k in keys]) for n in KEY}


def _key(instance: Instance, scaled: Scaled, plain_ids: dict[str, str]) -> dict[str, Any]:
    """What all its figures have in common, and what its free dimensions are."""
    relation: Relation = instance.relation
    facts = scaled.skeleton.facts
    shapes = [s for p in instance.points for s in scaled.binding.points[p]]
    last = next((f for (_, shape), f in facts.items() if shapes and shape == shapes[-1]), None)
    said = dict(zip(relation.free, instance.key, strict=False))
    known = {n: getattr(last, n) for n in KEY if n != "statement"} if last else {}
    return {**known, **said, "statement": plain_ids.get(relation.statement or "", relation.statement or "")}


def _incomplete(backend: Duck, scaled: Scaled, steps: dict[str, exp.Query]) -> exp.Select | None:
    """The outcomes of checks of entities that lack a figure of them."""
    found = []
    for _, _, entity, instance, _, *sums in backend.rows(
        plain.with_steps(backend, plain.incomplete(scaled.binding), steps)
    ):
        status = judged(scaled.binding.instances[int(instance)], *(int(n) for n in sums))
        if status is not None:
            found.append((int(entity), int(instance), status))
    if not found:
        return None
    table = backend.small(
        "partial",
        {
            "entity": ("INTEGER", [e for e, _, _ in found]),
            "instance": ("INTEGER", [i for _, i, _ in found]),
            "status": ("INTEGER", [STATUSES.index(s) for _, _, s in found]),
        },
    )
    return exp.select(*(col(n) for n in ("entity", "instance", "status"))).from_(table)
