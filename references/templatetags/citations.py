"""Filters for citations of works and for the addresses of their exports."""

from django import template

from casebase.fixed_addresses import fixed_address
from casebase.search.tokenizer import folded
from references import citations, exports, mentions

register = template.Library()


@register.filter
def download_links(query):
    """Return pairs of a format's label and the address of the works in this format."""
    return [
        (form.label, fixed_address("references:export", form.name) + query)
        for form in exports.ALL_FORMATS.values()
    ]


@register.filter
def open_links(query):
    """Return pairs of programs and the address at which they open the works."""
    return [
        (programs, fixed_address("references:open", name) + query)
        for name, programs in exports.OPENED_FORMATS.items()
    ]


@register.filter
def works_of_sources(sources):
    """Return the works of the sources without duplicates, sorted by author and year."""
    works = {source.reference_id: source.reference for source in sources}
    return sorted(works.values(), key=lambda work: folded(work.short_citation))


register.filter("citation_parts", citations.build_citation)
register.filter("link_mentions", mentions.link_mentions)
register.filter("language_name", citations.language_name)
