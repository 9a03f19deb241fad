"""What do the big files of facts look like, which slips are planted in them, and what must every rule say of each?

Lines: 20 in five groups of four, the five subtotals, the total. Columns: seven in a table of accounts, four in a table
of carry-forwards that states the deviation again. Amounts are in øre. A slip stands at `l0` (a line of group 0), `s0`
(the subtotal of group 0) or `t` (the total) of one entity and year; entity-years with slips are free of rounding, so
that what every rule says of them is known beforehand.
"""

from __future__ import annotations

from typing import NamedTuple

ACCOUNTS, CARRIED = "Regnskab", "Overførsler"
COLUMNS = (
    (ACCOUNTS, "oprindeligt_budget"),
    (ACCOUNTS, "tillaegsbevilling"),
    (ACCOUNTS, "overfoersel_ind"),
    (ACCOUNTS, "korrigeret_budget"),
    (ACCOUNTS, "forventet_regnskab"),
    (ACCOUNTS, "regnskab"),
    (ACCOUNTS, "over_underskud"),
    (CARRIED, "over_underskud"),
    (CARRIED, "overfoersel_soegt"),
    (CARRIED, "rest_efter_overfoersel"),
    (CARRIED, "overfoersel_bevilget"),
)
OPR, TIL, IND, KOR, FOR, REG, DEV, DEV2, SOE, RES, BEV = range(len(COLUMNS))
GROUPS, PER_GROUP = 5, 4
LINES = GROUPS * (PER_GROUP + 1) + 1
TOTAL = LINES - 1
UNITS = (100_000, 100, 0)
"""Units (øre) of the table of carry-forwards, by class of entity; the accounts are always in 1.000 kr."""
CLASSES = (0, 1, 0, 2, 0, 0, 1, 0, 0, 0)
"""Class of the unit of every tenth entity."""
SPACING = 17
"""Every slip is planted in one of so many entity-years."""

PASSED, ROUNDING, FAILED, NOT_EVALUATED = "passed", "passed_rounding", "failed", "not_evaluated"
STATUSES = (PASSED, ROUNDING, FAILED, NOT_EVALUATED)
ABSENT = "absent"  # the rule has nothing to say, where it else would
ACROSS = ("BUD006", "BUD007", "FIG001", "OVF001", "OVF002", "OVF004", "TXT024")
"""Rules that take the best known figures of all statements: their outcomes name none."""
RULES = (
    *("BUD001", "BUD006", "BUD007", "DEV001", "FIG001", "FIG002", "LNG001"),
    *("OVF001", "OVF002", "OVF004", "OVF009", "SUM001", "SUM002", "TXT024", "UNI001"),
)
"""The shipped rules that speak of these figures."""
Key = tuple[str, str, str, str, str, int]
"""Rule, entity, statement ('' where it is about all), line, measure, year (0 where it is about all)."""
Counts = dict[str, dict[str, int]]
"""Rule -> status -> outcomes."""


class Edit(NamedTuple):
    """`op`: add, set, drop, null, code (an unknown measure), dup (the row again with `amount` added)."""

    kind: str
    slot: int
    place: str
    column: int
    op: str
    amount: int = 0
    classes: str = "012"


class Expect(NamedTuple):
    """`column` is that of the outcome's measure; `place` '' is the whole statement; `later` counts years."""

    kind: str
    slot: int
    rule: str
    place: str
    column: int
    status: str
    classes: str = "012"
    later: int = 0


KR = 100
THOUSAND, MILLION = 1_000 * KR, 1_000_000 * KR


def line_names() -> list[tuple[str, str, str, str]]:
    """Line, label, role and parent of every line in the order they stand in."""
    rows: list[tuple[str, str, str, str]] = []
    for group in range(1, GROUPS + 1):
        rows += [(f"{group}.{letter}", f"Post {group}.{letter}", "line", f"{group}") for letter in "abcd"]
        rows.append((f"{group}", f"Område {group}", "subtotal", "i alt"))
    return [*rows, ("i alt", "I alt", "total", "")]


EDITS = (
    Edit("at_bound", 0, "l0", OPR, "add", THOUSAND),
    Edit("at_bound", 0, "l0", KOR, "add", -THOUSAND),
    Edit("past_bound", 0, "l1", OPR, "add", 2 * THOUSAND),
    Edit("past_bound", 0, "l1", TIL, "add", THOUSAND),
    Edit("at_bound", 0, "t", FOR, "add", 3 * THOUSAND),
    Edit("gross", 0, "l3", SOE, "set", -MILLION),
    Edit("past_bound", 1, "t", FOR, "add", 4 * THOUSAND),
    *(Edit("at_bound", 1, "l0", SOE, "add", UNITS[c], str(c)) for c in (0, 1)),
    *(Edit("past_bound", 1, "l1", SOE, "add", 2 * UNITS[c], str(c)) for c in (0, 1)),
    *(Edit("past_bound", 1, "l1", RES, "add", -UNITS[c], str(c)) for c in (0, 1)),
    Edit("past_bound", 1, "l0", SOE, "add", 1, "2"),
    Edit("past_bound", 1, "l0", RES, "add", -1, "2"),
    *(Edit("precision_agrees", 2, p, c, "add", 500 * KR, "12") for p in ("l0", "s0", "t") for c in (DEV2, RES)),
    *(Edit("one_unit_apart", 3, p, c, "add", THOUSAND, "0") for p in ("l0", "s0", "t") for c in (DEV2, RES)),
    *(Edit("precision_disagrees", 3, p, c, "add", 501 * KR, "1") for p in ("l0", "s0", "t") for c in (DEV2, RES)),
    *(Edit("precision_disagrees", 3, p, c, "add", 500 * KR + 1, "2") for p in ("l0", "s0", "t") for c in (DEV2, RES)),
    Edit("missing", 4, "l0", REG, "drop"),
    Edit("missing", 4, "l1", TIL, "drop"),
    Edit("missing", 4, "l2", BEV, "drop"),
    Edit("missing", 4, "t", OPR, "drop"),
    Edit("null", 5, "l0", DEV, "null"),
    Edit("null", 5, "l1", SOE, "null"),
    Edit("unknown_measure", 5, "l2", REG, "code"),
    Edit("duplicate", 6, "l0", REG, "dup"),
    Edit("duplicate", 6, "l2", DEV2, "dup"),
    Edit("conflict", 6, "l1", OPR, "dup", 7 * THOUSAND),
    Edit("excess_digits", 7, "l0", KOR, "add", 123 * KR),
    Edit("excess_digits", 7, "l1", DEV, "add", 123 * KR + 45),
    Edit("gross", 8, "l0", REG, "add", MILLION),
    Edit("gross", 8, "l1", TIL, "add", MILLION),
    Edit("gross", 8, "l2", SOE, "add", MILLION),
    Edit("gross", 8, "l3", IND, "add", MILLION),
    Edit("gross", 8, "l4", BEV, "add", MILLION),
)
SLOTS = 1 + max(edit.slot for edit in EDITS)


def _sums(
    kind: str, slot: int, group: int, column: int, status: str, top: str = "", classes: str = "012"
) -> list[Expect]:
    """What the two rules on sums say of a column where a line of a group is off."""
    return [
        Expect(kind, slot, "SUM001", f"s{group}", column, status, classes),
        Expect(kind, slot, "SUM002", "t", column, top or status, classes),
    ]


EXPECTED = (
    Expect("at_bound", 0, "BUD001", "l0", KOR, ROUNDING),
    Expect("at_bound", 0, "DEV001", "l0", DEV, ROUNDING),
    *_sums("at_bound", 0, 0, KOR, ROUNDING),
    Expect("at_bound", 0, "SUM001", "s0", OPR, ROUNDING),
    Expect("past_bound", 0, "BUD001", "l1", KOR, FAILED),
    *_sums("past_bound", 0, 1, OPR, ROUNDING),
    *_sums("past_bound", 0, 1, TIL, ROUNDING),
    Expect("at_bound", 0, "SUM001", "t", FOR, ROUNDING),
    Expect("at_bound", 0, "SUM002", "t", FOR, ROUNDING),
    Expect("gross", 0, "OVF002", "l3", SOE, FAILED),
    Expect("gross", 0, "OVF004", "l3", BEV, FAILED),
    Expect("gross", 0, "OVF009", "l3", DEV2, FAILED),
    Expect("gross", 0, "BUD007", "l3", IND, FAILED, later=1),
    *_sums("gross", 0, 3, SOE, FAILED),
    Expect("past_bound", 1, "SUM001", "t", FOR, FAILED),
    Expect("past_bound", 1, "SUM002", "t", FOR, ROUNDING),
    Expect("at_bound", 1, "OVF001", "l0", SOE, ROUNDING, "01"),
    Expect("at_bound", 1, "OVF009", "l0", DEV2, ROUNDING, "01"),
    *_sums("at_bound", 1, 0, SOE, ROUNDING, classes="01"),
    Expect("past_bound", 1, "OVF001", "l1", SOE, FAILED, "01"),
    Expect("past_bound", 1, "OVF009", "l1", DEV2, ROUNDING, "01"),
    Expect("past_bound", 1, "SUM001", "s1", SOE, ROUNDING, "01"),
    *_sums("past_bound", 1, 1, RES, ROUNDING, classes="01"),
    Expect("past_bound", 1, "OVF001", "l0", SOE, FAILED, "2"),
    *_sums("past_bound", 1, 0, SOE, FAILED, classes="2"),
    *_sums("past_bound", 1, 0, RES, FAILED, classes="2"),
    *(Expect("precision_agrees", 2, "FIG001", p, DEV2, ROUNDING, "12") for p in ("l0", "s0", "t")),
    *(Expect("one_unit_apart", 3, "FIG001", p, DEV2, FAILED, "0") for p in ("l0", "s0", "t")),
    *(Expect("one_unit_apart", 3, rule, "l0", SOE, NOT_EVALUATED, "0") for rule in ("OVF001", "OVF002")),
    *(Expect("one_unit_apart", 3, "TXT024", p, SOE, NOT_EVALUATED, "0") for p in ("s0", "t")),
    *(Expect("precision_disagrees", 3, "FIG001", p, DEV2, FAILED, "12") for p in ("l0", "s0", "t")),
    *(Expect("precision_disagrees", 3, rule, "l0", SOE, NOT_EVALUATED, "12") for rule in ("OVF001", "OVF002")),
    *(Expect("precision_disagrees", 3, "TXT024", p, SOE, NOT_EVALUATED, "12") for p in ("s0", "t")),
    Expect("missing", 4, "DEV001", "l0", DEV, NOT_EVALUATED),
    *_sums("missing", 4, 0, REG, NOT_EVALUATED),
    Expect("missing", 4, "BUD001", "l1", KOR, FAILED),  # a step that is not there counts as zero
    *_sums("missing", 4, 1, TIL, NOT_EVALUATED),
    Expect("missing", 4, "OVF004", "l2", BEV, ABSENT),
    Expect("missing", 4, "BUD006", "l2", IND, NOT_EVALUATED, later=1),
    *_sums("missing", 4, 2, BEV, NOT_EVALUATED),
    *(Expect("missing", 4, rule, "t", OPR, NOT_EVALUATED) for rule in ("SUM001", "SUM002")),
    Expect("missing", 4, "BUD001", "t", KOR, NOT_EVALUATED),
    Expect("null", 5, "DEV001", "l0", DEV, NOT_EVALUATED),
    Expect("null", 5, "FIG001", "l0", DEV, ABSENT),
    *_sums("null", 5, 0, DEV, NOT_EVALUATED),
    *(Expect("null", 5, rule, "l1", SOE, ABSENT) for rule in ("OVF001", "OVF002")),
    Expect("null", 5, "OVF004", "l1", BEV, NOT_EVALUATED),
    Expect("null", 5, "OVF009", "l1", DEV2, NOT_EVALUATED),
    Expect("null", 5, "BUD007", "l1", IND, NOT_EVALUATED, later=1),
    *_sums("null", 5, 1, SOE, NOT_EVALUATED),
    Expect("unknown_measure", 5, "DEV001", "l2", DEV, NOT_EVALUATED),
    *_sums("unknown_measure", 5, 2, REG, NOT_EVALUATED),
    Expect("duplicate", 6, "FIG001", "l0", REG, PASSED),
    *(Expect("duplicate", 6, "FIG002", "", column, FAILED) for column in (REG, DEV2)),
    Expect("conflict", 6, "FIG001", "l1", OPR, FAILED),
    Expect("conflict", 6, "BUD001", "l1", KOR, NOT_EVALUATED),
    *_sums("conflict", 6, 1, OPR, NOT_EVALUATED),
    Expect("excess_digits", 7, "BUD001", "l0", KOR, NOT_EVALUATED),
    Expect("excess_digits", 7, "DEV001", "l0", DEV, NOT_EVALUATED),
    *_sums("excess_digits", 7, 0, KOR, NOT_EVALUATED),
    Expect("excess_digits", 7, "FIG001", "l1", DEV, NOT_EVALUATED),
    Expect("excess_digits", 7, "DEV001", "l1", DEV, NOT_EVALUATED),
    *(Expect("excess_digits", 7, rule, "l1", SOE, NOT_EVALUATED) for rule in ("OVF001", "OVF002")),
    *_sums("excess_digits", 7, 1, DEV, NOT_EVALUATED),
    Expect("gross", 8, "DEV001", "l0", DEV, FAILED),
    *_sums("gross", 8, 0, REG, FAILED),
    Expect("gross", 8, "BUD001", "l1", KOR, FAILED),
    *_sums("gross", 8, 1, TIL, FAILED),
    Expect("gross", 8, "OVF001", "l2", SOE, FAILED),
    Expect("gross", 8, "OVF009", "l2", DEV2, FAILED),
    *_sums("gross", 8, 2, SOE, FAILED),
    Expect("gross", 8, "BUD001", "l3", KOR, FAILED),
    Expect("gross", 8, "BUD006", "l3", IND, FAILED),
    Expect("gross", 8, "BUD007", "l3", IND, FAILED),
    *_sums("gross", 8, 3, IND, FAILED),
    Expect("gross", 8, "OVF004", "l4", BEV, FAILED),
    Expect("gross", 8, "BUD006", "l4", IND, FAILED, later=1),
    *_sums("gross", 8, 4, BEV, FAILED),
)
"""What the rules say of the slips. All else in the same entity and year holds exactly."""
