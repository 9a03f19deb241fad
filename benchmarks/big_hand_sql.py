"""The statements of `big_hand`: one common table after the other, from the file to the status of every outcome.

A status is a number in the order of STATUSES; NULL where a rule has nothing to say.
"""

from __future__ import annotations

from benchmarks.big_shape import (
    ACCOUNTS,
    BEV,
    CARRIED,
    COLUMNS,
    DEV,
    DEV2,
    IND,
    KOR,
    OPR,
    REG,
    RES,
    SOE,
    TIL,
)

N = range(len(COLUMNS))
WIDTH = 16
"""A figure is value * 16 + number of the unit * 2 + whether it has digits below its unit."""
MACROS = (
    f"value_of(x) AS (x - (x & 15)) // {WIDTH}",
    "equal(d, w) AS CASE WHEN d IS NULL THEN 3 WHEN d = 0 THEN 0 WHEN 2 * abs(d) <= w THEN 1 ELSE 2 END",
    "at_most(d, low) AS CASE WHEN d IS NULL THEN 3 WHEN d <= 0 THEN 0 WHEN low <= 0 THEN 1 ELSE 2 END",
    "differ(v, w) AS IF(v = w, 0, 2)",
)
DIFFERENCES = ("equal(d, w) AS d", "at_most(d, low) AS d", "differ(v, w) AS v - w")
"""In place of the last three: the statements then give differences in øre where they gave a status."""


def _there(k: int) -> str:
    return f"(there & {1 << k} <> 0)"


def _v(k: int, of: str = "") -> str:
    return f"{of}v{k}"


def _u(k: int, of: str = "") -> str:
    return f"{of}u{k}"


def figures() -> str:
    """Common tables: `facts`, `wide` (the pivot), `twice` (figures that stand twice), `cell` (what can be used)."""
    code = " ".join(
        f"WHEN '{m}' THEN {k}"
        if m != "over_underskud"
        else f"WHEN '{m}' THEN IF(statement = '{ACCOUNTS}', {DEV}, {DEV2})"
        for k, (_, m) in enumerate(COLUMNS)
        if k != DEV2
    )
    pivot = ", ".join(f"min(x) FILTER (WHERE c = {k}) AS x{k}" for k in N)
    there = " + ".join(f"(x{k} IS NOT NULL)::INT * {1 << k}" for k in N)
    present = " + ".join(f"(x{k} IS NOT NULL)::INT" for k in N)
    usable = ", ".join(
        f"IF(x{k} & 1 = 0 AND (bad IS NULL OR bad & {1 << k} = 0), value_of(x{k}), NULL) AS v{k}, unit_of(x{k}) AS u{k}"
        for k in N
    )
    return f"""facts AS (
        SELECT entity, line, year, CASE measure {code} END AS c, (value * 100)::BIGINT * {WIDTH} + unit_code(unit)
            + IF(unit > 0.02 AND value % greatest(unit, 0.01) <> 0, 1, 0) AS x FROM file WHERE value IS NOT NULL),
    wide AS MATERIALIZED (
        SELECT entity, line, year, count(*) AS n, {pivot} FROM facts WHERE c IS NOT NULL GROUP BY ALL),
    twice AS MATERIALIZED (
        SELECT entity, line, year, c, min(x) AS low, max(x) AS high, bool_or(x & 1 = 1) AS excess,
            IF(min(x & 14) = max(x & 14), false, error('stated twice in two units')) AS units
        FROM facts SEMI JOIN (SELECT entity, line, year FROM wide WHERE n > {present}) w USING (entity, line, year)
        WHERE c IS NOT NULL GROUP BY ALL HAVING count(*) > 1),
    marks AS (SELECT entity, line, year, bit_or(IF(low <> high, 1 << c, 0)) AS bad,
        bool_or(excess AND c IN ({DEV}, {DEV2})) AS excess FROM twice GROUP BY ALL),
    cell AS MATERIALIZED (
        SELECT entity, line, year, {there} AS there, {usable},
            coalesce(m.excess, false) OR coalesce(x{DEV} & 1 = 1, false) OR coalesce(x{DEV2} & 1 = 1, false) AS excess
        FROM wide LEFT JOIN marks m USING (entity, line, year))"""


def _stated_twice(one: tuple[str, str], other: tuple[str, str]) -> str:
    """Two statements of one figure: equal in one unit, else intervals that meet."""
    (v, u), (w, t) = one, other
    return f"IF({u} = {t}, differ({v}, {w}), equal({v} - {w}, {u} + {t}))"


def row_rules() -> dict[str, str]:
    """The status of every rule that looks at one line, as SQL over a row of `known` and last year's."""
    part = {k: f"IF({_there(k)}, {_v(k)}, 0)" for k in (TIL, IND)}
    width = {k: f"IF({_there(k)}, {_u(k)}, 0)" for k in (TIL, IND)}
    budget = (
        f"equal({_v(OPR)} + {part[TIL]} + {part[IND]} - {_v(KOR)}, {_u(OPR)} + {width[TIL]} + {width[IND]} + {_u(KOR)})"
    )
    some = "(there & {0} IN ({1}))"
    ends = (1 << OPR) + (1 << TIL) + (1 << IND)
    two = [n for n in range(1, ends + 1) if n & ends == n and n.bit_count() > 1]
    deviation = f"equal({_v(KOR)} - {_v(REG)} - {_v(DEV)}, {_u(KOR)} + {_u(REG)} + {_u(DEV)})"
    carried = f"equal({_v(SOE)} + {_v(RES)} - {_v(DEV2)}, {_u(SOE)} + {_u(RES)} + {_u(DEV2)})"
    same = _stated_twice((_v(DEV), _u(DEV)), (_v(DEV2), _u(DEV2)))
    surplus = f"at_most({_v(SOE)} - greatest(dev, 0), 2 * {_v(SOE)} - {_u(SOE)} - greatest(high, 0))"
    surplus = f"IF({_there(SOE)}, IF(dev IS NULL, 3, {surplus}), NULL)"
    deficit = f"at_most(least(dev, 0) - {_v(SOE)}, least(low, 0) - 2 * {_v(SOE)} - {_u(SOE)})"
    most = f"greatest(2 * {_v(SOE)} + {_u(SOE)}, 0)"
    granted = f"at_most({_v(BEV)} - greatest({_v(SOE)}, 0), 2 * {_v(BEV)} - {_u(BEV)} - {most})"
    opened = _stated_twice((_v(IND), _u(IND)), (_v(BEV, "p"), _u(BEV, "p")))
    sought = f"at_most({_v(IND)} - {_v(SOE, 'p')}, 2 * ({_v(IND)} - {_v(SOE, 'p')}) - {_u(IND)} - {_u(SOE, 'p')})"
    later = f"{_there(IND)} AND year > first_year()"
    return {
        "BUD001": f"""CASE WHEN {_there(KOR)} OR {some.format(ends, ", ".join(map(str, two)))} THEN
            CASE WHEN v{OPR} IS NULL OR v{KOR} IS NULL OR ({_there(TIL)} AND v{TIL} IS NULL)
                OR ({_there(IND)} AND v{IND} IS NULL) THEN 3 ELSE {budget} END END""",
        "BUD006": f"IF({later}, IF(v{IND} IS NULL OR pv{BEV} IS NULL, 3, {opened}), NULL)",
        "BUD007": f"IF({later} AND leaf, {sought}, NULL)",
        "DEV001": f"IF({_there(DEV)} OR ({_there(KOR)} AND {_there(REG)}), {deviation}, NULL)",
        "FIG001": f"""IF({_there(DEV)} AND {_there(DEV2)}, CASE WHEN cell.excess THEN 3
            WHEN v{DEV} IS NULL OR v{DEV2} IS NULL THEN 2 ELSE {same} END, NULL)""",
        "OVF001": f"IF(leaf, {surplus}, NULL)",
        "OVF002": f"IF(leaf AND {_there(SOE)}, IF(dev IS NULL, 3, {deficit}), NULL)",
        "OVF004": f"IF(leaf AND {_there(BEV)}, IF(v{SOE} IS NULL, 3, {granted}), NULL)",
        "OVF009": f"IF({_there(DEV2)} OR ({_there(SOE)} AND {_there(RES)}), {carried}, NULL)",
        "TXT024": f"IF(leaf, NULL, {surplus})",
    }


def known() -> str:
    """Common table `known`: a row with what all tables know of its deviation; and `before`, last year's."""
    last = ", ".join(f"{letter}{k} AS p{letter}{k}" for k in (SOE, BEV) for letter in "vu")
    both, a, b = f"{_there(DEV)} AND {_there(DEV2)}", f"v{DEV}", f"v{DEV2}"
    apart = f"IF({_u(DEV)} = {_u(DEV2)}, {a} - {b} <> 0, 2 * abs({_v(DEV)} - {_v(DEV2)}) > {_u(DEV)} + {_u(DEV2)})"
    return f"""known AS (
        SELECT cell.*, line NOT IN (SELECT parent FROM tree) AS leaf,
            CASE WHEN ({_there(DEV)} AND {a} IS NULL) OR ({_there(DEV2)} AND {b} IS NULL) THEN NULL
                WHEN {both} AND {apart} THEN NULL
                WHEN {b} IS NULL OR {_u(DEV)} < {_u(DEV2)} THEN {_v(DEV)} ELSE {_v(DEV2)} END AS dev,
            greatest(2 * {_v(DEV)} - {_u(DEV)}, 2 * {_v(DEV2)} - {_u(DEV2)}) AS low,
            least(2 * {_v(DEV)} + {_u(DEV)}, 2 * {_v(DEV2)} + {_u(DEV2)}) AS high
        FROM cell),
    before AS (SELECT entity, line, year + 1 AS year, {last} FROM cell)"""


def judged() -> str:
    """Common table `judged`: the status of every rule on one line."""
    statuses = ", ".join(f"{status} AS {rule}" for rule, status in row_rules().items())
    return f"""judged AS (SELECT cell.entity, cell.line, cell.year, {statuses}
        FROM known cell LEFT JOIN before USING (entity, line, year))"""


def sums() -> str:
    """Common tables `sum1` and `sum2`: the status of every sum, of its parts and of the lines at the bottom.

    The parts are counted in the low bits of one number: 6 that are there, 6 that can be used, then the units.
    """
    added = ", ".join(
        f"sum({_v(k)}) AS s{k}, sum(IF(v{k} IS NULL, 0, ({_u(k)} << 12) + 64) + (there >> {k} & 1))::BIGINT AS n{k}"
        for k in N
    )
    again = ", ".join(f"sum(s{k}) AS s{k}, sum(n{k})::BIGINT AS n{k}" for k in N)

    def status(k: int) -> str:
        whole, parts = f"({_v(k, 't.')})", f"(n{k} & 63)"
        bound = f"(n{k} >> 12) + {_u(k, 't.')}"
        return f"""CASE WHEN coalesce(t.there & {1 << k}, 0) = 0 THEN IF({parts} > 1, 3, NULL)
            WHEN t.v{k} IS NULL OR (n{k} >> 6 & 63) < parts OR {parts} < parts THEN 3
            ELSE equal(s{k} - {whole}, {bound}) END AS r{k}"""

    statuses = ", ".join(status(k) for k in N)
    return f"""added AS MATERIALIZED (
        SELECT entity, year, parent AS line, {added} FROM cell JOIN tree USING (line) GROUP BY entity, year, parent),
    lowest AS (SELECT entity, year, tree.parent AS line, {again} FROM added JOIN tree USING (line) GROUP BY ALL),
    parts AS (SELECT parent AS line, count(*) AS parts FROM tree GROUP BY ALL),
    leaves AS (SELECT b.parent AS line, count(*) AS parts FROM tree a JOIN tree b ON a.parent = b.line GROUP BY ALL),
    sum1 AS (SELECT entity, line, year, {statuses} FROM added JOIN parts USING (line)
        LEFT JOIN cell t USING (entity, line, year)),
    sum2 AS (SELECT entity, line, year, {statuses} FROM lowest JOIN leaves USING (line)
        LEFT JOIN cell t USING (entity, line, year))"""


def everything() -> str:
    """All common tables."""
    return f"WITH {figures()}, {known()}, {judged()}, {sums()}"


def twice() -> str:
    """Figures that stand twice in one table and in no other: what the rule on equal figures says of them."""
    return f"""SELECT entity, line, year, c, CASE WHEN excess THEN 3 WHEN low = high THEN 0 ELSE 2 END AS status
        FROM twice WHERE c NOT IN ({DEV}, {DEV2}) OR NOT EXISTS (FROM cell WHERE cell.entity = twice.entity
            AND cell.line = twice.line AND cell.year = twice.year AND {_there(DEV)} AND {_there(DEV2)})"""


def doubled() -> str:
    """Tables in which a figure stands twice."""
    return f"SELECT DISTINCT entity, IF(c < {DEV2}, '{ACCOUNTS}', '{CARRIED}') AS statement FROM twice"


def tables() -> str:
    """Tables that have figures."""
    masks = ((ACCOUNTS, (1 << DEV2) - 1), (CARRIED, -(1 << DEV2)))
    return " UNION ALL ".join(
        f"SELECT DISTINCT entity, '{s}' AS statement FROM cell WHERE there & {m} <> 0" for s, m in masks
    )
