"""What may schemas/narrative.yaml hold: for reading it, checking it and making its JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checker.recognise.shape import PATTERNS
from checker.yamlshape import Anything, Choice, Flag, Key, Keys, ListOf, Shape, Table, Text, Whole

_NAME = Text(re.compile(r"[a-z_]+"), "lint.bad_name")
PLAIN = ListOf(Text(), 1)
"""Single words, in lower case and without wildcards."""

WORD_LISTS: Mapping[str, str] = {
    "connectors": "Words between a cue and its amount that are no distance.",
    "direct": "Words that alone may stand between a cue and the amount after it that is surely its own.",
    "after": "The same between an amount and the cue after it.",
    "against": "Words after which a budget or an expectation is what something is compared with.",
    "divided": "Words after which a transfer is divided into results.",
    "given_away": "Words that say that budget went to others.",
    "in_all": "Words that say that all changes of the budget are told together.",
    "joining": "Words that tie a result to the verb for carrying before it.",
    "of_which": "Words for an amount that is part of the one before.",
    "other_way": "Words after 'trække' that turn the sign.",
    "rest_names": "Words before a line's name that are no name.",
    "told_after": "Words between a budget compared with and its own amount in a clause of its own.",
    "told_at": "Words between a budget compared with and its own amount.",
    "verbs": "Words that begin a new statement after 'og'.",
    "boundaries": "Words that begin a new thought within a sentence.",
    "whole_area": "First words of a sentence that speaks of the whole area again.",
    "abbreviations": "Words whose full stop ends no sentence.",
}
"""Plain words."""

PATTERN_LISTS: Mapping[str, str] = {
    "actors": "Verbs of somebody who decides: a name before them is no line.",
    "aside": "Words that single out a part of what is told.",
    "balanced": "Words for a result of nothing.",
    "budget_words": "Words for the budget.",
    "committee": "Words for the committee or municipality, whose figures are not those of a line.",
    "common_names": "Words that many lines begin with: alone they name none.",
    "expected": "Words of an expectation.",
    "expense": "Words for expenses.",
    "generic": "Words after 'på' and its like that name no part.",
    "granted": "Words for giving: '3 mio. kr. mere' is then no result.",
    "income": "Words for income.",
    "negations": "Words that deny.",
    "not_balanced": "Words near those for a balance that take it back.",
    "number_labels": "Words before the number of a line.",
    "own_area": "Words for the area itself as the one budget is moved to.",
    "parts": "Words that say that amounts are parts of the one before.",
    "reasons": "Words that give a reason.",
    "references": "Words that refer back to an amount told before.",
    "whole": "Words for all of an amount.",
    "whole_subjects": "Subjects of a comparison with the budget that speak of the whole line.",
    "whole_words": "Words that say that a sentence speaks of the whole area.",
}
"""Lists of patterns."""

PATTERN_TABLES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "hedges": (("about", "below", "above"), "Words before an amount that make it less exact."),
    "bases": (
        ("oprindeligt_budget", "forventet_regnskab", "sidste_aar", "korrigeret_budget"),
        "What a result is measured against where the text says so.",
    ),
    "opposites": (
        ("bedre", "daarligere", "verbs"),
        "Words that refer to a result told before, and what is said of it.",
    ),
    "transfer": (("sought", "in_words", "present"), "Words that tell which way money is carried."),
    "headings": (("whole", "entity", "same"), "Headings of the whole area, and those that go on with a line."),
}
"""Tables of patterns with their keys."""

CUE_PATTERNS = ListOf(Text(), 1)
"""Patterns; between two words at most four others may stand, none before a word written with `+`."""


def narrative_shape(measures: tuple[str, ...]) -> Keys:
    """The file, whose cues may name these measures, `overfoersel` (either way) and `none`."""
    cue = Keys(
        {
            "measure": Key(Choice((*measures, "overfoersel", "none")), "What the amount is.", required=True),
            "sign": Key(Choice(("plus", "minus", "more", "less")), "What the words say of its sign."),
            "stands": Key(Choice(("before", "after", "both")), "Where the cue stands to its amount.", required=True),
            "reach": Key(Whole(), "How many words may stand between."),
            "cost": Key(Whole(-9, 9), "How much nearer another cue may be and still lose."),
            "weak": Key(Flag(), "It costs what it costs even right beside the amount."),
            "income": Key(Flag(), "It speaks of income."),
            "words": Key(CUE_PATTERNS, "The patterns.", required=True),
        }
    )
    case = Keys(
        {
            "text": Key(Text(), "One or two sentences.", required=True),
            "claims": Key(ListOf(Table(Anything(), _NAME), 1), "A measure with its kroner, and a line.", required=True),
        }
    )
    keys: dict[str, Key] = {
        "version": Key(Whole(1), "The version of the words.", required=True),
        "cues": Key(Table(cue, _NAME), "Words that say what an amount near them is.", required=True),
        "number_words": Key(Table(Text(), Text()), "Numbers in words, as Danish decimals.", required=True),
        "cases": Key(ListOf(case, 1), "Sentences and what they state.", required=True),
    }
    keys |= {name: Key(PLAIN, told, required=True) for name, told in WORD_LISTS.items()}
    keys |= {name: Key(PATTERNS, told, required=True) for name, told in PATTERN_LISTS.items()}
    keys |= {name: Key(_table(own), told, required=True) for name, (own, told) in PATTERN_TABLES.items()}
    return Keys(keys)


def _table(keys: tuple[str, ...]) -> Shape:
    return Keys({key: Key(PATTERNS, f"Patterns for {key}.", required=True) for key in keys})
