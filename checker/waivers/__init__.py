"""Which deviations are accepted with a reason, by whom and until when, and does each of them count?"""

from __future__ import annotations

from checker.waivers.apply import apply, same_person
from checker.waivers.propose import propose
from checker.waivers.reading import NAME, parse, read
from checker.waivers.typed import as_typed
from checker.waivers.writing import add, dump

__all__ = ["NAME", "add", "apply", "as_typed", "dump", "parse", "propose", "read", "same_person"]
