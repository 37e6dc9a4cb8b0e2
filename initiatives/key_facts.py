"""The strip at the top of a case: what it has, in words, without queries."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casebase.templatetags.text_filters import with_noun
from initiatives.evidence_grade.rules import Standing
from initiatives.models import Finding
from initiatives.schemes import family_of

# Kinds that are counted by result, with their nouns.
COUNTED_KINDS = {
    "barrier": "barrier,barriers",
    "risk": "risk,risks",
    "outcome": "outcome,outcomes",
}
# Standings of works of which it is not known who speaks in them.
NOT_KNOWN = {Standing.NOT_CODED, Standing.UNKNOWN}


@dataclass(frozen=True)
class KeyFact:
    """“6 barriers: 4 helped, 2 not reported”, with the id of the part it leads to.

    ``details`` are pairs of a direction, empty for none, and words.
    """

    anchor: str
    words: str
    details: list[tuple[str, str]]
    family: str = "neutral"


def key_facts(page: Any) -> list[KeyFact]:
    """Return the facts of a CasePage. What it has none of is left out."""
    found = [result_fact(page, kind) for kind in COUNTED_KINDS]
    found.insert(2, strategy_fact(page))
    return [fact for fact in (*found, work_fact(page), conflict_fact(page)) if fact]


def result_fact(page: Any, kind: str) -> KeyFact | None:
    """Return how many findings of a kind there are, and with which results."""
    if not (findings := page.of_kind(kind)):
        return None
    words = with_noun(len(findings), COUNTED_KINDS[kind])
    counts = Counter(finding.direction for finding in findings)
    return KeyFact(kind, words, list(count_results(counts)), family_of(kind))


def count_results(counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a direction and its count in words; one finding needs no count."""
    is_one = sum(counts.values()) == 1
    for direction, label in Finding.Direction.choices:
        if n := counts.get(direction):
            number = "" if is_one else f"{n:,} "
            yield direction, f"{number}{label.lower()}"


def strategy_fact(page: Any) -> KeyFact | None:
    """Return how many strategies were tried, with the first response that has one."""
    answered = [*page.of_kind("barrier"), *page.of_kind("risk")]
    having = [finding for finding in answered if finding.strategies.all()]
    if not having:
        return None
    tried = {strategy.pk for finding in having for strategy in finding.strategies.all()}
    words = with_noun(len(tried), "strategy,strategies") + " tried"
    return KeyFact(having[0].short_id, words, [], "strategy")


def work_fact(page: Any) -> KeyFact | None:
    """Return how many works there are, how many independent, and the latest year."""
    if not page.works:
        return None
    standings = [work.sources[0].standing or "" for work in page.works]
    details = []
    if n := standings.count(Standing.INDEPENDENT):
        details.append(
            ("", f"{n} independent" if len(standings) > 1 else "independent")
        )
    elif not NOT_KNOWN & {*standings}:
        details.append(("", "none independent"))
    if year := page.initiative.last_source_year:
        details.append(("", f"the latest of {year}"))
    return KeyFact("works", with_noun(len(standings), "work,works"), details)


def conflict_fact(page: Any) -> KeyFact | None:
    """Return on how many points sources disagree."""
    if not (conflicts := page.initiative.conflicts.all()):
        return None
    points = with_noun(len(conflicts), "point,points")
    n_settled = sum(conflict.is_settled for conflict in conflicts)
    details = [("", f"{n_settled} settled")] if n_settled else []
    return KeyFact("conflicts", f"sources disagree on {points}", details)
