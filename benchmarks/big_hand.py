"""How fast can exactly these rules be in DuckDB, written by hand? The yardstick of all other ways.

One GROUP BY turns ten million facts into a million rows of eleven figures, all rules look at these: the sums by adding
them up to the line they are part of, last year's by joining a row with the row before. A figure is one BIGINT: its øre,
the number of its unit, and whether it has digits below its unit. Figures that stand twice in one table (a row then has
more facts than figures) are looked up in the file again. What it takes for granted is asked first (`_granted`): units
are stated, two levels of sums, each figure of the shape in its own table. It stops at a figure that stands twice in one
table in two units.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks import big_hand_sql as sql
from benchmarks.big_shape import ACROSS, COLUMNS, STATUSES, Counts, Key

_MOST_PARTS = 63  # they are counted in six bits


def run(path: Path) -> Counts:
    """Rule -> status -> outcomes."""
    with duckdb.connect() as base:
        _prepare(base, path)
        rows = base.execute(_counts()).fetchall()
        broken = [what for what, n in _contract(base).items() if n]
    rows.append(("LNG001", 0 if broken else 1, 0, len(broken), 0))
    found = {rule: dict(sorted(zip(STATUSES, numbers, strict=True))) for rule, *numbers in sorted(rows)}
    return {rule: {s: int(n) for s, n in statuses.items() if n} for rule, statuses in found.items()}


def failed(path: Path) -> dict[Key, int | None]:
    """The key of every outcome that failed, with the size of its difference in øre, None where it has none."""
    keys = "rule, entity, statement, line, measure, year"
    with duckdb.connect() as base:
        _prepare(base, path)
        base.execute(f"CREATE TABLE wrong AS {_failed()}")
        for macro in sql.DIFFERENCES:
            base.execute(f"CREATE OR REPLACE MACRO {macro}")
        told = f"SELECT {keys}, any_value(d) AS d FROM ({_told()}) SEMI JOIN wrong USING ({keys}) GROUP BY ALL"
        rows = base.execute(f"SELECT {keys}, abs(d) FROM wrong LEFT JOIN ({told}) USING ({keys})").fetchall()
        made: dict[Key, int | None] = {tuple(row[:-1]): row[-1] if row[-1] is None else int(row[-1]) for row in rows}
        return made | {("LNG001", "", "", what, "", 0): None for what, n in _contract(base).items() if n}


def _prepare(base: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The view of the file, and the small tables: units, lines with what they are part of."""
    place = f"{path}/**/*.parquet" if path.is_dir() else str(path)
    base.execute(f"CREATE VIEW file AS FROM '{place}'")
    base.execute("SET preserve_insertion_order = false")
    units = [u for (u,) in base.execute("SELECT DISTINCT (unit * 100)::BIGINT FROM file ORDER BY ALL").fetchall()]
    base.execute("CREATE TABLE tree AS SELECT DISTINCT line, parent FROM file WHERE parent IS NOT NULL")
    first = base.execute("SELECT min(year) FROM file").fetchall()[0][0]
    _granted(base, units)
    cases = " ".join(f"WHEN {2 * n} THEN {u}::BIGINT" for n, u in enumerate(units))
    base.execute(f"CREATE MACRO unit_of(x) AS CASE x & 14 {cases} END")
    codes = " ".join(f"WHEN {u / 100} THEN {2 * n}" for n, u in enumerate(units))
    base.execute(f"CREATE MACRO unit_code(u) AS CASE u {codes} END")
    base.execute(f"CREATE MACRO first_year() AS {first}")
    for macro in sql.MACROS:
        base.execute(f"CREATE MACRO {macro}")


def _granted(base: duckdb.DuckDBPyConnection, units: list[int | None]) -> None:
    """Stop where the file is not as the statements below take it to be."""
    if None in units or len(units) > 8:
        raise ValueError("a unit is blank, or there are more than eight")
    row = base.execute(
        """SELECT (SELECT max(n) FROM (SELECT count(*) n FROM tree GROUP BY line)),
            (SELECT max(n) FROM (SELECT count(*) n FROM tree GROUP BY parent)),
            (SELECT count(*) FROM tree a JOIN tree b ON a.parent = b.line JOIN tree c ON b.parent = c.line)"""
    ).fetchall()[0]
    lines, most, deep = row
    if (lines or 1) > 1 or (most or 0) > _MOST_PARTS or deep:
        raise ValueError("a line is part of two, or lines are nested three deep")


def _counts() -> str:
    """One row per rule with the number of its outcomes of each status."""

    def numbers(*columns: str) -> str:
        return f"[{', '.join(' + '.join(f'count_if({c} = {s})' for c in columns) for s in range(len(STATUSES)))}]"

    names = ", ".join(f"'{rule}'" for rule in sql.row_rules())
    lists = ", ".join(numbers(rule) for rule in sql.row_rules())
    sums = numbers(*(f"r{k}" for k in sql.N))
    rows = [f"SELECT unnest([{names}]) AS rule, unnest([{lists}]) AS n FROM judged"]
    rows += [f"SELECT 'SUM00{n}', {sums} FROM sum{n}" for n in (1, 2)]
    rows.append(f"SELECT 'FIG001', {numbers('status')} FROM ({sql.twice()})")
    known = f"(SELECT count(*) FROM ({sql.tables()}))"
    rows.append(f"SELECT 'FIG002', [{known} - count(*), 0, count(*), 0] FROM ({sql.doubled()})")
    rows.append(f"SELECT 'UNI001', [{known}, 0, 0, 0]")
    every = " UNION ALL ".join(rows)
    return f"{sql.everything()} SELECT rule, sum(n[1]), sum(n[2]), sum(n[3]), sum(n[4]) FROM ({every}) GROUP BY rule"


def _told(value: str = "{0} AS d", where: str = "{0} IS NOT NULL") -> str:
    """What rules on rows and sums say, with the keys of what they say it of."""
    stated = {"BUD001": "korrigeret_budget", "OVF004": "overfoersel_bevilget"}
    stated |= dict.fromkeys(("DEV001", "FIG001", "OVF009"), "over_underskud")
    stated |= dict.fromkeys(("OVF001", "OVF002", "TXT024"), "overfoersel_soegt")
    stated |= dict.fromkeys(("BUD006", "BUD007"), "overfoersel_ind")
    table = {"BUD001": COLUMNS[0][0], "DEV001": COLUMNS[0][0], "OVF009": COLUMNS[-1][0]}
    asked = [(rule, "" if rule in ACROSS else table[rule], stated[rule], rule, "judged") for rule in sql.row_rules()]
    asked += [
        (f"SUM00{n}", statement, measure, f"r{number}", f"sum{n}")
        for number, (statement, measure) in enumerate(COLUMNS)
        for n in (1, 2)
    ]
    comma = ", " if value else ""
    rows = [
        f"SELECT '{rule}' AS rule, entity, '{statement}' AS statement, line, '{measure}' AS measure, year{comma}"
        f"{value.format(said)} FROM {place} WHERE {where.format(said)}"
        for rule, statement, measure, said, place in asked
    ]
    return f"{sql.everything()} {' UNION ALL '.join(rows)}"


def _failed() -> str:
    """The keys of all that failed."""
    measures = ", ".join(f"'{measure}'" for _, measure in COLUMNS)
    rows = [_told("", "{0} = 2")]
    rows.append(f"SELECT 'FIG001', entity, '', line, [{measures}][c + 1], year FROM ({sql.twice()}) WHERE status = 2")
    rows.append(f"SELECT 'FIG002', entity, statement, '', '', 0 FROM ({sql.doubled()})")
    return " UNION ALL ".join(rows)


def _contract(base: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Cells that break the contract of long form, by column; of measures the number of unknown words."""
    from checker.recognise.longheader import contract

    columns = ("statement", "line", "measure", "value", "year")
    blank = ", ".join(f"count(*) - count({c})" for c in columns[:-1])
    row = base.execute(f"SELECT {blank}, count_if(year NOT BETWEEN 1970 AND 2100) FROM file").fetchall()[0]
    words = {word for (word,) in base.execute("SELECT DISTINCT measure FROM file").fetchall()} - {None}
    found = dict(zip(columns, row, strict=True))
    return found | {"measure": found["measure"] + len(words - set(contract().choices["measure"]))}
