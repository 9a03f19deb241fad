"""Is the HTML report whole, offline, harmless, and the same every time?"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from checker.messages import LANGUAGES
from checker.model.outcomes import Report
from checker.reports import View
from checker.reports.html import render
from checker.reports.html.content import Content
from checker.reports.html.document import MARKS
from checker.reports.json_report import render as as_json
from checker.rulefile import load_rules
from checker.run import check, check_submission
from tests.build import submission

SAMPLES = Path(__file__).parents[2] / "samples"


@cache
def report(name: str = "naestved-it-2021/regnskab.txt") -> Report:
    """The report of a sample."""
    return check(SAMPLES / name, name=Path(name).name)


@cache
def page(name: str = "naestved-it-2021/regnskab.txt", lang: str = "da") -> str:
    """Its HTML."""
    return render(report(name), View(lang))


class Tags(HTMLParser):
    """Every tag with its attributes, and the nesting."""

    VOID = ("meta", "input", "br", "rect")

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open and self.open.pop() == tag, tag


def tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """The tags of a page in which every one is closed."""
    parser = Tags()
    parser.feed(html)
    assert parser.open == []
    return parser.tags


@pytest.mark.parametrize("name", ["naestved-it-2021/regnskab.txt", "social-mio-2024/regnskab.xlsx"])
def test_every_tag_is_closed_every_id_is_one_and_every_link_leads_somewhere(name: str) -> None:
    found = tags(page(name))
    ids = [a["id"] for _, a in found if "id" in a]
    assert len(ids) == len(set(ids))
    links = {a["href"] for tag, a in found if tag == "a"}
    assert links and {str(link)[1:] for link in links} <= set(ids)
    labelled = {a["aria-labelledby"] for _, a in found if "aria-labelledby" in a}
    assert labelled <= set(ids)


def test_nothing_is_asked_from_outside_and_only_its_own_style_and_script_may_run() -> None:
    html = page()
    shown = html[: html.index('<script type="application/json"')]
    assert not re.search(r"https?:|//[a-z]|url\(|@import|<link|<img|<iframe|\bsrc=|\bstyle=|\bon[a-z]+=", shown)
    policy = next(a["content"] or "" for tag, a in tags(html) if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';")
    for kind, source in (
        ("style-src", html[html.index("<style>") + 7 : html.index("</style>")]),
        ("script-src", html[html.rindex("<script>") + 8 : html.rindex("</script>")]),
    ):
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_languages_are_there_and_the_readers_own_comes_first(lang: str) -> None:
    found = tags(page(lang=lang))
    assert found[0] == ("html", {"lang": lang})
    assert next(a["lang"] for tag, a in found if tag == "div" and "body" in str(a.get("class"))) == lang
    checked = [a["id"] for tag, a in found if tag == "input" and "checked" in a]
    assert checked == [f"language-{lang}"]


def test_every_amount_of_the_submission_has_its_mark() -> None:
    made = Content(report(), "da").document
    shown = [a.fact_id for t in made.tables for _, _, row in t.rows for a in row if a]
    told = [p.fact_id for s in made.sentences for p in s.pieces if not isinstance(p, str)]
    assert {f.fact_id for f in report().submission.facts if not f.text} == set(shown)
    assert {f.fact_id for f in report().submission.facts if f.text and not f.refers} == set(told)
    assert sum(made.counts.values()) == report().coverage.facts
    assert set(made.counts) == set(MARKS)
    by_id = {a.fact_id: a for t in made.tables for _, _, row in t.rows for a in row if a}
    wrong = next(f.about for f in report().findings if f.outcomes[0].rule_id == "FIG001")
    assert wrong and (by_id[wrong.fact_id].printed, by_id[wrong.fact_id].mark) == ("10.589", "wrong")


def test_every_finding_and_every_check_stands_in_it_with_its_calculation() -> None:
    content = Content(report(), "da")
    assert [f.number for f in content.findings] == list(range(1, len(report().findings) + 1))
    assert [k.number for k in content.checks] == list(range(1, len(report().outcomes) + 1))
    told = next(f for f in content.findings if f.rule == "TXT011")
    assert ("=", "beregnet", "-433.003 kr.") in told.calculations[0].rows
    assert "med det modsatte ord stemmer det" in told.calculations[0].remarks[-1]
    leasing = next(f for f in content.findings if f.rule == "FIG001")
    assert leasing.brief == "Der står 10.589; det skal nok være 10.588."
    arithmetic = [k for k, o in zip(content.checks, report().outcomes, strict=True) if o.evidence]
    assert all(k.calculation and k.calculation.rows for k in arithmetic)


def test_the_deviations_of_a_table_are_bars_from_one_zero_and_sums_have_none() -> None:
    table = """Børn

| Nr. | I 1.000 kr. | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| 1 | Dagpleje | 1.000 | 900 | 100 |
| 2 | Svømmehal | 500 | 550 | -50 |
| 3 | Skole | 500 | 500 | 0 |
| | I alt | 2.000 | 1.950 | 50 |
"""
    made = check_submission(submission(table), load_rules())
    chart = Content(made, "da").document.tables[0].deviations
    assert chart is not None
    assert [(b.name, b.printed, b.positive, b.x, b.width) for b in chart.rows] == [
        ("1 Dagpleje", "100", True, 66.7, 133.3),
        ("2 Svømmehal", "-50", False, 0.0, 66.7),
        ("3 Skole", "0", True, 66.7, 0.0),
    ]
    assert (chart.zero, chart.caption.split(":")[0]) == (66.7, "Afvigelser pr. linje 2023")
    short = check_submission(submission("\n".join(table.splitlines()[:4])), load_rules())
    assert Content(short, "da").document.tables[0].deviations is None


def test_the_json_is_embedded_whole() -> None:
    html = page()
    start = html.index('<script type="application/json" id="report">') + len(
        '<script type="application/json" id="report">'
    )
    embedded = html[start : html.index("</script>", start)]
    assert json.loads(embedded) == json.loads(as_json(report(), View()))


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(report(), View()) == page()


HOSTILE = "1 < 2 <script x='y' & \"z\" {{ 7*7 }} \x1b[31m"


def test_text_of_the_submission_is_never_markup() -> None:
    table = f"{HOSTILE} i 1.000 kr.\n| Område | Regnskab 2023 |\n| {HOSTILE} | 100 |\n| SFO | 40 |\n| I alt | 150 |\n"
    html = render(check_submission(submission(table), load_rules()), View())
    tags(html)
    assert "<script x" not in html
    assert html.count("<script") == 2
    assert "1 &lt; 2 &lt;script x=&#39;y&#39; &amp; &#34;z&#34;" in html
    assert "{{ 7*7 }}" in html
    assert "\x1b" not in html


def test_danish_numbers_have_no_comma_between_thousands_and_no_key_is_left_unsaid() -> None:
    html = page()
    body = html[html.index('<div class="body da own"') : html.index('<div class="body en"')]
    text = re.sub(r"<[^>]+>", " ", body)
    assert not re.search(r"\d,\d{3}(?!\d)", text)
    assert not re.search(r"\b(html|report|status|measure)\.[a-z_]+\b", text)


def test_a_submission_of_nothing_has_a_page_too() -> None:
    html = render(check_submission(submission("Ingen tal."), load_rules()), View())
    tags(html)
    assert "Der er ingen fund." in html
