"""The pages of cases, of the codebook and of its terms, and the export of cases."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from casebase.conditional_get import cache_until_changed
from casebase.facets.snapshot_cache import current_snapshot
from casebase.history.models import Version
from casebase.lists.responses import list_response
from casebase.metadata.negotiation import (
    add_link_header,
    negotiate_response,
    render_template,
)
from casebase.registry import kind_of
from casebase.social_cards.responses import card_response
from casebase.tombstones import tombstone_or_none
from initiatives import concept_page, list_metadata, record_metadata
from initiatives.case_cards import CaseList
from initiatives.case_page import CasePage
from initiatives.codebook import Codebook
from initiatives.evidence_grade.rules import (
    RECENT_SINCE,
    RULES_VERSION,
    STANDINGS,
    Level,
)
from initiatives.exports import CASE_EXPORT
from initiatives.list_charts import charts_of_cases
from initiatives.list_metadata import describe_plain_page
from initiatives.locators import locate_case
from initiatives.map_filter import MapFilter
from initiatives.models import PROXIES, Concept, Finding, Initiative, Scheme
from initiatives.scheme_star import draw_scheme_star
from initiatives.schemes import SCHEMES
from initiatives.social_card import build_case_card
from initiatives.source_list import cite_works
from initiatives.star import draw_star
from references.style_preference import StylePreference


@require_safe
@cache_until_changed
@vary_on_headers("HX-Request")
def initiative_list(request, document=""):
    filterset, page = CaseList(request), "initiatives/list.html"
    describe = list_metadata.describe_case_list
    return list_response(request, page, filterset, describe, document, charts_of_cases)


@require_safe
@cache_until_changed
@vary_on_headers("HX-Request")
def initiative_map(request, document=""):
    filterset = MapFilter(request.GET, Initiative.objects.published())
    return list_response(
        request,
        "initiatives/map.html",
        filterset,
        list_metadata.describe_case_map,
        document,
    )


@require_safe
def initiative_export(request, name):
    return CASE_EXPORT.respond(request, name)


@require_safe
@cache_until_changed
def initiative_detail(request, slug, document=""):
    cases = Initiative.objects.with_case_details()
    initiative = cases.published().filter(slug=slug).first()
    if initiative is None:
        return answer_missing_case(request, slug, document)
    page = CasePage(initiative)
    works = [work.reference for work in [*page.works, *page.other_works]]
    description = record_metadata.describe_case(
        initiative, works, request.build_absolute_uri
    )
    return negotiate_response(request, description, document, render_case_page, page)


def render_case_page(request, description, page, **more):
    """The page of a case. ``more`` is for previews and earlier versions."""
    preference = StylePreference.from_cookies(request)
    is_styled = cite_works(page, description.works[0], preference)
    context = {"initiative": page.initiative, "page": page, "description": description}
    context["star"] = draw_star(Codebook(), page.findings_of_star)
    context["address"] = description.address
    context["locator"] = locate_case(page.initiative)
    context["latest_version"] = Version.objects.public_of(page.initiative).first()
    response = render(request, "initiatives/detail.html", context | more)
    if not is_styled:
        # Caches must not serve the page without its citation style to others.
        response["Cache-Control"] = "no-store"
    return response


@require_safe
def initiative_card(request, slug):
    """Return the social card of a case as a picture."""
    initiative = Initiative.objects.published().filter(slug=slug).first()
    if initiative is None:
        return answer_missing_case(request, slug, "card.png")
    return card_response(request, build_case_card(initiative, current_snapshot()))


def answer_missing_case(request, slug, rest):
    """Return the response if no public case has this slug.

    410 if the case was withdrawn or deleted, a redirect if it was renamed; otherwise
    raises Http404. ``rest`` is the part of the address after the slug.
    """
    withdrawn = Initiative.objects.withdrawn().filter(slug=slug).first()
    if withdrawn:
        return render(request, "410.html", {"initiative": withdrawn}, status=410)
    moved = Initiative.objects.reachable().filter(former_slugs__slug=slug).first()
    if moved:
        return redirect(f"{moved.get_absolute_url()}{rest}", permanent=True)
    if gone := tombstone_or_none(request, kind_of(Initiative), slug):
        return gone
    raise Http404("There is no case at this address.")


def first_or_404(records):
    """Return the first record. Raises Http404 with a message for readers."""
    if record := records.first():
        return record
    raise Http404("The codebook has nothing at this address.")


@require_safe
@cache_until_changed
def concept_list(request, scheme, document=""):
    codebook = Codebook()
    record = first_or_404(Scheme.objects.with_sources().filter(slug=scheme))
    words, terms = SCHEMES[scheme], [term for _, term in codebook.tree(scheme)]
    absolute = request.build_absolute_uri
    description = list_metadata.describe_scheme(record, words, terms, absolute)
    snapshot = current_snapshot()
    context = {
        "scheme": record,
        "words": words,
        "rows": codebook.tree_with_counts(scheme),
        "snapshot": snapshot,
    }
    if scheme == "change-steps":
        context["star"] = draw_scheme_star(codebook, snapshot)
    shown = ("initiatives/concept_list.html", context)
    return negotiate_response(request, description, document, render_template, shown)


@require_safe
@cache_until_changed
def concept_detail(request, scheme, slug, document=""):
    concepts = PROXIES[scheme].objects.with_sources()
    concept = concepts.filter(slug=slug).first()
    if concept is None:
        return _answer_missing_term(request, scheme, slug, document)
    page = concept_page.ConceptPage(concept)
    absolute = request.build_absolute_uri
    description = record_metadata.describe_term(
        concept, SCHEMES[scheme], page, absolute
    )
    return negotiate_response(
        request, description, document, _render_concept_page, page
    )


def _answer_missing_term(request, scheme, slug, document):
    """Return a redirect if the term was renamed, 410 if deleted; else raise Http404."""
    moved = Concept.objects.filter(scheme=scheme, former_slugs__slug=slug).first()
    if moved:
        return redirect(f"{moved.get_absolute_url()}{document}", permanent=True)
    if gone := tombstone_or_none(request, kind_of(Concept), f"{scheme}/{slug}"):
        return gone
    raise Http404("The codebook has nothing at this address.")


def _render_concept_page(request, description, page):
    concept = page.concept
    context = {"concept": concept, "words": concept.words, "page": page}
    context["description"] = description
    return render(request, "initiatives/concept_detail.html", context)


@require_safe
@cache_until_changed
def codebook(request, document=""):
    book = Codebook()
    descriptions = {scheme.slug: scheme for scheme in Scheme.objects.all()}
    chapters = [
        (words, descriptions.get(slug), book.tree_with_counts(slug))
        for slug, words in SCHEMES.items()
    ]
    description = list_metadata.describe_codebook(
        SCHEMES.values(), request.build_absolute_uri
    )
    shown = ("initiatives/codebook.html", {"chapters": chapters})
    return negotiate_response(request, description, document, render_template, shown)


@require_safe
@cache_until_changed
def evidence_rules(request):
    description = describe_plain_page(
        "initiatives:evidence-rules",
        "How the evidence is graded",
        request.build_absolute_uri,
    )
    statements = Finding.objects.published().statements()
    context = {
        "version": RULES_VERSION,
        "recent_since": RECENT_SINCE,
        "levels": list(Level),
        "standings": STANDINGS,
        "counts": statements.counted_by_grade(),
    }
    shown = ("initiatives/evidence_rules.html", context)
    return add_link_header(render_template(request, description, shown), description)
