"""Suggestions while a reader types: pages, cases, terms, places and authors."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from casebase.facets.snapshot_cache import current_snapshot
from casebase.search.models import Name
from casebase.search.name_index import INDEX, kind_key
from casebase.search.query_parser import parse_query
from casebase.search.query_tree import Term
from casebase.search.tokenizer import spelled
from casebase.site.search.pages import suggest_pages
from casebase.templatetags.text_filters import with_noun
from initiatives.codebook import Codebook

# A single letter begins too many names.
SHORTEST = 2
COMPARED, SHOWN = 40, 4


@dataclass(frozen=True)
class Suggestion:
    """A name and the page it leads to.

    ``group`` is its heading, ``count`` the number of records on the page, as “2 works”,
    ``found_by`` the other name of a term that the reader is typing.
    """

    group: str
    label: str
    address: str
    count: str = ""
    found_by: str = ""


@dataclass(frozen=True)
class NameKind:
    """How names of one kind are suggested: under which heading, and to which address a
    name's value leads. ``counted`` names one and many of what that page lists."""

    group: str
    address: Callable[[str], str]
    counted: str = ""


def _filtered_list(parameter, name="initiatives:list", form="{}"):
    return lambda value: reverse(name, query={parameter: form.format(value)})


# By the kinds of documents.Offer, in the order of the suggestions.
NAME_KINDS = {
    "initiative": NameKind(
        "Cases", lambda slug: reverse("initiatives:detail", args=[slug])
    ),
    "concept": NameKind(
        "Terms",
        lambda value: reverse("initiatives:concept-detail", args=value.split("/")),
    ),
    "country": NameKind("Places", _filtered_list("country"), "case,cases"),
    # There is no filter for other places: the list searches for their names.
    "place": NameKind("Places", _filtered_list("q", form='"{}"')),
    "author": NameKind(
        "Authors", _filtered_list("author", "references:list"), "work,works"
    ),
}


def suggestions(text):
    """Pages of the site, and the likeliest names of each kind, as a list; empty for
    less than two letters."""
    query = parse_query(text, spelled, is_typing=True)
    if len(text.strip()) < SHORTEST or not query.wanted:
        return []
    pages = [Suggestion("Pages", one.title, one.address) for one in suggest_pages(text)]
    return [*pages, *(one for kind in NAME_KINDS for one in _of_kind(kind, query))]


def _of_kind(kind, query):
    query = query.narrowed_by(Term(((kind_key(kind),),)))
    best = INDEX.ranked(query, INDEX.matching(query), COMPARED)
    names = Name.objects.in_bulk(best)
    labels = _labels_of_terms() if kind == "concept" else {}
    common_first = sorted(
        (names[key] for key in best),
        key=lambda name: (-name.n, labels.get(name.value) != name.label),
    )
    once: dict[str | int, Name] = {}
    for name in common_first:
        # A term is suggested once, whichever of its names fit.
        once.setdefault(name.value if labels else name.pk, name)
    for name in list(once.values())[:SHOWN]:
        yield _suggestion(kind, name, labels.get(name.value, name.label))


def _suggestion(kind, name, label):
    kind = NAME_KINDS[kind]
    count = with_noun(name.n, kind.counted) if kind.counted else ""
    found_by = "" if name.label == label else name.label
    return Suggestion(kind.group, label, kind.address(name.value), count, found_by)


def _labels_of_terms():
    """“barriers/mistrust” → its label."""
    concepts = Codebook.for_snapshot(current_snapshot()).concepts.values()
    return {f"{one.scheme_id}/{one.slug}": one.label for one in concepts}
