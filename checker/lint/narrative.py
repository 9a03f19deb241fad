"""What is wrong or idle in the words for running text, and has every cue a case of its own?"""

from __future__ import annotations

from checker.lint.found import Found
from checker.lint.patterns import Written, faults, idle, written
from checker.recognise.narrative.lexicon import spots
from checker.recognise.narrative.sentences import sentences
from checker.recognise.narrative.shape import PATTERN_LISTS, PATTERN_TABLES, narrative_shape
from checker.recognise.words import patterns
from checker.rulefile.known import measures
from checker.yamlshape import check
from checker.yamlsource import Source, YamlPath


def check_narrative(source: Source) -> Found:
    """Complaints about keys, values and patterns; warnings of patterns that change nothing and cues without case."""
    found = Found([*source.complaints, *check(source, (), source.data, narrative_shape(measures()))])
    if found.complaints:
        return found
    listed: dict[YamlPath, list[str]] = {
        ("cues", name, "words"): cue["words"] for name, cue in source.data["cues"].items()
    }
    listed |= {(name,): source.data[name] for name in PATTERN_LISTS}
    listed |= {(name, key): source.data[name][key] for name, (keys, _) in PATTERN_TABLES.items() for key in keys}
    for path, own in listed.items():
        plain = [text.replace("+", "") for text in own]
        found.complaints += faults(source, path, plain)
        made: list[Written] = written(path, plain, "/".join(map(str, path)))
        if path[0] != "cues":  # the longest of a cue's patterns counts, so a shorter one makes a difference
            found.warnings += idle(source, made, by_weight=False)
    said = [s.words for case in source.data["cases"] for s in sentences(case["text"])]
    for name, cue in source.data["cues"].items():
        if not any(spots(patterns(cue["words"]), words) for words in said):
            found.warnings.append(source.complaint(("cues", name), "lint.cue_without_case", found=name))
    return found
