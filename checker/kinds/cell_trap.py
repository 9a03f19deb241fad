"""Is there something about cells that must be known before any arithmetic: text for numbers, errors, hidden rows?"""

from __future__ import annotations

from checker.kinds.base import Kind, Setting
from checker.model.document import TRAPS
from checker.model.rules import Grounding, Predicate, Rule
from checker.model.submission import PRIOR, Claim, Submission


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One predicate per file that may hold such a thing, last year's left out: nothing of the sort is found in it."""
    of_documents = rule.settings["trap"] in OF_DOCUMENTS
    wanted = DOCUMENTS if of_documents else BOOKS
    files = [f.path for f in submission.files if f.encoding in wanted and f.role != PRIOR]
    predicates = []
    for path in files:
        found = [
            (i, c)
            for i, c in enumerate(submission.claims)
            if c.kind == "trap" and c.about == rule.settings["trap"] and c.place.file == path
        ]
        predicates.append(
            Predicate(
                f"{rule.id}/{path}",
                rule.id,
                "",
                rule.settings["trap"],
                tuple(_said(c) for _, c in found),
                (),
                tuple(i for i, _ in found),
            )
        )
    unbound = "plan.no_document" if of_documents else "plan.no_workbook"
    return Grounding(predicates=tuple(predicates), unbound="" if predicates else unbound)


def _said(claim: Claim) -> str:
    """The sheet and what was found on it; a whole sheet, or a link of the whole workbook, is named by itself."""
    sheet = claim.place.sheet
    return claim.value if sheet in (None, claim.value) else f"{sheet}: {claim.value}"


BOOKS = ("xlsx", "xlsm", "xls", "xlsb", "ods")
DOCUMENTS = ("docx", "pdf")
OF_DOCUMENTS = ("tracked_change", "hidden_text", "comment", "page_not_read", "table_not_read")
"""What only Word and PDF files may hold."""
KIND = Kind(
    ground,
    {"trap": Setting("choice", required=True, choices=TRAPS, help="What must not be found in the cells.")},
    predicate=True,
    where=(),
)
