"""Is the summary the verdict, a table and every finding, and is text of the submission only ever text?"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from checker.model.outcomes import Report
from checker.reports import View
from checker.reports.markdown import escaped, fenced
from tests.reports.made import accepted, crashed, right, sample, told_in, wrong

PARSER = MarkdownIt("gfm-like", {"linkify": False, "html": True})


def parsed(text: str) -> list[Token]:
    """Every token, those of lines too."""
    return [inner for token in PARSER.parse(text) for inner in (token, *(token.children or ()))]


def shown(text: str) -> str:
    """What a reader sees of one line of text."""
    return "".join(t.content for t in parsed(text) if t.type == "text").replace("\u200b", "")


def types(given: Report, lang: str = "da") -> list[str]:
    """The types of all tokens of a report."""
    return [t.type for t in parsed(told_in("markdown", given, View(lang)))]


def test_the_summary_begins_with_the_verdict_and_a_row_per_finding() -> None:
    given = sample("naestved-it-2021/regnskab.txt")
    lines = told_in("markdown", given, View()).split("\n")
    assert lines[0] == "## IT, regnskab 2021: ikke klar til aflevering."
    assert lines[2].startswith("2 skal rettes · 4 skal rettes eller forklares · 135 af 139 beløb kontrolleret")
    assert lines[4:6] == ["| Nr. | Alvor | Fund | Sted | Beløb |", "| --- | --- | --- | --- | --- |"]
    assert lines[8] == (
        "| 3 | advarsel | FIG001 Samme tal står forskelligt to steder | "
        "samples/naestved-it-2021/regnskab.txt, linje 86 | 1 t.kr. |"
    )
    made = types(given)
    assert made.count("tr_open") == 1 + len(given.findings)
    assert made.count("heading_open") == 1 + len(given.findings)
    assert lines[-2] == "Viser, om tallene stemmer indbyrdes, ikke om de er bogført rigtigt."


def test_each_finding_stands_with_its_calculation() -> None:
    text = told_in("markdown", sample("naestved-it-2021/regnskab.txt"), View())
    part = text[text.index("### 2") : text.index("### 3")]
    assert part.startswith("### 2\\. TXT015 Overført og rest i teksten giver ikke resultatet\n\nfejl · samples/")
    assert "```text\n  over-/underskud                3.426 t.kr.\n- søgt overført                  2.000 t.kr." in part
    assert "Forskellen er -126 t.kr.; afrunding kan højst forklare 100,5 t.kr." in part
    assert "\n\nNæste skridt: Kontrollér, hvor meget" in part
    cells = told_in("markdown", sample("social-mio-2024/regnskab.xlsx"), View())
    assert "samples/social-mio-2024/regnskab.xlsx, „Regnskab 2024“ F10" in cells


def test_accounts_in_which_all_adds_up_have_no_table() -> None:
    assert types(right()).count("table_open") == 0
    assert "ZeroDivisionError: x" in told_in("markdown", crashed(right()), View())


def test_accepted_findings_say_why() -> None:
    text = told_in("markdown", accepted(wrong()), View())
    assert text.count("accepteret med begrundelse: Aftalt med revisionen") == len(wrong().findings)
    assert "| accepteret |" in text


def test_markup_links_and_mentions_become_text() -> None:
    for said in (
        "**fed** _kursiv_ `kode` [a](http://b) ![c](d) <b>e</b> | f ~~g~~ &lt; \\*",
        "@bruger #12 GH-7 https://a.dk www.a.dk a@b.dk",
        "# h",
        "- punkt",
        "1. punkt",
        "---",
        "===",
        "> citat",
        "$x$",
        "[^1]",
    ):
        tokens = {t.type for t in parsed(escaped(said))}
        assert tokens <= {"paragraph_open", "inline", "text", "text_special", "paragraph_close"}, (said, tokens)
        assert shown(escaped(said)) == said
    for said in ("@bruger", "a@b.dk", "#12", "GH-7", "https://a.dk", "www.a.dk"):
        assert not re.search(r"@\w|#\d|GH-\d|://\w|www\.\w", escaped(said))


def test_a_fence_is_longer_than_any_inside() -> None:
    assert fenced(["a ``` b", "````"]) == "`````text\na ``` b\n````\n`````"
    assert [t.type for t in parsed(fenced(["```", "<b>", "@a"]))] == ["fence"]
