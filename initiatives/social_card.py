"""The social cards of cases and of the site."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pyroaring import BitMap

from casebase.facets.snapshot import Snapshot
from casebase.social_cards.card import SocialCard
from casebase.templatetags.text_filters import with_noun
from initiatives.case_page import KIND_ORDER
from initiatives.findings.index import finding_index
from initiatives.key_facts import COUNTED_KINDS, count_results
from initiatives.models import Finding, Initiative
from initiatives.models.initiatives import country_name
from initiatives.record_metadata import place_and_years
from initiatives.schemes import family_of
from references.facets import work_index

SITE_TITLE = "Find out who met your barrier, what they did, and whether it worked"


def build_case_card(case: Any, snapshot: Snapshot) -> SocialCard:
    """Return the card of a public case; no query once the snapshot is there."""
    cases = BitMap([case.pk])
    works = snapshot.table(Initiative).citations.of_owners(cases).records
    statements = finding_index(snapshot).groups.of_owners(cases)
    return SocialCard(
        title=case.name,
        plain_title=f"A case of co-production in {country_name(case.country)}",
        place=place_and_years(case),
        text=case.tagline or case.summary,
        counts=f"{with_noun(len(statements), 'finding,findings')} · "
        f"{with_noun(len(works), 'work,works')}",
        **counted_fields(snapshot, statements),
    )


def build_site_card(snapshot: Snapshot) -> SocialCard:
    """Return the card of all public cases together."""
    index = finding_index(snapshot)
    n_cases, n_works = (
        len(snapshot.table(Initiative)),
        len(work_index(snapshot).all_keys),
    )
    return SocialCard(
        title=SITE_TITLE,
        plain_title=SITE_TITLE,
        text="Case studies of co-production, where every statement shows its source",
        counts=f"{with_noun(n_cases, 'case,cases')} · "
        f"{with_noun(len(index.all_keys), 'finding,findings')} · "
        f"{with_noun(n_works, 'work,works')}",
        **counted_fields(snapshot, index.all_keys),
    )


def counted_fields(snapshot: Snapshot, statements: BitMap) -> dict[str, Any]:
    """Return the fields of a card that count these statements by result and family."""
    facets = finding_index(snapshot).facets
    kinds = facets["kind"].counts(statements)
    families = Counter[str]()
    for kind in KIND_ORDER:
        families[family_of(kind)] += kinds.get(kind, 0)
    told = next(filter(kinds.get, COUNTED_KINDS), "barrier")
    of_kind = statements & facets["kind"].any([told])
    counts = facets["direction"].counts(of_kind)
    results = {
        result: counts[result]
        for result in Finding.Direction.values
        if result in counts
    }
    return {
        "families": +families,
        "family": family_of(told),
        "results": results,
        "results_text": describe_results(told, results),
    }


def describe_results(kind: str, counts: Mapping[str, int]) -> str:
    """Return “5 barriers: 3 helped, 2 not reported”, or an empty text without any."""
    if not counts:
        return ""
    words = ", ".join(words for _, words in count_results(counts))
    return f"{with_noun(sum(counts.values()), COUNTED_KINDS[kind])}: {words}"
