"""How pages ask for the citation of a work."""

from django import template
from django.urls import reverse

from casebase.search.tokenizer import folded
from references import citations, exports, mentions

register = template.Library()


@register.filter
def downloads(query):
    """Pairs of a format's label and the address of a set of works in it."""
    return [
        (form.label, reverse("references:export", args=[form.name]) + query)
        for form in exports.ALL_FORMATS.values()
    ]


@register.filter
def openings(query):
    """Pairs of programs and the address at which they get a set of works."""
    return [
        (programs, reverse("references:open", args=[name]) + query)
        for name, programs in exports.OPENED_FORMATS.items()
    ]


@register.filter
def works_of(sources):
    """The works that these sources are places in, each once, by author and year."""
    works = {source.reference_id: source.reference for source in sources}
    return sorted(works.values(), key=lambda work: folded(work.short_citation))


register.filter("cited", citations.build_citation)
register.filter("link_mentions", mentions.link_mentions)
register.filter("language_name", citations.language_name)
