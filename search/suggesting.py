"""What a reader may be typing: names of cases, terms, places and authors."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from casebase.templatetags.house import counted
from search.models import Name
from search.names import INDEX, kind_key
from search.query import Term, parsed
from search.words import spelled

# A single letter begins too many names.
SHORTEST = 2
COMPARED, SHOWN = 20, 4


@dataclass(frozen=True)
class Suggestion:
    """A name, what it is of, the page it leads to, and how many records that shows."""

    group: str
    label: str
    address: str
    count: str = ""


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
    query = query.having(Term((kind_key(kind),)))
    best = INDEX.ranked(query, INDEX.matching(query), COMPARED)
    names = Name.objects.in_bulk(best)
    common_first = sorted((names[key] for key in best), key=lambda name: -name.n)
    for name in common_first[:SHOWN]:
        count = counted(name.n, lead.counted) if lead.counted else ""
        yield Suggestion(lead.group, name.label, lead.address(name.value), count)
