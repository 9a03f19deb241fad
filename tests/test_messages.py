"""Is everything that is said, said in both languages, with the same figures put in and no word of the other?"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import checker
from checker.amounts.show import figure
from checker.kinds import KINDS
from checker.kinds.presence import WHAT
from checker.kinds.text_claim import WHAT as TEXT_WHAT
from checker.messages import LANGUAGES, catalogue, text
from checker.model.document import TRAPS
from checker.model.outcomes import STATUSES, Figure, Message
from checker.model.rules import SEVERITIES
from checker.rulefile.known import layouts, measures, scopes
from checker.wording import both, figure_text, say
from tests.build import KR, TKR, rule, run

DANISH, ENGLISH = catalogue("da"), catalogue("en")
SECTIONS = {key.partition(".")[0] for key in DANISH}
SOURCES = sorted(Path(checker.__file__).parent.rglob("*.py"))
TREES = {path.name: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}


def placeholders(message: str) -> set[str]:
    """The names that are filled in."""
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert LANGUAGES == ("da", "en")
    assert set(DANISH) == set(ENGLISH)
    assert list(DANISH) == list(ENGLISH)
    assert len(DANISH) > 200


def test_both_languages_fill_in_the_same() -> None:
    assert {k for k in DANISH if placeholders(DANISH[k]) != placeholders(ENGLISH[k])} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_a_text_that_can_be_filled(lang: str) -> None:
    for key, message in catalogue(lang).items():
        names = placeholders(message)
        assert message.strip() and message != "None", key
        assert all(name.isidentifier() for name in names), key
        filled = text(key, lang, {name: f"<{name}>" for name in names})
        assert all(f"<{name}>" in filled for name in names), key
        assert "{" not in filled, key


def test_an_argument_may_be_a_message_itself() -> None:
    message = Message("outcome.year_in_note.passed", {"measure": "@measure.korrigeret_budget", "found": "2023"})
    assert both(message) == {
        "da": "Noten nævner korrigeret budget 2023; det år findes i tabellen.",
        "en": "The note names revised budget 2023; the table has that year.",
    }
    assert "@skole" in text("rulefile.bad_id", "da", {"found": "@skole"})
    assert "measure.pris" in text("rulefile.bad_id", "da", {"found": "measure.pris"})
    with pytest.raises(KeyError):
        text("no.such.key")


def test_what_a_document_says_is_not_filled_in_again() -> None:
    assert '"{found}"' in text("rulefile.bad_id", "da", {"found": "{found}"})


# Every key that is used


def strings(tree: ast.AST) -> set[str]:
    """Every plain text in a module but those inside f-strings."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in inside]
    return {n.value for n in found if isinstance(n.value, str)}


def openings(tree: ast.AST) -> set[str]:
    """What f-strings begin with."""
    parts = [n.values[0] for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) and n.values]
    return {p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)}


def is_key(word: str) -> bool:
    """Whether a text looks like a key of the catalogue."""
    return bool(re.fullmatch(r"@?[a-z_]+\.[a-z_.]*[a-z_]", word)) and word.lstrip("@").partition(".")[0] in SECTIONS


def test_every_key_in_the_code_has_its_message() -> None:
    used = {word.lstrip("@") for tree in TREES.values() for word in strings(tree) if is_key(word)}
    assert {"reason.part_missing", "plan.no_totals", "unread.ragged", "reading.joined", "rulefile.no_head"} <= used
    assert len(used) > 80
    assert used - set(DANISH) == set()


def test_every_key_made_up_in_the_code_can_become_a_message() -> None:
    made = {word.lstrip("@") for tree in TREES.values() for word in openings(tree)}
    made = {word for word in made if re.fullmatch(r"[a-z_]+\.[a-z_.]*", word) and word.partition(".")[0] in SECTIONS}
    assert {"outcome.", "next.", "measure.", "plan.presence_", "adjusted."} <= made
    assert {word for word in made if not any(key.startswith(word) for key in DANISH)} == set()


def test_every_word_of_the_terminal_report_has_its_message() -> None:
    calls = [
        node
        for node in ast.walk(TREES["summary.py"])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "said" and node.args
    ]
    words = {w for call in calls for node in ast.walk(call.args[0]) for w in strings(node) if w.isidentifier()}
    assert "must_fix" in words
    assert {f"report.{word}" for word in words} - set(DANISH) == set()


def test_measures_scopes_and_layouts_have_names() -> None:
    wanted = {f"measure.{m}" for m in (*measures(), "")}
    wanted |= {f"scope.{s}" for s in scopes()} | {f"layout.{layout}" for layout in layouts()}
    assert wanted - set(DANISH) == set()
    known = {k for k in DANISH if k.partition(".")[0] in ("measure", "scope", "layout")}
    assert known - wanted == set()


def test_every_kind_can_say_every_status() -> None:
    wanted = {"outcome.not_evaluated", "outcome.undecided", "outcome.part_missing", "outcome.error"}
    for name, kind in KINDS.items():
        wanted.add(f"next.{name}")
        statuses = ("passed", "failed") if kind.predicate else ("passed", "passed_rounding", "failed")
        whats = [
            f".{what}" for what in {"presence": WHAT, "cell_trap": TRAPS, "text_claim": TEXT_WHAT}.get(name, ())
        ] or [""]
        wanted |= {f"outcome.{name}{what}.{status}" for what in whats for status in statuses}
    wanted |= {f"plan.presence_{what}" for what in WHAT}
    wanted |= {f"status.{status}" for status in STATUSES}
    wanted |= {f"severity.{s}" for s in SEVERITIES} | {f"severity_long.{s}" for s in SEVERITIES}
    wanted |= {f"rulefile.bad_{key}" for key in ("id", "name")} | {f"sign.{about}" for about in ("udgift", "bedre")}
    assert wanted - set(DANISH) == set()


# Each language by itself

OPTIONS = re.compile(r"[Kk]endte: [a-z, ]+$")
"""What is to be typed stands in English in both languages."""
NOT_DANISH = (
    *("the", "and", "with", "error", "warning", "surplus", "deficit", "accounts", "figure", "figures", "table", "file"),
    *("rule", "rules", "expected", "stated", "missing", "unknown", "is", "not", "of", "to be", "budget minus"),
)


def test_danish_messages_hold_no_english_words() -> None:
    found = []
    for key, message in DANISH.items():
        words = re.sub(r"\{\w+\}|--[\w-]+|[\w-]+-[\w-]+-[\w-]+", " ", OPTIONS.sub("", message)).lower()
        found += [f"{key}: {word}" for word in NOT_DANISH if re.search(rf"(?<![\wæøå]){word}(?![\wæøå])", words)]
    assert found == []


def test_english_messages_hold_no_danish_letters() -> None:
    assert {key for key, message in ENGLISH.items() if re.search("[æøåÆØÅ]", message)} == set()


def test_no_message_is_left_untranslated() -> None:
    bare = {key: re.sub(r"\{\w+\}", "", DANISH[key]) for key in DANISH if DANISH[key] == ENGLISH[key]}
    words = {message.lower() for message in bare.values() if re.search(r"[a-zæøå]{4}", message)}
    assert words <= {"budget", "drift", "difference", "primo", "tolerance"}


def test_figures_in_messages_are_grouped_as_the_language_does() -> None:
    assert {k for k in DANISH if re.search(r"\d,\d{3}", DANISH[k])} == set()
    assert {k for k in ENGLISH if re.search(r"\d\.\d{3}", ENGLISH[k])} == set()


def test_figures_put_into_messages_are_grouped_as_the_language_does() -> None:
    text_ = """
Regnskab i kr.
| Nr. | Område | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| 1 | Skoler | 12.345.678 | 11.111.111 | 1.234.569 |
| 2 | SFO | 7.654.321 | 7.000.000 | 654.321 |
| | I alt | 29.999.999 | 18.111.111 | 1.888.888 |
"""
    deviation = rule("difference", {"stated": "over_underskud", "minuend": "basis", "subtrahend": "regnskab"})
    messages = [both(o.message) for o in run(text_, rule("total"), deviation).outcomes]
    assert len(messages) == 6
    for message in messages:
        assert re.search(r"\d\.\d{3}", message["da"])
        assert not re.search(r"\d,\d{3}", message["da"])
        assert re.search(r"\d,\d{3}", message["en"])
        assert not re.search(r"\d\.\d{3}", message["en"])


def test_a_figure_in_a_message_is_printed_as_figures_are() -> None:
    made = Figure(-1_234_567 * KR, KR, signed=True)
    assert figure_text(made, "da") == figure(made.value, KR, "kr", "da", signed=True) == "-1.234.567 kr."
    assert figure_text(Figure(3 * TKR, TKR, halves=True), "en") == figure(3 * TKR, TKR, "kr", "en", halves=True)
    assert figure_text(Figure(5_000_000, 0, "number"), "da") == "5"


def test_a_sentence_ends_in_one_full_stop() -> None:
    """'t.kr.' at the end of a sentence brings its own."""
    message = Message("outcome.same_figure.failed", {"other": "T1: 5", "difference": Figure(5 * TKR, TKR)})
    assert say(message, "da") == "Samme tal står forskelligt: T1: 5. Forskellen er 5 t.kr."
    assert say(Message("outcome.undecided", {"reason": "@reason.no_facts"}), "da") == (
        "Kunne ikke kontrolleres: ingen tal at kontrollere."
    )
