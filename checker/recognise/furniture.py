"""Which lines are page furniture, and which table chunks are one table over a page break?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from checker.model.document import Paragraph, Row, Table
from checker.recognise.grid import header_length, is_amount
from checker.recognise.notes import is_note
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import any_meets, fold


@dataclass(slots=True)
class Chunked:
    """A table with what stands before and after it; `joined_at` are the lines where a later piece begins."""

    table: Table
    before: list[Paragraph] = field(default_factory=list)
    after: list[Paragraph] = field(default_factory=list)
    joined_at: list[int] = field(default_factory=list)


def furniture(blocks: Sequence[Table | Paragraph], vocab: Vocabulary) -> frozenset[str]:
    """Folded texts of short lines that stand twice or more, of page numbers, and of 'tabel 1 (fortsat)'."""
    short = [b.text for b in blocks if isinstance(b, Paragraph) and len(b.text) <= 90 and not _is_sentence(b.text)]
    texts = [fold(text) for text in short if not is_note(text, vocab)]  # the same note under two tables is no furniture
    marked = {fold(b.text) for b in blocks if isinstance(b, Paragraph) and b.kind == "furniture"}
    repeated = {text for text, count in Counter(texts).items() if count > 1 and text}
    pages = {t for t in texts if _is_page_number(t.split())}
    goes_on = {t for t in texts if len(t.split()) <= 8 and any_meets(vocab.lists["continued"], t.split())}
    return frozenset(repeated | pages | goes_on | marked)


def _is_sentence(text: str) -> bool:
    """A sentence may stand under many headings ('Overskuddet indgår i det samlede resultat.')."""
    return text.rstrip().endswith(".") and len(text.split()) > 4


def _is_page_number(found: list[str]) -> bool:
    """'Side 4 af 12', alone or at either end of a line, or a bare '4' or '4 af 12'."""
    if found and all(w.isdigit() or w == "af" for w in found):
        return len(found) <= 3
    for at, word in enumerate(found[:-1]):
        if word in ("side", "s") and found[at + 1].isdigit():
            rest = found[at + 2 :]
            tail = rest[2:] if rest[:1] == ["af"] and rest[1:2] and rest[1].isdigit() else rest
            return len(found) <= 14 and (at == 0 or not tail)
    return False


def chunks(blocks: Sequence[Table | Paragraph], skip: frozenset[str]) -> list[Chunked]:
    """Tables with the paragraphs around them; a piece without heading joins the table before it.

    Only furniture may stand between two pieces of a table. A heading repeated after the break is dropped.
    Paragraphs between two tables go to both: as what comes after one and before the next. On another sheet they go to
    neither: what is written under the last table of a sheet says nothing of the next sheet's.
    """
    result: list[Chunked] = []
    between: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            between.append(block)
            continue
        only_furniture = all(fold(p.text) in skip for p in between)
        breaks = bool(between) or bool(result and result[-1].table.rows[-1].page != block.rows[0].page)
        if result and only_furniture and (rows := _continuation(result[-1].table, block, breaks)) is not None:
            last = result[-1]
            last.table = replace(last.table, rows=last.table.rows + rows)
            last.joined_at.append(block.rows[0].line)
            between = []
            continue
        if result:
            result[-1].after = _on(between, result[-1].table)
        result.append(Chunked(block, before=_on(between, block)))
        between = []
    if result:
        result[-1].after = _on(between, result[-1].table)
    return result


def _on(between: Sequence[Paragraph], table: Table) -> list[Paragraph]:
    """The paragraphs on the table's own sheet; all of a file without sheets."""
    return [p for p in between if p.sheet == table.sheet]


def _label(row: Row) -> str:
    """All words of a row but its figures."""
    return fold(" ".join(c.text for c in row.cells if not is_amount(c.text)))


def _continuation(first: Table, second: Table, page_break: bool) -> tuple[Row, ...] | None:
    """The rows of `second` that go on `first`, or None where it is a table of its own.

    A heading that is printed again continues the table only over a page break.
    """
    if first.separator != second.separator or first.sheet != second.sheet:
        return None
    head, other = header_length(first.rows), header_length(second.rows)
    if other == 0:
        widths = {len(r.cells) for r in first.rows[head:]}
        fits = any(abs(len(r.cells) - w) <= 1 for r in second.rows for w in widths)
        return second.rows if fits else None
    same = [[fold(c.text) for c in r.cells] for r in first.rows[:head]]
    if page_break and head == other and same == [[fold(c.text) for c in r.cells] for r in second.rows[:other]]:
        body = second.rows[other:]
        names = {label for r in first.rows[head:] if (label := _label(r))}
        repeats = sum(_label(r) in names for r in body)
        return body if 2 * repeats < len(body) else None
    return None
