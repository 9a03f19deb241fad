"""How is a check known again in another run, and have its figures changed?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from checker.model.outcomes import Outcome
from checker.model.submission import Submission


def fingerprints(outcomes: Sequence[Outcome], submission: Submission) -> list[str]:
    """One per outcome: the rule and what it is about, without values, table numbers or line numbers.

    Of a paragraph, which is called by its first words, the figures among them are left out.
    """
    texts = {s.id for s in submission.texts}
    seen: dict[str, int] = {}
    result = []
    for outcome in outcomes:
        at = outcome.at
        title = re.sub(r"\d[\d.,]*", "", at.title) if at.statement in texts else at.title
        about = (outcome.rule_id, at.entity, title, at.scope, at.line, at.label, at.measure, at.year)
        key = "|".join(str(part) for part in about)
        seen[key] = seen.get(key, 0) + 1
        result.append(_hash(f"{key}|{seen[key]}"))
    return result


def value_hash(outcome: Outcome) -> str:
    terms = outcome.evidence.terms if outcome.evidence else ()
    values = [f"{t.weight}*{t.value}/{t.unit}" for t in terms] or [str(v) for v in outcome.message.args.values()]
    return _hash("|".join(values))


def _hash(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:16]
