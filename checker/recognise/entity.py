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


def entity_of(document: Document, vocab: Vocabulary) -> tuple[str, bool]:
    """The policy area or committee a heading names ('Politikområde IT' is IT), True; else the first heading, False."""
    short = _headings(document, vocab)
    for text in short:
        if _names_entity(words(text), vocab):
            return _bare(text, vocab), True
    return next((t for t in short if any(c.isalpha() for c in t)), ""), False


def named_entities(document: Document, vocab: Vocabulary) -> dict[str, str]:
    """Heading as it stands -> the area it names, for headings that begin with the word of the first such heading.

    Only words for whole areas open an entity ('Politikområde', 'Bevillingsområde'): a committee above them and
    the parts below are no entities of their own. Where no area is named, committees are.
    """
    short = [(b.text, plain(b.text)) for b in document.blocks if isinstance(b, Paragraph)]
    kept = set(_headings(document, vocab))
    for name in ("entity_areas", "entity_committees"):
        found = {
            raw: _bare(text, vocab)
            for raw, text in short
            if text in kept
            and any(p.meets(words(text)) and _begins(p.steps[0], words(text)) for p in vocab.lists[name])
        }
        if found:
            return found
    return {}


def area_named(found: str, stated: str) -> bool:
    """Whether two names are of the same area: equal but for case and punctuation, or one begins the other."""
    one, other = words(found), words(stated)
    return bool(one) and bool(other) and (one[: len(other)] == other or other[: len(one)] == one)


def _headings(document: Document, vocab: Vocabulary) -> list[str]:
    return [
        plain(b.text)
        for b in document.blocks
        if isinstance(b, Paragraph)
        and len(words(b.text)) <= 8
        and not b.text.rstrip().endswith((".", ":"))
        and not is_note(b.text, vocab)
    ]


def _names_entity(found: Sequence[str], vocab: Vocabulary) -> bool:
    return _opens(found, "entity_headings", vocab)


def _opens(found: Sequence[str], name: str, vocab: Vocabulary) -> bool:
    return any(p.meets(found) and _begins(p.steps[0], found) for p in vocab.lists[name])


def _bare(text: str, vocab: Vocabulary) -> str:
    """A heading without the word for an area: 'Politikområde IT' is 'IT'."""
    found = words(text)
    area = any_meets(vocab.tables["rows"]["area"], found[:1]) and len(found) > 1 and found[0] != "udvalget"
    return text.split(maxsplit=1)[-1] if area else text


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
