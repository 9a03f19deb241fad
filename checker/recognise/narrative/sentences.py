"""A paragraph -> sentences of words, amounts, years and per cents, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from checker.recognise.narrative.amounts import NUMBER, Said, amounts
from checker.recognise.narrative.lexicon import lexicon

WORD, AMOUNT, YEAR, PERCENT, NUMERAL, MARK = "word", "amount", "year", "percent", "number", "mark"

_TOKEN = re.compile(
    rf"(?P<percent>(?:{NUMBER})\s?(?:%|pct\b\.?|procent\b))|(?P<year>\b(?:19|20)\d\d\b(?![.,]\d))|(?P<number>(?:{NUMBER}))"
    r"|(?P<word>[^\W\d_]+\d*)|(?P<mark>[.,;:()!?–—\n-])",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^\s*(?:[-–•·*]\s+|\d{1,2}[.)]\s)")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence: `text` in lower case, '' of an amount; where it stands in the paragraph's text."""

    kind: str
    text: str
    start: int
    end: int
    said: Said | None = None
    capital: bool = False


@dataclass(slots=True)
class Sentence:
    """The tokens of one sentence; `start` and `end` are characters of the paragraph, `item` that it is of a list."""

    tokens: list[Token]
    start: int
    end: int
    item: bool = False
    words: list[str] = field(default_factory=list)  # the tokens as patterns meet them; '' where no word stands

    def __post_init__(self) -> None:
        self.words = [t.text if t.kind in (WORD, YEAR) else "" for t in self.tokens]


def sentences(text: str) -> list[Sentence]:
    """The sentences of a paragraph; every item of a list is one."""
    result = []
    for start, end in _lines(text):
        item = bool(_ITEM.match(text[start:end]))
        result += [Sentence(own, own[0].start, own[-1].end, item) for own in _split(_tokens(text, start, end))]
    return result


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The text, or its pieces where lines begin as items of a list do."""
    start = 0
    for match in re.finditer(r"\n", text):
        if _ITEM.match(text[match.end() : match.end() + 6]):
            yield start, match.start()
            start = match.end()
    yield start, len(text)


def _tokens(text: str, start: int, end: int) -> list[Token]:
    result: list[Token] = []
    at = start
    for said in (s for s in amounts(text) if start <= s.start < end):
        result += _plain(text, at, said.start)
        result.append(Token(AMOUNT, "", said.start, said.end, said))
        at = max(at, said.end)
    return result + _plain(text, at, end)


def _plain(text: str, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup or MARK
        if _is_abbreviated(found, match, text):
            continue
        printed = match.group()
        found.append(Token(kind, printed.lower(), match.start(), match.end(), None, printed[0].isupper()))
    return found


def _is_abbreviated(found: Sequence[Token], match: re.Match[str], text: str) -> bool:
    """Whether a full stop only ends an abbreviation within a sentence ('opr. budget')."""
    if match.group() != "." or not found or found[-1].kind != WORD or found[-1].end != match.start():
        return False
    after = text[match.end() : match.end() + 2].strip()
    return found[-1].text in lexicon().abbreviations and not (found[-1].text in MAY_END and after[:1].isupper())


def _split(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Cut where a full stop ends a sentence: not after an abbreviation, nor before a small letter."""
    own: list[Token] = []
    for at, token in enumerate(tokens):
        own.append(token)
        following = next((t for t in tokens[at + 1 :] if t.text != "\n"), None)
        if _ends(own, token, following):
            yield own
            own = []
    if own:
        yield own


def _ends(own: Sequence[Token], token: Token, following: Token | None) -> bool:
    if following is None or following.start == token.end:
        return False
    begins = following.capital or following.kind != WORD
    if token.kind == PERCENT and token.text.endswith("."):
        return following.capital
    if token.kind == AMOUNT and token.said and token.said.text.endswith("."):
        return following.capital
    if token.kind != MARK or token.text not in ".!?":
        return False
    before = own[-2] if len(own) > 1 else None
    if before is not None and token.text == "." and before.end == token.start:
        if before.kind == WORD and before.text in lexicon().abbreviations:
            return before.text in MAY_END and following.capital
        if before.kind == NUMERAL:
            return following.capital and len(own) > 2
    return begins


MAY_END = ("mv", "mm", "osv", "v", "kr", "mio", "pct")
"""Abbreviations that often end a sentence."""
