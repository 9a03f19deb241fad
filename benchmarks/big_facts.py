"""Files of 1e5, 1e6 or 1e7 facts in long form with planted slips, the same for the same seed.

Run with `python -m benchmarks.big_facts PATH FACTS`: a `.parquet` or `.csv` file, or a folder split by year. What the
rules must say of the slips is written beside it (`PATH` with `.planted.parquet`). The file is written by DuckDB, sorted
by entity, statement, line and year.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.big_shape import (
    ACROSS,
    CARRIED,
    CLASSES,
    COLUMNS,
    EDITS,
    EXPECTED,
    LINES,
    PER_GROUP,
    SLOTS,
    SPACING,
    TOTAL,
    UNITS,
    Counts,
    Key,
    line_names,
)

FIRST_YEAR, YEARS, KOMMUNER = 2015, 10, 98
_AT = f"""CASE place[1] WHEN 't' THEN {TOTAL} WHEN 's' THEN (place[2]::INT + 1) * {PER_GROUP + 1} - 1
    ELSE place[2]::INT * {PER_GROUP + 1} + y % 2 + 2 * (hash(e, y, $seed) % 2)::INT END"""
"""The line of a slip: every other line of the group in every other year, so that slips of two years never meet."""


@dataclass(frozen=True, slots=True)
class Planted:
    """What was written: rows, entities, and the table of what the rules must say of the slips."""

    facts: int
    entities: int
    years: int
    expected: Path

    def counts(self) -> dict[str, Counts]:
        """Kind of slip -> rule -> status (or 'absent') -> outcomes."""
        found: dict[str, Counts] = {}
        counted = f"SELECT kind, rule, status, count(*) FROM '{self.expected}' GROUP BY ALL ORDER BY ALL"
        for kind, rule, status, count in _rows(counted):
            found.setdefault(kind, {}).setdefault(rule, {})[status] = count
        return found

    def keys(self, status: str) -> set[Key]:
        """The keys of which a rule must say this."""
        chosen = f"SELECT rule, entity, statement, line, measure, year FROM '{self.expected}' WHERE status = '{status}'"
        return set(_rows(chosen))


def _rows(query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as base:
        return base.execute(query).fetchall()


def write(path: Path, facts: int, seed: int = 1, errors: bool = True, years: int = YEARS) -> Planted:
    """Write about so many facts (whole entities, at least one) to `path`: .parquet, .csv, or a folder split by year."""
    entities = max(1, round(facts / (years * LINES * len(COLUMNS))))
    given = {"entities": entities, "years": years, "seed": seed}
    with duckdb.connect() as base:
        base.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")  # joins keep the order of rows
        _tables(base)
        base.execute(f"CREATE TABLE slot AS {_slots(errors)}", given)
        base.execute(f"CREATE TABLE edit AS {_edits()}", {"years": years, "seed": seed})
        base.execute(f"CREATE TABLE wide AS {_wide()}", {"seed": seed})
        base.execute(f"CREATE TABLE figure AS {_figures(years)}")
        form = {
            ".parquet": "FORMAT parquet, COMPRESSION zstd, PRESERVE_ORDER true",
            ".csv": "FORMAT csv, DELIMITER ';', HEADER",
        }
        how = form.get(path.suffix, "FORMAT parquet, PARTITION_BY (year), OVERWRITE_OR_IGNORE")
        rows = base.execute(f"COPY ({_long()}) TO '{path}' ({how})").fetchall()[0][0]
        expected = path.with_name(path.name + ".planted.parquet")
        base.execute(f"COPY ({_expected(years, seed)}) TO '{expected}' (FORMAT parquet)")
    return Planted(rows, entities, years, expected)


def _tables(base: duckdb.DuckDBPyConnection) -> None:
    """The small tables: lines, slips and what is expected of them."""
    base.execute("CREATE TABLE line (n INT, line VARCHAR, label VARCHAR, role VARCHAR, parent VARCHAR)")
    base.executemany(
        "INSERT INTO line VALUES (?, ?, ?, ?, nullif(?, ''))", [(n, *row) for n, row in enumerate(line_names())]
    )
    base.execute(
        """CREATE TABLE edits (kind VARCHAR, slot INT, place VARCHAR, col INT, op VARCHAR, amount BIGINT,
        classes VARCHAR)"""
    )
    base.executemany("INSERT INTO edits VALUES (?, ?, ?, ?, ?, ?, ?)", EDITS)
    base.execute(
        """CREATE TABLE expects (kind VARCHAR, slot INT, rule VARCHAR, place VARCHAR, col INT, status VARCHAR,
        classes VARCHAR, later INT)"""
    )
    base.executemany("INSERT INTO expects VALUES (?, ?, ?, ?, ?, ?, ?, ?)", EXPECTED)
    columns = [(number, *column) for number, column in enumerate(COLUMNS)]
    base.execute("CREATE TABLE col (n INT, statement VARCHAR, measure VARCHAR)")
    base.executemany("INSERT INTO col VALUES (?, ?, ?)", columns)


def _slots(errors: bool) -> str:
    """Entities and years (one before the first too) with the unit of their carry-forwards and what is planted there."""
    classes = ", ".join(str(c) for c in CLASSES)
    units = ", ".join(str(u) for u in UNITS)
    turn = f"(e * $years + y + $seed) % {SPACING}"
    slot = f"CASE WHEN y >= 0 AND {turn} < {SLOTS} THEN {turn} END"
    areas = f"(($entities + {KOMMUNER - 1}) // {KOMMUNER})"
    name = f"printf('Kommune %03d · Område %03d', e // {areas} + 1, e % {areas} + 1)"
    return f"""SELECT *, lead(slot) OVER (PARTITION BY e ORDER BY y) IS NOT NULL AS next_quiet
        FROM (SELECT e::INT e, y::INT y, {name} entity, [{classes}][e % {len(CLASSES)} + 1] class,
            [{units}][class + 1] unit, {slot if errors else "NULLIF($seed, $seed)::INT"} slot
            FROM range($entities) r(e), range(-1, $years) s(y))"""


def _edits() -> str:
    """Every slip by the number of the figure it is of."""
    return f"""SELECT ((e * $years + y) * {LINES} + {_AT}) * {len(COLUMNS)} + col AS cell, kind, op, amount
        FROM slot JOIN edits USING (slot) WHERE contains(classes, class::VARCHAR)"""


def _wide() -> str:
    """The true amounts in øre: of the 20 lines by chance, of sums by adding; in a quiet year whole thousands."""

    def chance(number: int, upto: int) -> str:
        return f"(hash(e, y, leaf, {number}, $seed) % {upto})::BIGINT"

    def whole(text: str) -> str:
        return f"({text} - (({text}) % 100000 + 100000) % 100000)"

    leaves = f"""SELECT e, y, leaf, slot IS NOT NULL AS quiet,
        IF(quiet, {chance(1, 50_000)} * 100000, {chance(1, 5_000_000_000)}) AS opr,
        IF(quiet, ({chance(2, 100)} + 2) * 100000, {chance(2, 20_000_000)} - 5000000) AS til,
        IF(quiet, ({chance(3, 200)} + 20) * 100000,
            {chance(3, 30_000_000)} * IF(hash(e, y, $seed) % 3 = 0, -1, 1)) AS dev,
        IF(quiet, dev, IF(dev < 0, -(-dev * {chance(4, 101)} // 100), dev * {chance(4, 101)} // 100)) AS soe,
        IF(soe < 0, soe, soe * {chance(5, 101)} // 100) AS part,
        CASE WHEN quiet THEN ({chance(5, 18)} + 2) * 100000 WHEN next_quiet THEN {whole("part")} ELSE part END AS bev,
        lag(bev) OVER (PARTITION BY e, leaf ORDER BY y) AS ind,
        IF(quiet, ({chance(6, 100)} - 50) * 100000, {chance(6, 10_000_000)} - 5000000) AS noise
        FROM slot, range({LINES - 6}) l(leaf)"""
    return f"""WITH leaves AS ({leaves}),
        rows AS (SELECT e, y, unnest([leaf // 4 * 5 + leaf % 4, leaf // 4 * 5 + 4, {TOTAL}])::INT AS n, opr, til, ind,
            opr + til + ind AS kor, opr + til + ind - dev + noise AS forv, opr + til + ind - dev AS reg, dev, soe,
            dev - soe AS res, bev FROM leaves WHERE y >= 0)
        SELECT e, half, n, y, IF(half = 0, [opr, til, ind, kor, forv, reg, dev], [dev, soe, res, bev]) AS amounts
        FROM (SELECT e, y, n, sum(opr)::BIGINT opr, sum(til)::BIGINT til, sum(ind)::BIGINT ind, sum(kor)::BIGINT kor,
            sum(forv)::BIGINT forv, sum(reg)::BIGINT reg, sum(dev)::BIGINT dev, sum(soe)::BIGINT soe,
            sum(res)::BIGINT res, sum(bev)::BIGINT bev FROM rows GROUP BY e, y, n), range(2) h(half)"""


def _figures(years: int) -> str:
    """Every amount rounded to the unit of its table, with its slips, in the order of the file."""
    first = sum(statement != CARRIED for statement, _ in COLUMNS)
    numbers = ", ".join(str(n) for n in range(first))
    later = ", ".join(str(n) for n in range(first, len(COLUMNS)))
    return f"""WITH amounts AS (
            SELECT e, n, y, half, unnest(IF(half = 0, [{numbers}], [{later}]))::INT AS c, unnest(amounts) AS amount
            FROM wide),
        printed AS (
            SELECT e, n, y, half, c, IF(half = 0, {UNITS[0]}, unit) AS u,
                ((e * {years} + y) * {LINES} + n) * {len(COLUMNS)} + c AS cell,
                IF(u = 0, amount, sign(amount)::BIGINT * ((abs(amount) + u // 2) // greatest(u, 1)) * u) AS v
            FROM amounts JOIN slot USING (e, y)),
        slips AS (SELECT cell, op, amount FROM edit UNION ALL SELECT cell, 'again', 0 FROM edit WHERE op = 'dup')
        SELECT e, n, y, c, u, op, CASE WHEN op IN ('add', 'dup') THEN v + amount WHEN op = 'set' THEN amount
            WHEN op = 'null' THEN NULL ELSE v END AS w
        FROM printed LEFT JOIN slips USING (cell) WHERE op IS NULL OR op <> 'drop'
        ORDER BY e, half, n, y, c, w"""


def _long() -> str:
    """The rows of the file."""
    return f"""SELECT entity, statement, line, label, IF(op = 'code', 'regnskap', measure) AS measure,
            ({FIRST_YEAR} + y)::INT AS year, (w::DECIMAL(18, 0) / 100)::DECIMAL(18, 2) AS value,
            (u / 100)::DECIMAL(18, 2) AS unit, IF(measure = 'over_underskud', 'korrigeret_budget', NULL) AS basis,
            role, parent
        FROM figure JOIN slot USING (e, y) JOIN line USING (n) JOIN col ON col.n = c"""


def _expected(years: int, seed: int) -> str:
    """What the rules must say of every slip, by key."""
    across = ", ".join(f"'{rule}'" for rule in ACROSS)
    at = _AT.replace("$seed", str(seed))
    return f"""WITH said AS (SELECT *, IF(place = '', NULL, {at}) AS n FROM slot JOIN expects USING (slot)
            WHERE contains(classes, class::VARCHAR) AND y + later < {years}
                AND (rule NOT IN ('BUD006', 'BUD007') OR y + later > 0))
        SELECT DISTINCT kind, said.rule, status, entity, IF(rule IN ({across}), '', statement) AS statement,
            coalesce(line, '') AS line, IF(place = '', '', measure) AS measure,
            IF(place = '', 0, {FIRST_YEAR} + y + later)::INT AS year
        FROM said JOIN col ON col.n = col LEFT JOIN line ON line.n = said.n
        UNION ALL SELECT DISTINCT kind, 'LNG001', 'failed', '', '', IF(op = 'null', 'value', 'measure'), '', 0
        FROM edit WHERE op IN ('null', 'code')
        ORDER BY ALL"""


def main() -> None:
    """Write one file."""
    planted = write(Path(sys.argv[1]), int(float(sys.argv[2])))
    print(f"{planted.facts} facts, {planted.entities} entities, {planted.years} years")
    for kind, rules in planted.counts().items():
        print(kind, {rule: dict(statuses) for rule, statuses in rules.items()})


if __name__ == "__main__":
    main()
