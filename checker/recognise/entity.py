"""Whose accounts are these, and of which year?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from checker.model.document import Document, Paragraph
from checker.model.submission import Statement
from checker.recognise.draft import Draft
from checker.recognise.notes import is_note
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import Step, any_meets, plain, words


def entity_of(document: Document, vocab: Vocabulary) -> str:
    """The policy area or committee a heading names ('Politikområde IT' is IT); else the first heading, else ''."""
    short = [
        plain(b.text)
        for b in document.blocks
        if isinstance(b, Paragraph)
        and len(words(b.text)) <= 8
        and not b.text.rstrip().endswith((".", ":"))
        and not is_note(b.text, vocab)
    ]
    for text in short:
        found = words(text)
        if any(p.meets(found) and _begins(p.steps[0], found) for p in vocab.lists["entity_headings"]):
            area = any_meets(vocab.tables["rows"]["area"], found[:1]) and len(found) > 1 and found[0] != "udvalget"
            return text.split(maxsplit=1)[-1] if area else text
    return next((t for t in short if any(c.isalpha() for c in t)), "")


def _begins(step: Step, found: Sequence[str]) -> bool:
    """A heading begins with the word for an area, or any of its words ends so ('… udvalget')."""
    return bool(step.suffixes) or step.fits(found[0])


def stated_year(document: Document, vocab: Vocabulary) -> int | None:
    """The year that headings name of the accounts ('Regnskab 2023', 'Årsberetning 2022'); None where they differ."""
    years: Counter[int] = Counter()
    lines = [line for b in document.blocks if isinstance(b, Paragraph) for line in b.text.split("\n")]
    for line in lines:
        found = words(line)
        if len(found) <= 12 and not line.rstrip().endswith(".") and any_meets(vocab.lists["report_words"], found):
            years.update({int(w) for w in found if w.isdigit() and 1990 <= int(w) <= 2100})
    top = years.most_common(2)
    return top[0][0] if top and (len(top) == 1 or top[0][1] > top[1][1]) else None


def year_of(drafts: Sequence[Draft | Statement]) -> int | None:
    """The latest year with accounts beside a budget or a deviation; else the latest with accounts; else any."""
    wanted = (("over_underskud", "forventet_over_underskud"), ("regnskab", "forventet_regnskab"))
    for measures in wanted:
        years = Counter(c.year for d in drafts for c in d.columns if c.year and c.measure in measures)
        if years:
            return max(years)
    years = Counter(c.year for d in drafts for c in d.columns if c.year)
    return max(years, key=lambda y: (years[y], y)) if years else None
