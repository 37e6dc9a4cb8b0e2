"""The Star of the codebook itself: what the cases have on each step and each Co."""

from dataclasses import dataclass

import numpy as np
from pyroaring import BitMap

from casebase.facets.grouped_records import GroupedIndex
from casebase.facets.snapshot import Snapshot
from initiatives.codebook import Codebook
from initiatives.facets import case_index
from initiatives.findings.index import finding_index
from initiatives.findings.specimen import best_supported
from initiatives.models import Concept, Finding
from initiatives.star import Star, draw_star
from initiatives.term_answers import TermAnswer

REPORTED = [
    Finding.Direction.HELPED,
    Finding.Direction.MIXED,
    Finding.Direction.HINDERED,
]


@dataclass(frozen=True)
class PartEvidence:
    """The number of public cases with a step or mode, and for a step its statements."""

    n_cases: int
    answer: TermAnswer
    example: Finding | None


def draw_scheme_star(codebook: Codebook, snapshot: Snapshot) -> Star:
    """Return the Star in which the parts that cases have are filled, with PartEvidence.

    A fixed number of queries, for the examples of all steps.
    """
    cases = case_index(snapshot)
    concepts = [*codebook.terms("change-steps"), *codebook.terms("modes")]
    keys = choose_examples(finding_index(snapshot), concepts)
    examples = Finding.objects.published().with_list_details().in_bulk(keys.values())
    content = {
        concept.pk: PartEvidence(
            n, TermAnswer(concept, snapshot), examples.get(keys.get(concept.pk))
        )
        for concept in concepts
        if (n := cases.facets["term"].count(concept.pk, cases.all_keys))
    }
    return draw_star(codebook, content)


def choose_examples(index: GroupedIndex, concepts: list[Concept]) -> dict[int, int]:
    """Return the keys of terms and of one finding on each, if there is any.

    Findings that report a result come first, then the better supported ones, then those
    that rest on more works. A case is an example once, if there are enough.
    """
    chosen: dict[int, int] = {}
    reported, used = index.facets["direction"].any(REPORTED), BitMap()
    for concept in concepts:
        found = index.facets["term"].any([concept.pk])
        for some in (found & reported - used, found - used, found):
            if key := best_supported(index, some):
                chosen[concept.pk] = key
                owners = index.groups.owners_of(np.array([key], "u4"))
                used |= index.groups.of_owners(BitMap(owners))
                break
    return chosen
