"""Every kind of rule: how its settings are checked and how it becomes relations or predicates."""

from __future__ import annotations

from checker.kinds import (
    bound,
    bridge,
    difference,
    line_name,
    presence,
    price_year,
    same_figure,
    sign,
    sign_note,
    total,
    year_in_note,
)
from checker.kinds.base import Kind

KINDS: dict[str, Kind] = {
    "total": total.KIND,
    "difference": difference.KIND,
    "same_figure": same_figure.KIND,
    "bound": bound.KIND,
    "bridge": bridge.KIND,
    "sign": sign.KIND,
    "sign_note": sign_note.KIND,
    "price_year": price_year.KIND,
    "year_in_note": year_in_note.KIND,
    "presence": presence.KIND,
    "line_name": line_name.KIND,
}
"""Name in a rule file -> kind. Adding a kind is one file, one line here and its tests."""
