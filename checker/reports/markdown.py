"""A summary in Markdown for a page of a build: the verdict, a table of findings, each finding with its calculation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checker.messages import text
from checker.model.outcomes import Report
from checker.reports import View
from checker.reports.notices import Notice, notices, spot
from checker.reports.plain import harmless
from checker.reports.summary import head, tail

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&$!^])")
_OPENING = re.compile(r"^([-+](?=[-+\s]|$)|=|\d+[.)](?=\s|$))")
_LINKS = re.compile(r"(@|#|://|\bwww\.|\bGH-)(?=\S)", re.IGNORECASE)
_APART = "\u200b"
"""A blank without width: behind it nothing is a mention, a reference or a link."""


def render(report: Report, view: View) -> str:
    """Text of the submission can be no markup, link or mention, in calculations neither."""
    plain = replace(view, width=1_000_000, colour=False, show_passed=True, show_coverage=True)
    title, *facts = [escaped(row) for row in head(report, plain) if row]
    told = notices(report, view.lang)
    blocks = [f"## {title}", *facts]
    if told:
        blocks.append("\n".join(_table(told, view.lang)))
        blocks += [block for n, notice in enumerate(told, 1) for block in _finding(n, notice, view.lang)]
    ends = [escaped(row) for row in tail(report, plain)]
    return "\n\n".join([*blocks, "---", "\n\n".join(ends)]) + "\n"


def escaped(said: str) -> str:
    """Text that is shown as it stands, wherever in a line it is put."""
    apart = _LINKS.sub(lambda m: m[1] + _APART, harmless(said).strip())
    return _OPENING.sub(_as_text, _MARKUP.sub(r"\\\1", apart))


def _as_text(opening: re.Match[str]) -> str:
    """What opens a list, a heading or a rule, as text."""
    return f"{opening[1][:-1]}\\{opening[1][-1]}"


def _table(told: Sequence[Notice], lang: str) -> Iterator[str]:
    columns = text("formats.markdown_columns", lang).split(";")
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for number, notice in enumerate(told, 1):
        cells = (_word(notice, lang), f"{notice.id} {notice.title}".strip(), _where(notice, lang), notice.size)
        yield f"| {number} | {' | '.join(escaped(cell) for cell in cells)} |"


def _finding(number: int, notice: Notice, lang: str) -> Iterator[str]:
    yield f"### {number}\\. {escaped(f'{notice.id} {notice.title}'.strip())}"
    where = " · ".join(part for part in (_word(notice, lang), _where(notice, lang), notice.about) if part)
    yield escaped(where)
    yield escaped(notice.said)
    if notice.sums:
        yield fenced(notice.sums)
    yield from (escaped(sentence) for sentence in notice.more)
    if notice.accepted:
        yield escaped(text("formats.accepted_because", lang, {"reason": notice.accepted}))
    elif notice.next_step:
        yield escaped(f"{text('report.next_step', lang)}: {notice.next_step}")


def fenced(rows: Sequence[str]) -> str:
    """Rows in a block of code, whose fence is longer than any that stands in them."""
    clean = [harmless(row) for row in rows]
    longest = max((len(run) for row in clean for run in re.findall("`+", row)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}text", *clean, fence])


def _word(notice: Notice, lang: str) -> str:
    return text("formats.accepted" if notice.accepted else f"severity.{notice.severity}", lang)


def _where(notice: Notice, lang: str) -> str:
    if notice.place is None:
        return ""
    return ", ".join(part for part in (notice.place.file, spot(notice.place, lang)) if part)
