"""What vocabulary.yaml and layouts.yaml may hold: for reading them, checking them and making their JSON Schemas."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checker.model.submission import KR, NUMBER, PERCENT
from checker.yamlshape import Choice, Flag, Key, Keys, ListOf, Shape, Table, Text, Whole

_NAME = Text(re.compile(r"[a-z_]+"), "lint.bad_name")
PATTERNS = ListOf(Text(), 1)
"""Patterns: `word*` begins so, `*word` ends so, `a|b` is either; the words stand in this order."""

MEASURE = Keys(
    {
        "dimension": Key(
            Choice(
                (KR, NUMBER, PERCENT),
                {KR: "amounts", NUMBER: "counts", PERCENT: "shares; left out of sums and comparisons"},
            ),
            "What kind of value the column holds.",
            required=True,
        ),
        "additive": Key(Flag(), "Whether the parts of a total may be added.", required=True),
        "deviation": Key(Flag(), "Whether it is a deviation, measured against a basis."),
        "own_unit": Key(Choice((KR,)), "Printed in kr. even where the table is in 1.000 kr., as prices are."),
        "headers": Key(PATTERNS, "Patterns of headings that mean this measure.", required=True),
        "weak": Key(Flag(), "Names a part (gross, net): it counts only where the heading names nothing else."),
        "several": Key(Flag(), "A table may have several columns of it that are not the same figures."),
        "beside": Key(_NAME, "Only where a column of this measure stands beside it; else it is that measure."),
        "year_shift": Key(
            Table(Whole(-9, 9), Text()), "A word of the heading, and how many years the year after it is to be moved."
        ),
    }
)


def _closed(**keys: str) -> Keys:
    return Keys({name: Key(PATTERNS, help_, required=True) for name, help_ in keys.items()})


TABLES: Mapping[str, Key] = {
    "deviation_plus": Key(
        _closed(
            bedre="Headings of deviations where plus is better than the budget.",
            daarligere="Headings of deviations where plus is worse than the budget.",
        ),
        "What a plus in a deviation column means where only its heading tells.",
        required=True,
    ),
    "deviation_basis": Key(
        Table(PATTERNS, _NAME), "A measure, and the words that say that a deviation is measured against it.", True
    ),
    "percents": Key(
        _closed(
            deviation="Headings of per cents of the budget that a deviation is.",
            consumption="Headings of per cents of the budget that is spent.",
            share="Headings of per cents of the column's total that a line is.",
            change="Headings of per cents that say how much a figure has changed.",
        ),
        "What a column of per cents is a per cent of, where its heading says so.",
        required=True,
    ),
    "scopes": Key(Table(PATTERNS, _NAME), "A scope, and the words for it in titles and labels.", required=True),
    "rows": Key(
        _closed(
            total="Labels of totals.",
            subtotal="Labels of subtotals.",
            of_which="Labels of rows that are part of the one above (heraf).",
            result="Labels of results.",
            stock="Labels of balances, which are not summed.",
            area="Words for areas, which say nothing of a total's parts.",
            income="Labels of income.",
            expense="Labels of expenses.",
        ),
        "What the label of a row means.",
        required=True,
    ),
    "notes": Key(
        _closed(
            begin="Words a note begins with.",
            mention="Words that make a paragraph near a table a note.",
            selected="Words that say that a table shows only some items.",
            not_years="Words that tell that a year in a note is not a year of the figures.",
        ),
        "How notes are known.",
        required=True,
    ),
    "signs": Key(
        _closed(
            plus="Words for plus.",
            minus="Words for minus.",
            udgift="Words for expenses.",
            indtaegt="Words for income.",
            bedre="Words for better than the budget.",
            daarligere="Words for worse than the budget.",
        ),
        "The words of a sign convention.",
        required=True,
    ),
}
"""Tables of patterns by what they mean; `Table` where the file chooses the names."""
BY_WEIGHT = ("deviation_plus", "deviation_basis", "percents")
"""Tables where the heaviest pattern wins (`words.best`), as among the headings of measures; elsewhere any will do."""

LISTS: Mapping[str, Key] = {
    "forecast_words": Key(PATTERNS, "Words of a heading that speaks of expected accounts.", required=True),
    "number_headers": Key(PATTERNS, "Headings of columns with line numbers.", required=True),
    "text_headers": Key(PATTERNS, "Headings of columns with text.", required=True),
    "count_titles": Key(PATTERNS, "Words with which the title of a table of counts begins.", required=True),
    "entity_headings": Key(PATTERNS, "Headings that name the area the accounts are of.", required=True),
    "entity_areas": Key(PATTERNS, "Headings that open an area of their own where a file holds several.", required=True),
    "entity_committees": Key(PATTERNS, "Headings that do so where no area is named.", required=True),
    "continued": Key(PATTERNS, "Words that say that a table goes on.", required=True),
    "report_words": Key(PATTERNS, "Words of a heading that names the year of the accounts.", required=True),
}

VOCABULARY = Keys(
    {
        "version": Key(Whole(1), "The version of the vocabulary.", required=True),
        "measures": Key(Table(MEASURE, _NAME), "What a column may hold.", required=True),
        **TABLES,
        **LISTS,
    }
)


def layouts_shape(measures: tuple[str, ...]) -> Keys:
    """The file of layouts, whose columns may hold these measures."""
    held: Shape = ListOf(Choice(measures), 1)
    layout = Keys(
        {
            "id": Key(_NAME, "The name of the layout, for `where: {table: …}` in rules.", required=True),
            "titles": Key(PATTERNS, "Patterns of titles; one that fits counts more than any measure."),
            "all": Key(held, "Measures that must all be among the columns."),
            "any": Key(held, "Measures of which one at least must be among the columns."),
            "title_required": Key(Flag(), "Whether the table is of this type only where a title fits."),
        }
    )
    return Keys(
        {
            "version": Key(Whole(1), "The version of the layouts.", required=True),
            "layouts": Key(ListOf(layout, 1), "The types of table; the one that asks most and is met wins.", True),
        }
    )
