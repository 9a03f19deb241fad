"""Does lint find what is wrong or idle in layouts, vocabulary and messages?"""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from checker import recognise
from checker.errors import Complaint
from checker.kinds import KINDS, total
from checker.kinds.base import Kind, Setting
from checker.lint.found import Found
from checker.lint.layouts import check_layouts
from checker.lint.narrative import check_narrative
from checker.lint.texts import FOLDER, check_texts, needed, of_kind
from checker.lint.vocabulary import check_vocabulary
from checker.messages import LANGUAGES, catalogue
from checker.recognise.shape import BY_WEIGHT, LISTS, TABLES
from checker.resources import data_dir
from checker.yamlsource import parse_yaml, read_yaml
from tests.test_rulefile import line_of

LAYOUTS = """\
version: 1
layouts:
  - id: regnskab
    titles: [regnskab*]
    all: [regnskab]
  - id: budget
    any: [budget, oprindeligt_budget]
"""
VOCABULARY = (data_dir("schemas") / "vocabulary.yaml").read_text(encoding="utf-8")


def told(found: Found) -> tuple[list[str], list[str]]:
    """Complaints and warnings in file order."""

    def lines(listed: list[Complaint]) -> list[str]:
        return [line_of(c) for c in sorted(listed, key=lambda c: (c.file, c.line, c.column, c.key))]

    return lines(found.complaints), lines(found.warnings)


def layouts(old: str = "", new: str = "") -> tuple[list[str], list[str]]:
    assert old == "" or LAYOUTS.count(old) == 1
    return told(check_layouts(parse_yaml(LAYOUTS.replace(old, new) if old else LAYOUTS, "l")))


@pytest.mark.parametrize(
    ("old", "new", "complaints"),
    [
        ("", "", []),
        ("all: [regnskab]", "all: [regnskb]", ["l:5:11 rulefile.not_a_choice(found=regnskb) -> regnskab"]),
        ("any: [budget, o", "al: [budget]\n    any: [o", ["l:7:5 yaml.unknown_key(key=al) -> all"]),
        ("    all: [regnskab]\n", "", ["l:3:5 lint.layout_asks_nothing()"]),
        ("id: budget", "id: regnskab", ["l:6:9 lint.layout_twice(id=regnskab)"]),
        (
            "id: budget",
            "id: Budget",
            [
                "l:6:9 lint.bad_name(found=Budget)",
                "l:6:9 lint.no_message(key=layout.Budget, lang=da)",
                "l:6:9 lint.no_message(key=layout.Budget, lang=en)",
            ],
        ),
        ("  - id: budget\n    any", "  - any", ["l:6:5 rulefile.key_missing(key=id)"]),
        (
            "[regnskab*]",
            "[Regnskab*, a**]",
            ["l:4:14 lint.pattern_never_met(found=Regnskab*) -> regnskab*", "l:4:25 lint.pattern_form(found=a**)"],
        ),
        ("all: [regnskab]", "all: [regnskab]\n    title_required: ja", ["l:6:21 rulefile.not_true_or_false(found=ja)"]),
        ("version: 1\n", "", ["l:1:1 rulefile.key_missing(key=version)"]),
        ("  - id: budget\n", "  - budget\n  - id: budget\n", ["l:6:5 rulefile.not_a_mapping()"]),
        ("version: 1", "version: 1\nversion: 2", ["l:2:1 yaml.duplicate_key(key=version)"]),
        (LAYOUTS.partition("layouts:")[2], " 5\n", ["l:2:10 rulefile.not_a_list()"]),
    ],
)
def test_layouts(old: str, new: str, complaints: list[str]) -> None:
    assert layouts(old, new) == (complaints, [])


def test_a_layout_that_no_table_can_be() -> None:
    assert layouts("any: [budget, oprindeligt_budget]", "all: [regnskab]\n    any: [budget]") == ([], [])
    assert layouts("any: [budget, oprindeligt_budget]", "all: [regnskab]") == ([], ["l:6:9 lint.never_wins(id=budget)"])
    assert layouts("[regnskab*]", "[regnskab*, regnskabet]") == (
        [],
        ["l:4:25 lint.pattern_shadowed(found=regnskabet, other=regnskab*, line=4, key=)"],
    )


def vocabulary(*changes: tuple[str, str]) -> tuple[list[str], list[str]]:
    """What lint says of the shipped vocabulary after changes; places are left out, for that file lives."""
    text = VOCABULARY
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    complaints, warnings = told(check_vocabulary(parse_yaml(text, "v")))

    def bare(lines: list[str]) -> list[str]:
        return [re.sub(r", line=\d+", "", line.partition(" ")[2]) for line in lines]

    return bare(complaints), bare(warnings)


@pytest.mark.parametrize(
    ("old", "new", "complaints"),
    [
        ("version: 1\n", "version: 1\nord: [a]\n", ["yaml.unknown_key(key=ord)"]),
        (
            "continued: [",
            "continud: [",
            ["rulefile.key_missing(key=continued)", "yaml.unknown_key(key=continud) -> continued"],
        ),
        (
            "  of_which: [",
            "  ofwhich: [",
            ["rulefile.key_missing(key=of_which)", "yaml.unknown_key(key=ofwhich) -> of_which"],
        ),
        (
            "  rest:\n    dimension: kr\n",
            "  rest:\n    dimension: kr.\n",
            ["rulefile.not_a_choice(found=kr.) -> kr"],
        ),
        (
            "  rest:\n    dimension: kr\n",
            "  rest:\n    dimesion: kr\n",
            ["rulefile.key_missing(key=dimension)", "yaml.unknown_key(key=dimesion) -> dimension"],
        ),
        (
            "  rest:\n",
            "  reste:\n",
            ["lint.no_message(key=measure.reste, lang=da)", "lint.no_message(key=measure.reste, lang=en)"],
        ),
        (
            "  drift: [",
            "  driften: [",
            ["lint.no_message(key=scope.driften, lang=da)", "lint.no_message(key=scope.driften, lang=en)"],
        ),
        ("  forventet_regnskab: [", "  forventet: [", ["rulefile.not_a_choice(found=forventet) -> forventet_regnskab"]),
        ("headers: [primo*,", "headers: [primo*, Primo,", ["lint.pattern_never_met(found=Primo) -> primo"]),
        ("continued: [fortsat", 'continued: [""', ["rulefile.not_a_text()"]),
        ("continued: [fortsat", 'continued: ["f*t"', ["lint.pattern_form(found=f*t)"]),
        ("year_shift: {fra: 1}", "year_shift: {fra: et}", ["rulefile.not_a_whole_number(found=et)"]),
    ],
)
def test_vocabulary(old: str, new: str, complaints: list[str]) -> None:
    assert vocabulary((old, new)) == (complaints, [])


def test_patterns_that_make_no_difference() -> None:
    assert vocabulary() == ([], [])
    assert vocabulary(("headers: [primo*,", "headers: [primo*, primo,")) == (
        [],
        ["lint.pattern_shadowed(found=primo, other=primo*, key=measures/primo/headers)"],
    )
    assert vocabulary(("headers: [primo*,", "headers: [primo*, 'prim*',"))[1] == [], "it is met by other texts"
    assert vocabulary(("headers: [ultimo*,", "headers: [ultimo*, primo*,"))[1] == [
        "lint.pattern_twice(found=primo*, other=primo*, key=measures/primo/headers)"
    ], "of two measures the first wins"
    assert vocabulary(("  stock: [saldo*,", "  stock: [saldo*, saldoen,"))[1] == [
        "lint.pattern_shadowed(found=saldoen, other=saldo*, key=rows/stock)"
    ]
    assert vocabulary(("continued: [fortsat,", "continued: [fortsat, fortsat,"))[1] == [
        "lint.pattern_twice(found=fortsat, other=fortsat, key=continued)"
    ]


def texts(da: str, en: str) -> list[str]:
    """What lint says of two message files, without the messages that the code asks for."""
    found = check_texts({"da": parse_yaml(da, "da"), "en": parse_yaml(en, "en")})
    assert found.warnings == []
    lines = told(found)[0]
    asked = {f"{lang}:1:1 lint.no_message(key={key}, lang={lang})" for lang in ("da", "en") for key in needed()}
    assert {line.partition(" -> ")[0] for line in lines} >= asked
    return [line for line in lines if line.partition(" -> ")[0] not in asked]


@pytest.mark.parametrize(
    ("da", "en", "expected"),
    [
        ("a: {b: 'et {n}'}", "a: {b: 'one {n}'}", []),
        ("a: {b: et, c: to}", "a: {b: one}", ["da:1:12 lint.no_message(key=a.c, lang=en)"]),
        ("a: {b: et}", "a: {b: one, c: two}", ["en:1:13 lint.no_message(key=a.c, lang=da)"]),
        ("a: {b: 'et {n}'}", "a: {b: 'one {m}'}", ["en:1:8 lint.other_places(found=m, other=n, lang=da)"]),
        ("a: {b: 'et {n}'}", "a: {b: one}", ["en:1:8 lint.other_places(found=–, other=n, lang=da)"]),
        ("a: {b: 'et {n}'}", "a: {b: 'one {n'}", ["en:1:8 lint.not_a_message(found=one {n)"]),
        ("a: {b: 'et {'}", "a: {b: one}", ["da:1:8 lint.not_a_message(found=et {)"]),
        ("a: {b: ''}", "a: {b: 5}", ["da:1:8 rulefile.not_a_text()", "en:1:8 rulefile.not_a_text()"]),
        ("a: {b: et, b: to}", "a: {b: one}", ["da:1:12 yaml.duplicate_key(key=b)"]),
    ],
)
def test_messages(da: str, en: str, expected: list[str]) -> None:
    assert texts(da, en) == expected


def test_every_kind_has_its_messages() -> None:
    predicate = Kind(total.ground, {"what": Setting("choice", choices=("x", "y"))}, predicate=True)
    assert of_kind("ny", predicate) == [
        "next.ny",
        *("outcome.ny.x.passed", "outcome.ny.x.failed", "outcome.ny.y.passed", "outcome.ny.y.failed"),
    ]
    assert of_kind("ny", total.KIND) == [
        "next.ny",
        *("outcome.ny.passed", "outcome.ny.passed_rounding", "outcome.ny.failed"),
    ]
    assert {"next.total", "outcome.presence.unit.failed", "severity.note", "status.error"} <= set(needed())
    assert set(needed()) <= set(catalogue("da"))


def test_a_kind_without_messages_is_complained_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "totl", replace(total.KIND, settings={}))
    sources = {lang: read_yaml(FOLDER / f"{lang}.yaml") for lang in LANGUAGES}
    complaints, warnings = told(check_texts(sources))
    assert warnings == []
    assert complaints == [
        f"{lang}.yaml:2:1 lint.no_message(key={key}, lang={lang}) -> {key.replace('totl', 'total')}"
        for lang in LANGUAGES
        for key in ("next.totl", "outcome.totl.passed", "outcome.totl.passed_rounding", "outcome.totl.failed")
    ]


# What the shapes declare is what the recogniser reads

RECOGNISE = {
    path.name: ast.parse(path.read_text(encoding="utf-8")) for path in Path(recognise.__file__).parent.glob("*.py")
}


def subscripts(attribute: str, inside: ast.AST) -> set[str]:
    """The names in `vocab.<attribute>["name"]`."""
    return {
        node.slice.value
        for node in ast.walk(inside)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == attribute
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)
    }


def test_every_table_and_list_that_is_read_is_declared_and_the_other_way_round() -> None:
    read = {name for tree in RECOGNISE.values() for name in subscripts("tables", tree)}
    assert read == set(TABLES)
    lists = {name for tree in RECOGNISE.values() for name in subscripts("lists", tree)}
    assert lists <= set(LISTS)
    strings = {
        node.value
        for name, tree in RECOGNISE.items()
        if name != "shape.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(LISTS) <= strings


def test_the_tables_where_the_heaviest_pattern_wins_are_those_that_are_read_so() -> None:
    calls = [node for tree in RECOGNISE.values() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    best = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "best"]
    assert {name for call in best for name in subscripts("tables", call)} == set(BY_WEIGHT)


# The words for running text

NARRATIVE = (data_dir("schemas") / "narrative.yaml").read_text(encoding="utf-8")


def test_a_cue_that_no_case_uses_is_said() -> None:
    extra = 'cues:\n  spild:\n    measure: regnskab\n    stands: both\n    words: ["gik til spilde"]\n'
    found = check_narrative(parse_yaml(NARRATIVE.replace("cues:\n", extra, 1), "narrative.yaml"))
    assert found.complaints == []
    assert [(c.key, dict(c.args)) for c in found.warnings] == [("lint.cue_without_case", {"found": "spild"})]


def test_a_cue_names_a_measure_there_is() -> None:
    found = check_narrative(parse_yaml(NARRATIVE.replace("measure: rest\n", "measure: restt\n", 1), "narrative.yaml"))
    assert len(found.complaints) == 1
    assert "restt" in str(found.complaints[0])
