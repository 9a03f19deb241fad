"""Which rows may a total row be the sum of? The usual reading first, then the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from checker.recognise.rows import RowInfo
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import any_meets


class Labels:
    """The rows with figures by their words, to find rows that recur under a total's name."""

    def __init__(self, rows: Sequence[RowInfo]) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], list[int]]] = {}
        for row in rows:
            if row.filled and row.words:
                self._by_first.setdefault(row.words[0], {}).setdefault(row.words, []).append(row.index)

    def repeated(self, subject: Sequence[str], before: int) -> list[int]:
        """Rows above whose one name, all of it said by the subject, stands twice or more; else none."""
        wanted = set(subject)
        found = [
            above
            for word in wanted
            for words, at in self._by_first.get(word, {}).items()
            if wanted.issuperset(words) and (above := [r for r in at if r < before])
        ]
        return found[0] if len(found) == 1 and len(found[0]) > 1 else []


@dataclass(slots=True)
class Open:
    """Rows that no total has taken yet, and where headings and totals stand among them."""

    rows: list[int] = field(default_factory=list)
    marks: list[tuple[int, RowInfo]] = field(default_factory=list)  # (how many rows were open, the heading)
    totals: list[tuple[int, RowInfo]] = field(default_factory=list)
    labels: Labels = field(default_factory=lambda: Labels(()))

    def heading(self, row: RowInfo) -> None:
        """A heading row: what follows stands under it."""
        self.marks.append((len(self.rows), row))

    def restart(self, row: RowInfo) -> None:
        """A running result or a balance: sums further down do not reach above it, nor hold a balance."""
        self.rows, self.marks, self.totals = ([] if row.role == "stock" else [row.index]), [], []

    def close(self, row: RowInfo, parts: list[int], keep: bool) -> None:
        """The total takes its parts; it is open itself from now on."""
        taken = set(parts)
        self.rows = [r for r in self.rows if r not in taken]
        self.marks = [(min(at, len(self.rows)), h) for at, h in self.marks]
        if keep:
            self.rows.append(row.index)
            self.totals.append((len(self.rows), row))

    def headings_over(self, parts: Sequence[int]) -> list[str]:
        """Headings (or lines without figures) that stand among the given rows."""
        return [h.label for _, h in self.marks if parts and min(parts) - 1 <= h.index <= max(parts) + 1]


def residue(found: Sequence[str], vocab: Vocabulary) -> tuple[str, ...]:
    """What a total's label names apart from 'i alt', words for areas and scopes: '' for 'Politikområdet i alt'."""
    rows = vocab.tables["rows"]
    generic = (
        *rows["area"],
        *rows["total"],
        *rows["subtotal"],
        *(p for s in vocab.tables["scopes"].values() for p in s),
    )
    return tuple(w for w in found if w not in ("i", "alt", "og", "for", "på", "af") and not any_meets(generic, (w,)))


def same_stem(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two labels begin with the same word, endings aside ('Dagpleje' and 'Dagplejen', 'Netto' apart)."""
    for a in one[:1]:
        for b in other[:1]:
            common = 0
            for x, y in zip(a, b, strict=False):
                if x != y:
                    break
                common += 1
            if common >= 4 and common >= max(len(a), len(b)) - 4:
                return True
            if a == b:
                return True
    return False


def _subject(row: RowInfo, vocab: Vocabulary) -> tuple[str, ...]:
    rows = vocab.tables["rows"]
    drop = (*rows["total"], *rows["subtotal"])
    return tuple(w for w in row.words if w not in ("i", "alt") and not any_meets(drop, (w,)))


def candidates(
    row: RowInfo, state: Open, rows: Sequence[RowInfo], complete: Sequence[bool], vocab: Vocabulary, is_last: bool
) -> tuple[list[int], list[list[int]], bool]:
    """The usual reading of a total row (which may be none), the other readings, and whether a name decides it.

    A total that names a heading covers the rows under it; 'Netto X' begins at the first open row that names X;
    one that names rows that recur ('Udgifter i alt' after several rows Udgifter) covers those; one that names
    nothing particular covers everything open; a named one after another named one covers the rows since then.
    Rows that lack figures in some column (`complete` is False) may be listed for information only.
    """
    subject = _subject(row, vocab)
    everything = list(state.rows)
    since_heading = everything[state.marks[-1][0] :] if state.marks else []
    since_total = everything[state.totals[-1][0] :] if state.totals else []
    others = [since_heading, since_total, everything, [r for r in everything if complete[r]]]
    if row.role == "subtotal":
        named = [i for i, r in enumerate(everything) if any(same_stem((w,), _subject(rows[r], vocab)) for w in subject)]
        return (everything[named[0] :] if named else []), [*(everything[i:] for i in named[1:]), *others], False
    if repeated := state.labels.repeated(subject, row.index):
        return repeated, others, True
    if headed := [at for at, h in state.marks if same_stem(subject, _subject(h, vocab))]:
        return everything[headed[-1] :], others, True
    specific = bool(residue(row.words, vocab)) and any(residue(t.words, vocab) for _, t in state.totals)
    if specific and not is_last:
        return since_total or since_heading or everything, others, False
    return everything, others, False
