"""The list of works, and the page of a work."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from casebase.conditional_get import cache_until_changed
from casebase.lists.responses import list_response
from casebase.metadata.negotiation import negotiate_response
from casebase.registry import kind_of
from casebase.tombstones import tombstone_or_none
from references.charts import charts_of_works
from references.citing import citing_records
from references.metadata.work_list_page import describe_work_list
from references.metadata.work_page import describe_work
from references.models import Reference
from references.work_page import WorkPage


@require_safe
@cache_until_changed
@vary_on_headers("HX-Request")
def reference_list(request, document=""):
    works = Reference.objects.with_contributors()
    filterset = citing_records().filterset(request.GET, works)
    if filterset.moved:
        return redirect(f"{request.path}{filterset.moved}", permanent=True)
    return list_response(
        request,
        "references/list.html",
        filterset,
        describe_work_list,
        document,
        charts_of_works,
    )


@require_safe
@cache_until_changed
def reference_detail(request, key, document=""):
    reference = (
        Reference.objects.with_contributors().with_current_or_former_key(key).first()
    )
    if reference is None:
        if tombstone := tombstone_or_none(request, kind_of(Reference), key):
            return tombstone
        raise Http404("There is no work at this address.")
    if reference.key != key:
        return redirect(f"{reference.get_absolute_url()}{document}", permanent=True)
    description = describe_work(reference, request.build_absolute_uri)
    return negotiate_response(request, description, document, _work_page, reference)


def _work_page(request, description, reference):
    context = {"reference": reference, "page": WorkPage(reference)}
    context["description"] = description
    return render(request, "references/detail.html", context)
