"""What a reader may be typing: names of cases, terms, places and authors."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from casebase.facets.snapshot_cache import current_snapshot
from casebase.search.models import Name
from casebase.search.name_index import INDEX, kind_key
from casebase.search.query_parser import parsed
from casebase.search.query_tree import Term
from casebase.search.tokenizer import spelled
from casebase.templatetags.text_filters import counted
from initiatives.codebook import Codebook

# A single letter begins too many names.
SHORTEST = 2
COMPARED, SHOWN = 40, 4


@dataclass(frozen=True)
class Suggestion:
    """A name, what it is of, the page it leads to, and how many records that shows.

    ``found_by``: another name of a term, which is what is being typed.
    """

    group: str
    label: str
    address: str
    count: str = ""
    found_by: str = ""


@dataclass(frozen=True)
class Lead:
    """How names of one kind are offered; ``counted`` names what their page lists."""

    group: str
    address: Callable
    counted: str = ""


def _listed(parameter, name="initiatives:list", form="{}"):
    return lambda value: reverse(name, query={parameter: form.format(value)})


LEADS = {
    "initiative": Lead(
        "Initiatives", lambda slug: reverse("initiatives:detail", args=[slug])
    ),
    "concept": Lead(
        "Terms",
        lambda value: reverse("initiatives:concept-detail", args=value.split("/")),
    ),
    "country": Lead("Places", _listed("country"), "case,cases"),
    # Other places have no filter of their own: their cases are those that name them.
    "place": Lead("Places", _listed("q", form='"{}"')),
    "author": Lead("Authors", _listed("author", "references:list"), "work,works"),
}


def suggestions(text):
    """The likeliest of each kind; none for less than two letters."""
    query = parsed(text, spelled, typing=True)
    if len(text.strip()) < SHORTEST or not query.wanted:
        return []
    return [one for kind, lead in LEADS.items() for one in _of_kind(kind, lead, query)]


def _of_kind(kind, lead, query):
    query = query.having(Term(((kind_key(kind),),)))
    best = INDEX.ranked(query, INDEX.matching(query), COMPARED)
    names = Name.objects.in_bulk(best)
    own = _labels() if kind == "concept" else {}
    common_first = sorted(
        (names[key] for key in best),
        key=lambda name: (-name.n, own.get(name.value) != name.label),
    )
    once = {}
    for name in common_first:
        # A term is offered once, whichever of its names are meant.
        once.setdefault(name.value if own else name.pk, name)
    for name in list(once.values())[:SHOWN]:
        label = own.get(name.value, name.label)
        count = counted(name.n, lead.counted) if lead.counted else ""
        found_by = "" if name.label == label else name.label
        yield Suggestion(lead.group, label, lead.address(name.value), count, found_by)


def _labels():
    """“barriers/mistrust” → its label."""
    concepts = Codebook.as_of(current_snapshot()).concepts.values()
    return {f"{one.scheme_id}/{one.slug}": one.label for one in concepts}
