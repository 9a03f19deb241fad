"""Every kind of rule: how its settings are checked and how it becomes relations or predicates."""

from __future__ import annotations

from checker.kinds import (
    bound,
    bridge,
    cell_trap,
    change,
    column_filled,
    common_rate,
    declared,
    difference,
    ladder,
    line_name,
    net_zero,
    presence,
    price_year,
    prior_year,
    product,
    ratio,
    reconcile,
    roll_forward,
    same_figure,
    share,
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
    "change": change.KIND,
    "roll_forward": roll_forward.KIND,
    "net_zero": net_zero.KIND,
    "column_filled": column_filled.KIND,
    "sign": sign.KIND,
    "sign_note": sign_note.KIND,
    "price_year": price_year.KIND,
    "year_in_note": year_in_note.KIND,
    "presence": presence.KIND,
    "line_name": line_name.KIND,
    "product": product.KIND,
    "ratio": ratio.KIND,
    "share": share.KIND,
    "common_rate": common_rate.KIND,
    "ladder": ladder.KIND,
    "prior_year": prior_year.KIND,
    "reconcile": reconcile.KIND,
    "declared": declared.KIND,
    "cell_trap": cell_trap.KIND,
}
"""Name in a rule file -> kind. Adding a kind is one file, one line here and its tests."""
