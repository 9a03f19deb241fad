"""What a rule file and a rule may hold: keys, types and choices, for checking and for the JSON Schema."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

from checker.errors import Complaint
from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.messages import LANGUAGES
from checker.rulefile.known import layouts, scopes
from checker.yamlshape import (
    Anything,
    Choice,
    Flag,
    Key,
    Keys,
    ListOf,
    Scalar,
    Shape,
    Table,
    Text,
    Whole,
)
from checker.yamlshape import not_a_choice as choice
from checker.yamlsource import Source, YamlPath

LEAST_CASES = 5
SEVERITIES = ("error", "warning", "note")
ROUNDINGS = ("nearest", "truncated")
MISSING = ("not_evaluated", "zero", "fail")
STATUSES = ("passed", "passed_rounding", "failed", "not_evaluated")
WHERE_KEYS = ("table", "scope")
ID = re.compile(r"[A-ZÆØÅ]{2,6}[0-9]{3}")
NAME = re.compile(r"[a-z0-9æøå]+(?:-[a-z0-9æøå]+)+")
_WORDS = {"da": "in Danish", "en": "in English"}

TRANSLATED = Keys(
    {lang: Key(Text(), _WORDS.get(lang, lang), required=True) for lang in LANGUAGES},
    wrong="rulefile.not_translated",
    missing=("rulefile.language_missing", "lang"),
)
_SEVERITY = Choice(
    SEVERITIES,
    {
        "error": "skal rettes: to be corrected before submission",
        "warning": "skal rettes eller forklares: to be corrected or explained",
        "note": "til orientering: for information",
    },
)
_ROUNDING = Choice(
    ROUNDINGS,
    {"nearest": "printed figures are rounded to the nearest", "truncated": "printed figures are cut off"},
)
_MISSING = Choice(
    MISSING,
    {
        "not_evaluated": "the check is not carried out and says what is missing",
        "zero": "the part counts as exactly zero",
        "fail": "it is a finding",
    },
)
_STATUS = Choice(
    STATUSES,
    {
        "passed": "one check agrees exactly, none is off",
        "passed_rounding": "none fails, and one at least is off by no more than rounding explains",
        "failed": "one check fails at least",
        "not_evaluated": "no check could be carried out",
    },
)
HEAD = Keys(
    {
        "id": Key(Text(), "Stands in every report.", required=True),
        "version": Key(Scalar(), "Stands in every report. Put it in quotes.", required=True),
        "extends": Key(
            ListOf(Text()), "Rule sets this one builds on: ids of shipped ones, or paths from the folder of this file."
        ),
        "declares": Key(ListOf(Text()), "Parameters that this file adds; needed only where it extends another."),
        "rounding": Key(_ROUNDING, "Whether printed figures are rounded to the nearest, or cut off."),
        "two_people": Key(
            Flag(), "true: a waiver counts only where another person than the one who wrote it has approved it."
        ),
        "title": Key(TRANSLATED, "A name for readers."),
    }
)
CASE = Keys(
    {
        "name": Key(Text(), "What the case shows.", required=True),
        "given": Key(Text(), "The text of a small submission, read exactly as a file is.", required=True),
        "expect": Key(_STATUS, "What the rule must say of it.", required=True),
        "findings": Key(Whole(), "With `failed`: exactly so many failed checks."),
        "parameters": Key(Table(Anything()), "Parameters for this case, on top of those of the files."),
        "prior": Key(Text(), "The text of last year's submission."),
        "extract": Key(Text(), "The text of an extract of the accounting system."),
        "manifest": Key(Text(), "The text of the submission's regnskab.yaml."),
        "traps": Key(ListOf(Text()), "What a reader says of cells: the code, and what was found there."),
    }
)
_YEAR = Whole(1970, 2100, "rulefile.not_a_year")
VALID = Keys(
    {
        "from": Key(_YEAR, "The first accounting year, included."),
        "to": Key(_YEAR, "The last accounting year, included."),
    }
)


@cache
def where_shape() -> Keys:
    """Which tables and scopes a rule is for."""
    return Keys(
        {
            "table": Key(ListOf(Choice(("any", *layouts())), alone=True), "Types of table, or `any`."),
            "scope": Key(ListOf(Choice(("any", *scopes())), alone=True), "`drift` or `anlaeg`, or `any`."),
        }
    )


@cache
def rule_shape() -> Keys:
    """One rule; `check` depends on its kind and is checked apart."""
    kinds = {name: about_kind(name) for name in KINDS}
    cases = ListOf(CASE, LEAST_CASES, wrong="rulefile.too_few_cases")
    return Keys(
        {
            "id": Key(
                Text(ID, "rulefile.bad_id"),
                "Two to six capital letters and three digits; never used again for another rule.",
                required=True,
            ),
            "name": Key(
                Text(NAME, "rulefile.bad_name"), "The defect, in lower-case words with hyphens.", required=True
            ),
            "kind": Key(Choice(tuple(KINDS), kinds), "How the rule checks.", required=True),
            "severity": Key(_SEVERITY, "How grave a finding of the rule is.", required=True),
            "title": Key(TRANSLATED, "One line that names the defect.", required=True),
            "why": Key(TRANSLATED, "Why it matters, in words a controller understands.", required=True),
            "authority": Key(
                Text(), "The paragraph, guide or practice behind the rule, or `unverified`.", required=True
            ),
            "valid": Key(VALID, "The accounting years the rule is for."),
            "where": Key(where_shape(), "The tables and scopes the rule is for; any, unless it says."),
            "missing": Key(_MISSING, "What a single missing part means."),
            "check": Key(Anything(), "The settings of the kind."),
            "cases": Key(cases, "The rule's own examples, run by `regnskabstjek test`.", required=True),
        }
    )


@cache
def adjustment_shape() -> Keys:
    """What a rule file changes of a rule it inherits."""
    return Keys(
        {
            "rule": Key(Text(), "The id of a rule of a file that this one extends.", required=True),
            "off": Key(Flag(), "true: the rule does not run. false: as written, where an earlier file adjusted it."),
            "severity": Key(_SEVERITY, "The new severity."),
            "where": Key(where_shape(), "The tables and scopes the rule is limited to; it can only narrow."),
            "reason": Key(
                Text(wrong="adjust.reason_too_short", least=10),
                "Why; every report shows it. At least 10 characters.",
                required=True,
            ),
            "author": Key(Text(), "Who wrote the adjustment."),
            "approved_by": Key(Text(), "Who approved it; another person than the author."),
            "date": Key(Text(), "When, as a text such as 2026-03-01."),
        }
    )


def file_shape(rule: Shape, adjustment: Shape) -> Keys:
    """The whole file, with what each rule and each adjustment must be."""
    return Keys(
        {
            "ruleset": Key(HEAD, "The head: id, version and what the file builds on.", required=True),
            "parameters": Key(Table(Anything()), "Names with values, used in rules as `$name`; null is unset."),
            "adjust": Key(
                ListOf(adjustment), "Rules of extended files that are switched off, narrowed or given another severity."
            ),
            "rules": Key(ListOf(rule), "The rules of this file."),
            "retired": Key(
                ListOf(Text(ID, "rulefile.bad_id")), "Ids that must not be used any more, here or in an extended file."
            ),
        }
    )


OUTER = file_shape(Anything(), Anything())
"""The file without its rules and adjustments, which are checked one by one."""


def about_kind(name: str) -> str:
    """What a kind checks, in a sentence: that of its module."""
    import sys

    told = (sys.modules[KINDS[name].ground.__module__].__doc__ or "").strip()
    return told.splitlines()[0] if told else name


def check_setting(
    source: Source, path: YamlPath, setting: Setting, value: Any, measures: tuple[str, ...]
) -> list[Complaint]:
    """Complaints about one value under `check:`."""
    known = (*setting.choices, *measures)
    if setting.type == "choice":
        return [] if value in setting.choices else [choice(source, path, value, setting.choices)]
    if setting.type == "measure":
        return [] if value in known else [choice(source, path, value, known)]
    if setting.type == "measures":
        if not isinstance(value, list) or not value:
            return [source.complaint(path, "rulefile.not_a_list")]
        return [choice(source, (*path, i), v, known) for i, v in enumerate(value) if v not in known]
    if setting.type == "texts":
        if not isinstance(value, list) or not value:
            return [source.complaint(path, "rulefile.not_a_list")]
        wrong = [i for i, v in enumerate(value) if not isinstance(v, str) or not v]
        return [source.complaint((*path, i), "rulefile.not_a_text") for i in wrong]
    if setting.type == "number":
        ok = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
        return [] if ok else [source.complaint(path, "rulefile.not_a_number", found=str(value))]
    if not isinstance(value, str) or not value:
        return [source.complaint(path, "rulefile.not_a_text")]
    return [] if setting.type != "pattern" or _is_pattern(value) else [source.complaint(path, "rulefile.not_a_pattern")]


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True
