"""The same pivot and the same rules in Polars: lazy, the pivot by its streaming engine."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import polars as pl

from benchmarks.big_polars_rules import ROW, STATED, N, rows, statuses, sums, there
from benchmarks.big_shape import ACCOUNTS, ACROSS, CARRIED, COLUMNS, DEV, DEV2, STATUSES, Counts, Key


class Judged(NamedTuple):
    """Statuses (in the order of STATUSES, null where there is nothing to say) by row, sum and doubled figure."""

    rows: pl.DataFrame
    sums: dict[str, pl.DataFrame]
    twice: pl.DataFrame
    tables: int
    broken: list[str]


def run(path: Path) -> Counts:
    """Rule -> status -> outcomes."""
    judged = _judged(path)
    found = {rule: _numbers([judged.rows[rule]]) for rule in STATED}
    for status, n in judged.twice["alone"].drop_nulls().value_counts().rows():
        found["FIG001"][status] += n
    found |= {rule: _numbers([frame[f"r{k}"] for k in N]) for rule, frame in judged.sums.items()}
    doubled = _doubled(judged.twice).height
    found["FIG002"] = [judged.tables - doubled, 0, doubled, 0]
    found["UNI001"] = [judged.tables, 0, 0, 0]
    found["LNG001"] = [0 if judged.broken else 1, 0, len(judged.broken), 0]
    named = {rule: sorted(zip(STATUSES, numbers, strict=True)) for rule, numbers in sorted(found.items())}
    return {rule: {status: n for status, n in numbers if n} for rule, numbers in named.items()}


def failed(path: Path) -> set[Key]:
    """The keys of all that failed."""
    judged = _judged(path)
    keys: set[Key] = set()
    for rule, column in STATED.items():
        statement, measure = COLUMNS[column]
        at = "" if rule in ACROSS else statement
        found = judged.rows.filter(pl.col(rule) == 2).select(ROW).rows()
        keys |= {(rule, entity, at, line, measure, year) for entity, line, year in found}
    for rule, frame in judged.sums.items():
        for k, (statement, measure) in enumerate(COLUMNS):
            found = frame.filter(pl.col(f"r{k}") == 2).select(ROW).rows()
            keys |= {(rule, entity, statement, line, measure, year) for entity, line, year in found}
    found = judged.twice.filter(pl.col("alone") == 2).select(*ROW, "c").rows()
    keys |= {("FIG001", entity, "", line, COLUMNS[c][1], year) for entity, line, year, c in found}
    keys |= {("FIG002", entity, statement, "", "", 0) for entity, statement in _doubled(judged.twice).rows()}
    return keys | {("LNG001", "", "", what, "", 0) for what in judged.broken}


def _numbers(columns: list[pl.Series]) -> list[int]:
    """How many of each status."""
    return [sum(int((column == status).sum()) for column in columns) for status in range(len(STATUSES))]


def _doubled(twice: pl.DataFrame) -> pl.DataFrame:
    statement = pl.when(pl.col("c") < DEV2).then(pl.lit(ACCOUNTS)).otherwise(pl.lit(CARRIED)).alias("statement")
    return twice.select("entity", statement).unique()


def _facts(path: Path) -> pl.LazyFrame:
    """Every figure as one number: value in øre * 16 + number of its unit * 2 + whether it has digits below it."""
    file = pl.scan_parquet(path)
    value, unit = (pl.col(c).to_physical().cast(pl.Int64) for c in ("value", "unit"))
    units = sorted(_units(path))
    codes = pl.lit(2 * (len(units) - 1))
    for n, u in enumerate(units[:-1]):
        codes = pl.when(unit == u).then(2 * n).otherwise(codes)
    excess = (unit > 2) & (value % pl.when(unit > 0).then(unit).otherwise(1) != 0)
    names = {m: k for k, (s, m) in enumerate(COLUMNS) if (s, m) != COLUMNS[DEV2]}
    code = pl.col("measure").replace_strict(names, default=None, return_dtype=pl.Int8)
    c = pl.when((code == DEV) & (pl.col("statement") == CARRIED)).then(DEV2).otherwise(code).cast(pl.Int8).alias("c")
    return file.filter(pl.col("value").is_not_null()).select(
        *ROW, c, (value * 16 + codes + excess.cast(pl.Int64)).alias("x")
    )


def _units(path: Path) -> list[int]:
    frame = pl.scan_parquet(path).select(pl.col("unit").unique()).collect(engine="streaming")
    return [int(u * 100) for u in frame["unit"]]


def cells(path: Path) -> tuple[pl.LazyFrame, pl.LazyFrame, pl.DataFrame]:
    """The pivot (what can be used of it), the figures that stand twice in one table, and what is part of what."""
    units = sorted(_units(path))
    known = _facts(path).filter(pl.col("c").is_not_null())
    pivot = [pl.col("x").filter(pl.col("c") == k).min().alias(f"x{k}") for k in N]
    wide = known.group_by(ROW).agg(pl.len().alias("n"), *pivot).collect(engine="streaming").lazy()
    present = pl.sum_horizontal(pl.col(f"x{k}").is_not_null() for k in N)
    again = known.join(wide.filter(pl.col("n") > present).select(ROW), on=ROW, how="semi")
    x, pair = pl.col("x"), pl.col("c").is_in([DEV, DEV2])
    found = [x.min().alias("low"), x.max().alias("high"), (x & 1 == 1).any().alias("excess")]
    twice = again.group_by(*ROW, "c").agg(pl.len().alias("n"), *found).filter(pl.col("n") > 1)
    twice = twice.collect(engine="streaming").lazy()
    wrong = pl.when(pl.col("low") != pl.col("high")).then(2 ** pl.col("c").cast(pl.Int64)).otherwise(0)
    marks = [wrong.cast(pl.Int64).sum().alias("bad"), (pl.col("excess") & pair).any().alias("excess")]
    there_ = pl.sum_horizontal(pl.col(f"x{k}").is_not_null().cast(pl.Int64) * (1 << k) for k in N)
    excess = pl.any_horizontal(pl.col("excess"), *(pl.col(f"x{k}") & 1 == 1 for k in (DEV, DEV2))).fill_null(False)
    marked = wide.join(twice.group_by(ROW).agg(marks), on=ROW, how="left").with_columns(pl.col("bad").fill_null(0))
    figures = [*(_value(k) for k in N), *(_unit(k, units) for k in N)]
    cell = marked.select(*ROW, there_.alias("there"), excess.alias("excess"), *figures).collect().lazy()
    tree = pl.scan_parquet(path).select("line", "parent").unique().drop_nulls().collect(engine="streaming")
    return cell, twice, tree


def _judged(path: Path) -> Judged:
    """Everything, step by step."""
    cell, twice, tree = cells(path)
    alone = twice.join(cell.select(*ROW, "there"), on=ROW).with_columns(_alone().alias("alone")).collect()
    masks = ((1 << DEV2) - 1, (1 << len(COLUMNS)) - (1 << DEV2))
    halves = [cell.filter(pl.col("there") & mask != 0).select(pl.col("entity").n_unique()) for mask in masks]
    tables = sum(frame.item() for frame in pl.collect_all(halves))
    judged = rows(cell, tree).select(*ROW, *(e.cast(pl.Int8).alias(rule) for rule, e in statuses().items()))
    return Judged(judged.collect(), sums(cell, tree), alone, tables, _broken(path))


def _value(k: int) -> pl.Expr:
    x = pl.col(f"x{k}")
    return pl.when((x & 1 == 0) & (pl.col("bad") & (1 << k) == 0)).then((x - (x & 15)) // 16).alias(f"v{k}")


def _unit(k: int, units: list[int]) -> pl.Expr:
    code = pl.col(f"x{k}") & 14
    unit = pl.lit(units[-1])
    for n, u in enumerate(units[:-1]):
        unit = pl.when(code == 2 * n).then(u).otherwise(unit)
    return unit.alias(f"u{k}")


def _alone() -> pl.Expr:
    """What is said of a figure that stands twice in one table and in no other."""
    other = pl.col("c").is_in([DEV, DEV2]) & there(DEV) & there(DEV2)
    equal = pl.when(pl.col("excess")).then(3).when(pl.col("low") == pl.col("high")).then(0).otherwise(2)
    return pl.when(~other).then(equal)


def _broken(path: Path) -> list[str]:
    """Columns with cells that break the contract of long form."""
    from checker.recognise.longheader import contract

    columns = ("statement", "line", "measure", "value")
    file = pl.scan_parquet(path)
    blank = file.select(pl.col(c).null_count() for c in columns).collect(engine="streaming").row(0)
    words = set(file.select(pl.col("measure").unique()).collect(engine="streaming")["measure"]) - {None}
    found = {c for c, n in zip(columns, blank, strict=True) if n}
    return sorted(found | ({"measure"} if words - set(contract().choices["measure"]) else set()))
