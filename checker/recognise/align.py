"""Where do the cells of a row belong that has fewer cells than its table?"""

from __future__ import annotations

from checker.amounts.numbers import is_zero_dash
from checker.amounts.units import looks_like_figure, split_unit
from checker.recognise.words import plain

FIGURE, TEXT, BLANK = "figure", "text", "blank"


def kind_of(text: str) -> str:
    """What a cell looks like: blank, text, or a figure with its decimals and per cent sign."""
    text = plain(text)
    if not text:
        return BLANK
    if not looks_like_figure(text):
        return TEXT
    digits, unit, _ = split_unit(text)
    if is_zero_dash(digits):
        return FIGURE
    return f"{FIGURE}{'%' if unit == 'percent' else ''}{len(digits.rpartition(',')[2]) if ',' in digits else 0}"


def place_cells(cells: list[str], width: int, full: list[list[str]]) -> tuple[list[str], str]:
    """The row padded to `width`, and how: 'ok', 'realigned', or 'unreadable' where two places fit equally well.

    Missing cells are put where the row then looks most like the full rows, column by column (figure, text or
    blank); the figures themselves are not compared. A row of nothing but a label is a heading and is 'ok'.
    Figures beyond the width make the row unreadable.
    """
    if len(cells) >= width:
        return cells[:width], ("ok" if not any(plain(c) for c in cells[width:]) else "unreadable")
    padded = cells + [""] * (width - len(cells))
    if not any(kind_of(c).startswith(FIGURE) for c in cells[1:]) or not full:
        return padded, "ok"
    kinds = {kind_of(c) for c in cells} | {BLANK}
    seen = [[kind_of(row[i]) for row in full] for i in range(width)]
    scores = [{kind: (1 + _alike(kind, column)) / (3 + len(full)) for kind in kinds} for column in seen]
    best = _placements(cells, width, scores)
    top = max(score for score, _ in best)
    rows = {placed for score, placed in best if score >= top * 0.999999}
    if len(rows) != 1:
        return padded, "unreadable"
    placed = list(rows.pop())
    return placed, ("ok" if placed == padded else "realigned")


def _alike(kind: str, column: list[str]) -> float:
    """How many cells of a column look like `kind`; a dash and a figure of another precision count half."""
    return sum(
        1.0
        if seen == kind
        else 0.5
        if (seen.startswith(FIGURE) and kind == FIGURE) or (seen == FIGURE and kind.startswith(FIGURE))
        else 0.0
        for seen in column
    )


def _placements(cells: list[str], width: int, scores: list[dict[str, float]]) -> list[tuple[float, tuple[str, ...]]]:
    """The best few ways to put `cells` in order into `width` columns, each with its likelihood.

    Dynamic programming over (cells used, columns used); two placements are kept per state so that a tie shows.
    """
    kinds = [kind_of(c) for c in cells]
    states: dict[int, list[tuple[float, tuple[str, ...]]]] = {0: [(1.0, ())]}
    for column in range(width):
        following: dict[int, dict[tuple[str, ...], float]] = {}
        for used, ways in states.items():
            for score, placed in ways:
                if used < len(cells):
                    row = following.setdefault(used + 1, {})
                    key = (*placed, cells[used])
                    row[key] = max(row.get(key, 0.0), score * scores[column][kinds[used]])
                if len(cells) - used <= width - column - 1:
                    row = following.setdefault(used, {})
                    key = (*placed, "")
                    row[key] = max(row.get(key, 0.0), score * scores[column][BLANK])
        states = {
            used: [(s, p) for p, s in sorted(ways.items(), key=lambda kv: -kv[1])[:3]]
            for used, ways in following.items()
            if len(cells) - used <= width - column - 1
        }
    return states[len(cells)]
