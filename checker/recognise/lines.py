"""Which rows of different tables are the same line? Number and name, else unique name, else the total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from checker.recognise.draft import Draft
from checker.recognise.structure import LADDER
from checker.recognise.totals import residue
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import any_meets

TOTAL_KEY = "i alt"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two tables that share their numbering but give one number two names."""

    number: str
    draft: Draft
    row: int
    other: Draft
    other_row: int


def names_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names are the same but for spelling: half of the words in common, or one begins the other."""
    a, b = {w for w in one if len(w) > 1}, {w for w in other if len(w) > 1}
    if not a or not b:
        return True
    if 2 * len(a & b) >= len(a | b) or a <= b or b <= a:
        return True
    return any(x[:5] == y[:5] for x in one[:1] for y in other[:1] if len(x) >= 5 and len(y) >= 5)


def set_lines(drafts: Sequence[Draft], vocab: Vocabulary) -> list[Conflict]:
    """Give every row its canonical key; rows of two tables with equal keys and scopes are the same line."""
    conflicts: list[Conflict] = []
    for item in drafts:
        item.root = _root(item)
        item.keys = [_own_key(item, i, vocab) for i in range(len(item.rows))]
        _make_unique(item)
    for at, item in enumerate(drafts):
        for other in (d for d in drafts[:at] if d.entity == item.entity):
            conflicts += _match(item, other, vocab)
    for item in drafts:
        if item.root is not None:
            _join_total(item, [d for d in drafts if d.entity == item.entity], vocab)
    return conflicts


def _root(item: Draft) -> int | None:
    """The row that is the sum of the whole table: a total that is part of no other."""
    parts = {p for w in item.wholes if w.seen_by != LADDER for p in w.parts}
    tops = [w.row for w in item.wholes if w.row not in parts and item.rows[w.row].role == "total"]
    return tops[0] if len(tops) == 1 else None


def bare_name(item: Draft, row: int, vocab: Vocabulary) -> tuple[str, ...]:
    """A row's words; of a total those it names beside 'i alt' ('Dagtilbud i alt' is the line Dagtilbud)."""
    info = item.rows[row]
    if info.role != "total":
        return info.words
    drop = vocab.tables["rows"]["total"]
    return tuple(w for w in info.words if w not in ("i", "alt") and not any_meets(drop, (w,)))


def _own_key(item: Draft, row: int, vocab: Vocabulary) -> str:
    info = item.rows[row]
    if info.number:
        return info.number
    if row == item.root and not residue(info.words, vocab):
        return f"{TOTAL_KEY}@{item.id}"
    return " ".join(bare_name(item, row, vocab)) or info.label or f"række {row + 1}"


def _make_unique(item: Draft) -> None:
    """Rows of one table and scope that would share a key get the heading they stand under, else a count."""
    counts = Counter(zip(item.keys, item.scopes, strict=True))
    seen: Counter[tuple[str, str | None]] = Counter()
    for at, row in enumerate(item.rows):
        key = item.keys[at]
        if counts[key, item.scopes[at]] == 1:
            continue
        longer = f"{row.section} / {key}" if row.section else key
        seen[longer, item.scopes[at]] += 1
        times = seen[longer, item.scopes[at]]
        item.keys[at] = longer if times == 1 and longer != key else f"{longer} ({times})"


def _match(item: Draft, other: Draft, vocab: Vocabulary) -> list[Conflict]:
    """Make rows of `item` share the keys of `other` where they are the same line."""
    theirs = {(other.keys[i], other.scopes[i]): i for i, r in enumerate(other.rows) if r.filled}
    numbered = {(r.number, other.scopes[i]): i for i, r in enumerate(other.rows) if r.filled and r.number}
    names = Counter((bare_name(other, i, vocab), other.scopes[i]) for i, r in enumerate(other.rows) if r.filled)
    by_name = {(bare_name(other, i, vocab), other.scopes[i]): i for i, r in enumerate(other.rows) if r.filled}
    agreed: list[tuple[int, int]] = []
    clashes: list[tuple[int, int]] = []
    own_names = Counter((bare_name(item, i, vocab), item.scopes[i]) for i, r in enumerate(item.rows) if r.filled)
    matches: list[tuple[int, int, bool]] = []
    for at, row in enumerate(item.rows):
        if not row.filled:
            continue
        scope = item.scopes[at]
        name = bare_name(item, at, vocab)
        if row.number and (row.number, scope) in numbered:
            twin = numbered[row.number, scope]
            (agreed if names_agree(row.words, other.rows[twin].words) else clashes).append((at, twin))
        elif name and names.get((name, scope)) == 1 and own_names[name, scope] == 1:
            twin = by_name[name, scope]
            if not (row.number and other.rows[twin].number):
                matches.append((at, twin, False))
        elif not row.number and (item.keys[at], scope) in theirs:
            matches.append((at, theirs[item.keys[at], scope], False))
    matches += [(a, t, True) for a, t in agreed]
    if _speaks_of_other_things(item, other, [(a, t) for a, t, certain in matches if not certain]) and not agreed:
        item.remark("reading.same_names", other=other.title or other.id)
        for at, _, _ in matches:
            item.keys[at] = f"{item.keys[at]} ({item.id})" if "(" not in item.keys[at] else item.keys[at]
        matches = []
    for at, twin, _ in matches:
        item.keys[at] = other.keys[twin]
    for at, _ in clashes:
        item.keys[at] = f"{item.keys[at]} ({item.id})"
    if len(agreed) >= 2 and len(agreed) > len(clashes):
        return [Conflict(item.rows[a].number or "", item, a, other, t) for a, t in clashes]
    return []


def _speaks_of_other_things(item: Draft, other: Draft, pairs: list[tuple[int, int]]) -> bool:
    """Whether rows that only share names hold mostly different figures: two units with the same accounts.

    Signs are left out (a column may be printed the other way round). Decided by all shared figures together;
    where most agree, the ones that do not are for a rule to find.
    """
    same = different = 0
    for at, twin in pairs:
        for mine in item.columns:
            for theirs in other.columns:
                if (mine.measure, mine.year, mine.dimension) != (theirs.measure, theirs.year, theirs.dimension):
                    continue
                a, b = item.cells.get((at, mine.index)), other.cells.get((twin, theirs.index))
                if a and b:
                    meets = 2 * abs(abs(a.amount.value) - abs(b.amount.value)) <= a.amount.unit + b.amount.unit
                    same, different = same + meets, different + (not meets)
    return different >= 2 and different > same


def _join_total(item: Draft, drafts: Sequence[Draft], vocab: Vocabulary) -> None:
    """Two tables have the same total where both say it is the area's, or where each lists the other's parts."""
    assert item.root is not None
    before = drafts[: next(i for i, d in enumerate(drafts) if d is item)]
    if any(item.keys[item.root] == k and i != d.root for d in before for i, k in enumerate(d.keys)):
        return  # the total is a line of another table ('Skoler i alt' is its line Skoler)
    for other in drafts:
        if other is item:
            return
        if other.root is None or other.scopes[other.root] != item.scopes[item.root]:
            continue
        mine, theirs = (residue(d.rows[d.root].words, vocab) for d in (item, other) if d.root is not None)
        if mine and theirs and not names_agree(mine, theirs):
            continue
        same_parts = _root_parts(item) <= _filled(other) and _root_parts(other) <= _filled(item)
        area = vocab.tables["rows"]["area"]
        both_area = all(any_meets(area, d.rows[d.root].words) for d in (item, other) if d.root is not None)
        if same_parts or both_area:
            item.keys[item.root] = other.keys[other.root]
            return


def _filled(item: Draft) -> set[tuple[str, str | None]]:
    return {(item.keys[r.index], item.scopes[r.index]) for r in item.rows if r.filled}


def _root_parts(item: Draft) -> set[tuple[str, str | None]]:
    return {(item.keys[p], item.scopes[p]) for w in item.wholes if w.row == item.root for p in w.parts}
