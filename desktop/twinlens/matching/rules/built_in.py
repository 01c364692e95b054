"""The rules that come with Twinlens. Their names are those of the command line and stay."""

from twinlens.domain.relation import PhotoClass
from twinlens.matching.rules.criteria import BEST_SHOT, SUGGESTION
from twinlens.matching.rules.rule import Rule, Step

_LAST = Step(SUGGESTION)

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("suggested", "Keep the suggested one", (_LAST,)),
        Rule("keep-largest", "Keep the one with the most pixels", (Step("pixels"), _LAST)),
        Rule("keep-oldest", "Keep the oldest file", (Step("file-date"), _LAST)),
        Rule("keep-newest", "Keep the newest file", (Step("file-date", turned=True), _LAST)),
        Rule("keep-shortest-name", "Keep the one with the shortest name", (Step("name"), _LAST)),
        Rule("keep-raw", "Keep every RAW and the best photo", (_LAST,), keep_all_raw=True),
        Rule(
            "best-shot",
            "Keep the best shots of each burst",
            (Step(BEST_SHOT),),
            classes=frozenset({PhotoClass.BURST}),
        ),
        Rule(
            "tidy-archive",
            "Preferred folders, then originals",
            (
                Step("protected"),
                Step("folders"),
                Step("original"),
                Step("pixels"),
                Step("metadata"),
                Step("file-date"),
                Step("name"),
            ),
        ),
    )
}
