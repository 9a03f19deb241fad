"""Which paragraphs are a table's notes, and what do they claim: signs, price years, years, footnotes?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.amounts.numbers import MINUS
from checker.amounts.units import is_unit_phrase, without_units
from checker.recognise.prose import amounts_in
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import Pattern, any_meets, best, plain, words

_SIGN_TOKEN = re.compile(
    rf"(?<![^\W_])(?P<sign>[{MINUS}+])(?![\d,.]*\d)|(?P<word>[^\W\d_][\w]*)|(?P<equals>=)|(?P<stop>[;.])(?=\s|$)",
)
_PRICE_YEAR = re.compile(
    r"\b((?:19|20)\d\d)\s?-?\s?(?:priser|prisniveau|p/l|pl\b|pris-\s?og\s?lønniveau|niveau)"
    r"|\b(?:prisniveau|p/l|pl|pris-\s?og\s?lønniveau)\s*(?:er|:|for|i)?\s*((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_UNSIGNED = re.compile(r"\buden (?:fortegn|minus)\b")
_DEFINES = re.compile(r"(?:^|[.,;] )[A-ZÆØÅ]{1,3} (?:er|=|viser) ")
_MARKED = re.compile(r"\W*\w+\.?\s?\d*\s?[:.,]")
_MAY_NAME_SIGN = re.compile(rf"(?<![^\W_])[{MINUS}+](?![\d,.]*\d)|plus|minus|posit|negat|uden fortegn")
_COLUMN_NAME = re.compile(r"\b(?:over|under|mer|mindre)-?\s?/\s?-?\w+")  # 'over-/underskud' names a column
_CURRENT_PRICES = re.compile(r"\b(?:løbende|årets|års|egne|faste)\s+(?:pris(?:er|niveau)|pl\b)", re.IGNORECASE)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_STOP = re.compile(r"\.(?=\s|$)")
_CONCEPTS = ("udgift", "indtaegt", "bedre", "daarligere")
_FOOTNOTE = re.compile(r"^(?:(\*+)|\(?(\d|[a-z])\)|([¹²³⁴-⁹]))\s*\S", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<!\bpr)(?<!\bmio)(?<!\bkr)(?<!\d)\.(?=\s|$)|;|(?<=\d)\.(?=\s+[A-ZÆØÅ]|$)")


@dataclass(frozen=True, slots=True)
class NoteClaim:
    """One claim of one note: see `Claim` for the kinds."""

    kind: str
    about: str
    value: str
    year: int | None = None


def is_note(text: str, vocab: Vocabulary) -> bool:
    """Whether a paragraph near a table speaks about the table: begins as a note, or says signs, unit or prices."""
    found = words(text)
    if not found:
        return bool(sign_claims(text, vocab))
    notes = vocab.tables["notes"]
    if _begins_as_note(text, vocab) or _FOOTNOTE.match(plain(text)):
        return True
    if is_unit_phrase(text) or _PRICE_YEAR.search(text) or (len(found) <= 25 and _CURRENT_PRICES.search(text)):
        return True
    if amounts_in(plain(text)) or len(found) > 40:
        return False
    return any_meets(notes["mention"], found) or bool(_DEFINES.search(plain(text)) or sign_claims(text, vocab))


def _begins_as_note(text: str, vocab: Vocabulary) -> bool:
    """'Anm.:', 'Note 5:', 'Kilde:'; a heading such as 'Noter til regnskab 2021' is none."""
    begins = any(p.meets(words(text)[:2]) for p in vocab.tables["notes"]["begin"])
    return begins and bool(_MARKED.match(plain(text)))


def stands_above(text: str, vocab: Vocabulary) -> bool:
    """Whether a paragraph right over a table is a note rather than its heading: a unit alone, a sentence, a sign."""
    if not is_note(text, vocab):
        return False
    begins = _begins_as_note(text, vocab)
    sentence = without_units(text).rstrip(" )").endswith(".")
    return begins or is_unit_phrase(text) or sentence or bool(sign_claims(text, vocab))


def claims(text: str, vocab: Vocabulary) -> Iterator[NoteClaim]:
    """Everything a note claims that a rule can check."""
    for about, sign in sign_claims(text, vocab):
        yield NoteClaim("sign", about, sign)
    for sentence in _SENTENCE.split(plain(text)):
        yield from _price_years(sentence, vocab)
        yield from named_years(sentence, vocab)
    if mark := footnote_mark(text):
        yield NoteClaim("footnote", mark, plain(text))


def footnote_mark(text: str) -> str | None:
    """The mark a footnote begins with ('1' for '1) Foreløbige tal'), None where the text is no footnote."""
    match = _FOOTNOTE.match(plain(text))
    return next(g for g in match.groups() if g) if match else None


def sign_claims(text: str, vocab: Vocabulary) -> list[tuple[str, str]]:
    """What a sign convention says, as ('udgift' | 'bedre', '+' | '-'): '- = udgift' gives ('udgift', '-').

    Both orders are read ('+ = overskud', 'indtægter (-)', 'et minus angiver merforbrug'), each sentence by itself,
    or all together where no sentence says anything alone. An equals sign pairs its neighbours; without one both
    signs must be named, or a verb stand between sign and word, so that a dash in a sentence is no convention.
    """
    if not _MAY_NAME_SIGN.search(text.lower()):
        return []
    sentences = [s for s in _STOP.split(plain(text)) if not _is_of_transfers(s, vocab)]
    pairs = [pair for sentence in sentences for pair in _sign_pairs(sentence, vocab)]
    return sorted({_canonical(*pair) for pair in pairs or _sign_pairs(". ".join(sentences), vocab)})


def _is_of_transfers(sentence: str, vocab: Vocabulary) -> bool:
    """'En overførsel med minus er et underskud' says nothing of a deviation."""
    found = words(sentence)
    signs = vocab.tables["signs"]
    transfers = _first([p for m, ps in vocab.headers.items() if m.startswith("overfoersel") for p in ps], found)
    return transfers < _first([p for k in _CONCEPTS for p in signs[k]], found)


def _first(choices: Sequence[Pattern], found: Sequence[str]) -> int:
    """Where the first of the patterns begins that is met; beyond the end where none is."""
    return min((at for p in choices if (at := p.begins(found)) is not None), default=len(found))


def _sign_pairs(text: str, vocab: Vocabulary) -> list[tuple[str, str]]:
    """The concepts that a sentence joins with signs, as ('underskud', '-')."""
    items = [
        i
        for i in _sign_items(text, vocab)
        if i not in (("word", "og"), ("word", "med"), ("word", "et"), ("word", "en"))
    ]
    if ("link", "=") in items:
        return [p for at, item in enumerate(items) if item == ("link", "=") for p in _around(items, at)]
    if {v for k, v in items if k == "sign"} == {"+", "-"}:
        return _in_order([i for i in items if i[0] in ("sign", "concept")])
    if re.search(r"\d", _YEARS.sub("", text)):  # a sentence with figures states no convention
        return []
    return [p for at, item in enumerate(items) if item[0] == "link" for p in _around(items, at, words_between=2)]


def _sign_items(text: str, vocab: Vocabulary) -> list[tuple[str, str]]:
    """The text as signs, concepts, links (= or a verb), stops and other words."""
    signs = vocab.tables["signs"]
    concepts = {k: signs[k] for k in _CONCEPTS}
    items: list[tuple[str, str]] = []
    said = _UNSIGNED.sub(" plus ", _COLUMN_NAME.sub(" ", plain(text).lower()))
    for match in _SIGN_TOKEN.finditer(said):
        word = (match["word"] or "",)
        if match["equals"]:
            items.append(("link", "="))
        elif match["stop"]:
            items.append(("stop", ""))
        elif match["sign"]:
            items.append(("sign", "+" if match["sign"] == "+" else "-"))
        elif any_meets(signs["plus"], word):
            items.append(("sign", "+"))
        elif any_meets(signs["minus"], word):
            items.append(("sign", "-"))
        elif "kolonne" not in word[0] and (concept := best(concepts, word)):
            items.append(("concept", concept))
        else:
            items.append(("link" if word[0] in _VERBS else "word", word[0]))
    return items


_VERBS = (
    "er", "angiver", "betyder", "angives", "vises", "står", "markerer", "vist", "anført", "angivet", "opført", "viser",
)  # fmt: skip


def _around(items: list[tuple[str, str]], at: int, words_between: int = 0) -> list[tuple[str, str]]:
    """(concept, sign) pairs that the link at `at` joins; a row of concepts shares one sign."""
    left, right = items[:at][::-1], items[at + 1 :]
    near_left, near_right = _skip(left, words_between), _skip(right, words_between)
    if near_left and near_right and near_left[0][0] == "sign":
        return [(value, near_left[0][1]) for value in _run(near_right)]
    if not near_right or near_right[0][0] != "sign":
        return []
    turned = [v for v in _run(near_right[1:]) if v in ("bedre", "daarligere")]  # 'her er minus et mindreforbrug'
    return [(value, near_right[0][1]) for value in _run(near_left) or turned]


def _skip(items: list[tuple[str, str]], most: int) -> list[tuple[str, str]]:
    for count in range(most + 1):
        if len(items) <= count or items[count][0] not in ("word", "link"):
            return items[count:]
    return []


def _run(items: list[tuple[str, str]]) -> list[str]:
    values = []
    for kind, value in items:
        if kind != "concept":
            break
        values.append(value)
    return values


def _in_order(items: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs where no equals sign helps: every sign goes with the concepts after it, or before it."""
    if len(items) > 2 and items[0] == ("sign", "-") and items[-1][0] == "sign":
        items = items[1:]  # a dash before the convention ('mio. kr. – udgifter +, indtægter -')
    sign_first = bool(items) and items[0][0] == "sign"
    result: list[tuple[str, str]] = []
    sign, waiting = "", list[str]()
    for kind, value in items:
        if kind == "concept" and sign_first:
            result.append((value, sign))
        elif kind == "concept":
            waiting.append(value)
        else:
            sign = value
            result += [(concept, sign) for concept in waiting]
            waiting = []
    return result


def _canonical(concept: str, sign: str) -> tuple[str, str]:
    other = "-" if sign == "+" else "+"
    return {
        "udgift": ("udgift", sign),
        "indtaegt": ("udgift", other),
        "bedre": ("bedre", sign),
        "daarligere": ("bedre", other),
    }[concept]


def _price_years(sentence: str, vocab: Vocabulary) -> Iterator[NoteClaim]:
    if _CURRENT_PRICES.search(sentence):
        yield NoteClaim("price_basis", "", "løbende")
    end = 0
    for match in _PRICE_YEAR.finditer(sentence):
        before, end = sentence[end : match.start()], match.end()
        years = _YEARS.findall(before)
        measure = best(vocab.headers, words(before)) if years else None
        yield NoteClaim("price_year", measure or "", match[1] or match[2], int(years[-1]) if years else None)


def named_years(sentence: str, vocab: Vocabulary) -> Iterator[NoteClaim]:
    """Years said of a measure ('korrigerede budget for 2020', 'regnskab 2019'); not those of laws or references."""
    if any_meets(vocab.tables["notes"]["not_years"], words(sentence)):
        return
    bare = _PRICE_YEAR.sub(" ", sentence)
    found = words(bare)
    for at, word in enumerate(found):
        if not _YEARS.fullmatch(word):
            continue
        near = found[max(0, at - 5) : at]
        while near and not _ends_in_measure(near, vocab):
            if near[-1] not in _BETWEEN and not near[-1].isdigit():
                near = ()
                break
            near = near[:-1]
        if near and (measure := _measure_of(near, vocab)):
            yield NoteClaim("year_named", measure, word, int(word))


_NAMED = ("regnskab", "oprindeligt_budget", "korrigeret_budget", "budget", "forventet_regnskab")


_BETWEEN = (
    "for", "i", "år", "året", "af", "og", "pr", "den", "januar", "februar", "marts", "april", "maj", "juni", "juli",
    "august", "september", "oktober", "november", "december",
)  # fmt: skip


def _measure_of(near: Sequence[str], vocab: Vocabulary) -> str | None:
    return best({m: vocab.headers[m] for m in _NAMED}, near)


def _ends_in_measure(near: Sequence[str], vocab: Vocabulary) -> bool:
    last: Sequence[Pattern] = [p for m in _NAMED for p in vocab.headers[m] if len(p.steps) == 1 and p.weight[1] > 2]
    return any_meets(last, near[-1:])


def is_selected(text: str, vocab: Vocabulary) -> bool:
    """Whether a title or introduction says that the table lists only some of the parts."""
    return any_meets(vocab.tables["notes"]["selected"], words(text))
