"""Everything on a shortlist as citations, and as files of works.

The ids stand in the address, so that the same pages serve the reader’s own shortlist
and stored ones.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from initiatives.citation_page import file_of_works
from initiatives.record_metadata import case_work, finding_work
from initiatives.shortlist.items import Shortlist, join_ids, parse_ids
from initiatives.since_kept import CASE, FINDING, latest_versions
from references import exports
from references.csl import Work
from references.csl_serializers import serialize_cited_work
from references.style_preference import StylePreference
from references.styles.bibliographies import render_bibliography
from references.styles.errors import RenderError
from references.styles.locales import LOCALES
from references.styles.style_search import common_styles

NOTHING = "None of this is public, or the address has nothing to cite."


def read_records(request: HttpRequest) -> list[Any]:
    """Return the public records that the address names, in its order.

    Raises Http404 if there are none.
    """
    ids = parse_ids(request.GET.get("items", ""))
    entries = Shortlist.from_ids(ids).entries()
    if records := [entry.record for entry in entries if entry.since.is_public]:
        return records
    raise Http404(NOTHING)


def cite_records(records: list[Any], absolute: Any) -> list[Work]:
    """Return cases, findings and works as works that can be cited."""
    findings = [each for each in records if each._meta.model_name == FINDING]
    versions = latest_versions({each.initiative_id for each in findings})
    return [cite_record(each, versions, absolute) for each in records]


def cite_record(record: Any, versions: dict[int, int], absolute: Any) -> Work:
    if record._meta.model_name == CASE:
        return case_work(record, absolute)
    if record._meta.model_name == FINDING:
        version = versions.get(record.initiative_id)
        return finding_work(record, version, absolute)
    return serialize_cited_work(record)


@require_safe
@vary_on_cookie
def citations(request: HttpRequest) -> HttpResponse:
    """Show the citations of a shortlist in the reader’s style, with files."""
    records = read_records(request)
    works = cite_records(records, request.build_absolute_uri)
    items = join_ids(parse_ids(request.GET.get("items", "")))
    context: dict[str, Any] = {
        "parameters": [("items", items)],
        "openings": open_links(items),
    }
    context |= {"common": common_styles(), "locales": LOCALES}
    try:
        preference = StylePreference.from_request(request)
        style = preference.style.id, preference.locale
        context["entries"] = render_bibliography(works, *style)
    except exports.EXPORT_ERRORS as error:
        context["errors"] = error.args
        context["plain"] = works if isinstance(error, RenderError) else []
        page = render(request, "shortlist/citations.html", context)
        return exports.set_error_status(page, error)
    context |= {"preference": preference}
    context["downloads"] = download_links(items, preference)
    response = render(request, "shortlist/citations.html", context)
    if "style" in request.GET:
        preference.save_cookies(response)
    return response


def download_links(items: str, preference: StylePreference) -> list[tuple[str, str]]:
    """Return pairs of a format’s label and the address of the citations in it."""
    query = {"items": items} | preference.parameters
    return [
        (form.label, reverse("shortlist:citations-file", args=[name], query=query))
        for name, form in exports.ALL_FORMATS.items()
    ]


def open_links(items: str) -> list[tuple[str, str]]:
    """Return pairs of programs and the address of a file that they open."""
    return [
        (
            programs,
            reverse("shortlist:citations-open", args=[name], query={"items": items}),
        )
        for name, programs in exports.OPENED_FORMATS.items()
    ]


@require_safe
@vary_on_cookie
def citations_file(
    request: HttpRequest, name: str, is_opened: bool = False
) -> HttpResponse:
    """Return the citations as a file in the format of this name."""
    works = cite_records(read_records(request), request.build_absolute_uri)
    response: HttpResponse = file_of_works(request, works, name, "shortlist", is_opened)
    return response
