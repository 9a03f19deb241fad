"""The rules of `big_polars` as expressions over the pivot. A status is a number in the order of STATUSES."""

from __future__ import annotations

import polars as pl

from benchmarks.big_shape import BEV, COLUMNS, DEV, DEV2, IND, KOR, OPR, REG, RES, SOE, TIL

N = range(len(COLUMNS))
ROW = ["entity", "line", "year"]
STATED = {"BUD001": KOR, "BUD006": IND, "BUD007": IND, "DEV001": DEV, "FIG001": DEV, "OVF001": SOE, "OVF002": SOE}
STATED |= {"OVF004": BEV, "OVF009": DEV2, "TXT024": SOE}
"""The rules that look at one line, and the column of what they are about."""


def _equal(d: pl.Expr, width: pl.Expr) -> pl.Expr:
    return pl.when(d.is_null()).then(3).when(d == 0).then(0).when(2 * d.abs() <= width).then(1).otherwise(2)


def _at_most(d: pl.Expr, low: pl.Expr) -> pl.Expr:
    return pl.when(d.is_null()).then(3).when(d <= 0).then(0).when(low <= 0).then(1).otherwise(2)


def there(k: int) -> pl.Expr:
    return pl.col("there") & (1 << k) != 0


def _v(k: int, of: str = "") -> pl.Expr:
    return pl.col(f"{of}v{k}")


def _u(k: int, of: str = "") -> pl.Expr:
    return pl.col(f"{of}u{k}")


def rows(cell: pl.LazyFrame, tree: pl.DataFrame) -> pl.LazyFrame:
    """A row with what all tables know of its deviation, and last year's figures."""
    same = pl.when(_u(DEV) == _u(DEV2)).then(_v(DEV) != _v(DEV2))
    apart = same.otherwise(2 * (_v(DEV) - _v(DEV2)).abs() > _u(DEV) + _u(DEV2)).fill_null(False)
    lost = (there(DEV) & _v(DEV).is_null()) | (there(DEV2) & _v(DEV2).is_null())
    finer = _v(DEV2).is_null() | ((_u(DEV) < _u(DEV2)) & _v(DEV).is_not_null())
    dev = pl.when(lost | (there(DEV) & there(DEV2) & apart)).then(None).when(finer).then(_v(DEV)).otherwise(_v(DEV2))
    low = pl.max_horizontal(2 * _v(k) - pl.when(_v(k).is_not_null()).then(_u(k)) for k in (DEV, DEV2))
    high = pl.min_horizontal(2 * _v(k) + pl.when(_v(k).is_not_null()).then(_u(k)) for k in (DEV, DEV2))
    before = cell.select(
        "entity",
        "line",
        pl.col("year") + 1,
        *(c(k).alias(f"p{n}{k}") for k in (SOE, BEV) for n, c in (("v", _v), ("u", _u))),
    )
    row = cell.with_columns(
        dev.alias("dev"),
        low.alias("low"),
        high.alias("high"),
        (~pl.col("line").is_in(tree["parent"].to_list())).alias("leaf"),
    )
    return row.join(before, on=ROW, how="left").with_columns((pl.col("year") > pl.col("year").min()).alias("later"))


def _stated_twice(one: tuple[pl.Expr, pl.Expr], other: tuple[pl.Expr, pl.Expr]) -> pl.Expr:
    """Two statements of one figure: equal in one unit, else intervals that meet."""
    (v, u), (w, t) = one, other
    return pl.when(u == t).then(pl.when(v == w).then(0).otherwise(2)).otherwise(_equal(v - w, u + t))


def statuses() -> dict[str, pl.Expr]:
    """The rules that look at one line, over `rows`."""
    part = {k: pl.when(there(k)).then(_v(k)).otherwise(0) for k in (TIL, IND)}
    width = {k: pl.when(there(k)).then(_u(k)).otherwise(0) for k in (TIL, IND)}
    some = pl.sum_horizontal(there(k) for k in (OPR, TIL, IND)) > 1
    budget = _equal(_v(OPR) + part[TIL] + part[IND] - _v(KOR), _u(OPR) + width[TIL] + width[IND] + _u(KOR))
    opened = _stated_twice((_v(IND), _u(IND)), (_v(BEV, "p"), _u(BEV, "p")))
    opened = pl.when(_v(IND).is_null() | _v(BEV, "p").is_null()).then(3).otherwise(opened)
    sought = _v(IND) - _v(SOE, "p")
    positive = pl.max_horizontal(pl.col("dev"), 0)
    surplus = _at_most(_v(SOE) - positive, 2 * _v(SOE) - _u(SOE) - pl.max_horizontal(pl.col("high"), 0))
    surplus = pl.when(pl.col("dev").is_null()).then(3).otherwise(surplus)
    deficit = _at_most(
        pl.min_horizontal(pl.col("dev"), 0) - _v(SOE), pl.min_horizontal(pl.col("low"), 0) - 2 * _v(SOE) - _u(SOE)
    )
    granted = _at_most(
        _v(BEV) - pl.max_horizontal(_v(SOE), 0), 2 * _v(BEV) - _u(BEV) - pl.max_horizontal(2 * _v(SOE) + _u(SOE), 0)
    )
    leaf, same = pl.col("leaf"), _stated_twice((_v(DEV), _u(DEV)), (_v(DEV2), _u(DEV2)))
    same = pl.when(pl.col("excess")).then(3).when(_v(DEV).is_null() | _v(DEV2).is_null()).then(2).otherwise(same)
    return {
        "BUD001": pl.when(there(KOR) | some).then(budget),
        "BUD006": pl.when(there(IND) & pl.col("later")).then(opened),
        "BUD007": pl.when(there(IND) & pl.col("later") & leaf).then(
            _at_most(sought, 2 * sought - _u(IND) - _u(SOE, "p"))
        ),
        "DEV001": pl.when(there(DEV) | (there(KOR) & there(REG))).then(
            _equal(_v(KOR) - _v(REG) - _v(DEV), _u(KOR) + _u(REG) + _u(DEV))
        ),
        "FIG001": pl.when(there(DEV) & there(DEV2)).then(same),
        "OVF001": pl.when(there(SOE) & leaf).then(surplus),
        "OVF002": pl.when(there(SOE) & leaf).then(pl.when(pl.col("dev").is_null()).then(3).otherwise(deficit)),
        "OVF004": pl.when(there(BEV) & leaf).then(pl.when(_v(SOE).is_null()).then(3).otherwise(granted)),
        "OVF009": pl.when(there(DEV2) | (there(SOE) & there(RES))).then(
            _equal(_v(SOE) + _v(RES) - _v(DEV2), _u(SOE) + _u(RES) + _u(DEV2))
        ),
        "TXT024": pl.when(there(SOE) & ~leaf).then(surplus),
    }


def sums(cell: pl.LazyFrame, tree: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The rules on sums: of the parts of a line, and of the lines at the bottom below it."""
    pairs = tree.lazy()
    at = [_v(k).sum().alias(f"s{k}") for k in N]
    at += [_v(k).count().alias(f"n{k}") for k in N] + [there(k).sum().alias(f"t{k}") for k in N]
    at += [pl.when(_v(k).is_not_null()).then(_u(k)).sum().alias(f"w{k}") for k in N]
    added = (
        cell.join(pairs, on="line").group_by("entity", "year", pl.col("parent").alias("line")).agg(at).collect().lazy()
    )
    again = [pl.col(f"{c}{k}").sum() for c in "sntw" for k in N]
    lowest = added.join(pairs, on="line").group_by("entity", "year", pl.col("parent").alias("line")).agg(again)
    parts = pairs.group_by(pl.col("parent").alias("line")).agg(pl.len().alias("parts"))
    below = (
        pairs.join(pairs, left_on="parent", right_on="line")
        .group_by(pl.col("parent_right").alias("line"))
        .agg(pl.len().alias("parts"))
    )
    whole = cell.select(*ROW, pl.col("there").fill_null(0), *(c(k) for k in N for c in (_v, _u)))
    statuses = [_of_sum(k).cast(pl.Int8).alias(f"r{k}") for k in N]
    made = {"SUM001": (added, parts), "SUM002": (lowest, below)}
    return {
        rule: frame.join(count, on="line").join(whole, on=ROW, how="left").select(*ROW, *statuses).collect()
        for rule, (frame, count) in made.items()
    }


def _of_sum(k: int) -> pl.Expr:
    parts = pl.col("parts")
    short = _v(k).is_null() | (pl.col(f"n{k}") < parts)
    there = (pl.col("there").fill_null(0) & (1 << k)) != 0
    missing = pl.when(pl.col(f"t{k}") > 1).then(3)
    held = pl.when(short).then(3).otherwise(_equal(pl.col(f"s{k}") - _v(k), pl.col(f"w{k}") + _u(k)))
    return pl.when(there).then(held).otherwise(missing)
