"""Places, figures and calculations as JSON."""

from __future__ import annotations

from typing import Any

from checker.amounts.show import figure, plain_decimal
from checker.messages import LANGUAGES, text, word
from checker.model.document import Place
from checker.model.outcomes import Evidence
from checker.model.submission import Fact


def place(where: Place) -> dict[str, Any]:
    """A location: whichever of its parts the format has."""
    names = ("file", "sheet", "cell", "page", "table", "row", "paragraph", "line", "column", "snippet", "mark")
    return {name: value for name in names if (value := getattr(where, name)) is not None}


def fact(item: Fact) -> dict[str, Any]:
    """One fact with everything a reader of the list may ask."""
    return {
        "fact_id": item.fact_id,
        "submission": item.submission,
        "entity": item.entity,
        "scope": item.scope,
        "statement": item.statement,
        "line": item.line,
        "number": item.number,
        "label": item.label,
        "measure": item.measure,
        "year": item.year,
        "basis": item.basis,
        "as_of": item.as_of,
        "price_year": item.price_year,
        "dimension": item.dimension,
        "value": plain_decimal(item.value, item.dimension),
        "unit": plain_decimal(item.unit, item.dimension) if item.unit_known else None,
        "stored": None if item.exact is None else plain_decimal(item.exact, item.dimension),
        "as_printed": item.as_printed,
        "in_text": item.text,
        "printed_sign_turned": item.orientation < 0,
        "remarks": list(item.remarks),
        "location": place(item.place),
    }


def evidence(made: Evidence) -> dict[str, Any]:
    def amount(value: int | None) -> str | None:
        return None if value is None else plain_decimal(value, made.dimension, made.divisor)

    return {
        "terms": [
            {
                "label": {lang: word(t.label, lang) for lang in LANGUAGES},
                "weight": t.weight,
                "value": plain_decimal(t.value, t.dimension or made.dimension),
                "unit": plain_decimal(t.unit, t.dimension or made.dimension) if made.unit_known else None,
                **({"join": t.join} if t.join else {}),
                **({"dimension": t.dimension} if t.dimension not in ("", made.dimension) else {}),
                **({"year": t.year} if t.year is not None else {}),
                "as_printed": t.as_printed,
                "stated": t.stated,
                "fact_id": t.fact_id,
                "location": place(t.place),
            }
            for t in made.terms
        ],
        "relation": made.op,
        "stated": amount(made.stated),
        "computed": amount(made.computed),
        "difference": amount(made.difference),
        "tolerance": None
        if made.tolerance2 is None
        else plain_decimal(made.tolerance2, made.dimension, 2 * made.divisor),
        "unit": plain_decimal(made.show, made.dimension) if made.unit_known else None,
        "dimension": made.dimension,
        **({"constant": plain_decimal(made.constant, made.dimension)} if made.constant else {}),
        **({"also": _also(made)} if made.also else {}),
        "improbable": bool(made.odds),
        **({"odds": made.odds} if made.odds else {}),
        "missing": list(made.missing),
        "without_figures": list(made.without_figures),
    }


def _also(made: Evidence) -> list[dict[str, Any]]:
    """Further figures that are shown."""

    def said(key: str, value: int, lang: str) -> str:
        shown = figure(value, made.show, made.dimension, lang, word=made.unit_known)
        return text(key, lang, {"value": shown})

    return [
        {
            "text": {lang: said(key, value, lang) for lang in LANGUAGES},
            "value": plain_decimal(value, made.dimension),
        }
        for key, value in made.also
    ]
