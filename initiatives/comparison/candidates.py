"""Cases that a reader may mean by a name, and pairs that are worth comparing."""

from typing import Any, NamedTuple

from django.db.models import Q

from casebase.facets.snapshot_cache import current_snapshot
from casebase.search.models import Name
from casebase.search.name_index import INDEX, kind_key
from casebase.search.queries import ranked
from casebase.search.query_parser import parse_query
from casebase.search.query_tree import Term
from casebase.search.tokenizer import spelled
from initiatives.codebook import Codebook
from initiatives.facets import case_index
from initiatives.models import Concept, Initiative

KIND = "initiative"
MAX_SHOWN = 8
MAX_EXAMPLES = 3
# As in the box that searches everything.
MAX_LETTERS = 200


def find_cases(text: str) -> list[Any]:
    """Return public cases that a text may mean, the likeliest first.

    Only one if it is its name or slug. Cases with the words elsewhere are returned if
    no name has them.
    """
    text = text.replace("\0", " ").strip()[:MAX_LETTERS]
    public = Initiative.objects.published()
    exact = public.filter(Q(slug=text) | Q(name__iexact=text)).order_by("pk")[:1]
    return [*exact] or find_named(text) or in_order(ranked(KIND, text, MAX_SHOWN))


def find_named(text: str) -> list[Any]:
    """Return public cases whose names have words that begin like these."""
    query = parse_query(text, spelled, is_typing=True)
    if not query.wanted:
        return []
    query = query.narrowed_by(Term(((kind_key(KIND),),)))
    best = INDEX.ranked(query, INDEX.matching(query), MAX_SHOWN)
    names = Name.objects.in_bulk(best)
    slugs = list(dict.fromkeys(names[key].value for key in best if key in names))
    cases = Initiative.objects.published().in_bulk(slugs, field_name="slug")
    return [cases[slug] for slug in slugs if slug in cases]


def in_order(keys: list[int]) -> list[Any]:
    """Return the public cases with these primary keys, in this order."""
    cases = Initiative.objects.published().in_bulk(keys)
    return [cases[key] for key in keys if key in cases]


class Example(NamedTuple):
    """A barrier, and two cases that met it."""

    barrier: Concept
    cases: list[Any]


def list_examples(case: Any = None) -> list[Example]:
    """Return pairs of public cases that met the same barrier.

    With a case, each pair has it, and the rarest of its barriers come first; without,
    the most frequent barriers do.
    """
    index = case_index(current_snapshot())
    terms, examples = index.facets["term"], list[Example]()
    counts = terms.counts(index.all_keys)
    barriers = Codebook().terms("barriers")
    sign = 1 if case else -1
    for term in sorted(barriers, key=lambda term: sign * counts.get(term.pk, 0)):
        leading = [case.pk] if case else []
        keys = index.page(terms.any([term.pk]), "name", 0, 2, leading)
        if len(keys) == 2 and keys[: len(leading)] == leading:
            examples.append(Example(term, in_order(keys)))
        if len(examples) == MAX_EXAMPLES:
            break
    return examples
