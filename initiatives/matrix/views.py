"""The page of the matrix, its files, and the page that teaches how to read it."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from casebase.conditional_get import cache_until_changed
from casebase.files import formats
from casebase.files.downloads import download, find_format, refusal, site_of
from casebase.metadata.negotiation import add_link_header, render_template
from initiatives.findings.exports import name_parts
from initiatives.list_metadata import describe_plain_page
from initiatives.matrix.addresses import ListAddresses
from initiatives.matrix.filters import MatrixFilter
from initiatives.matrix.formats import FORMATS
from initiatives.matrix.layout import Matrix
from initiatives.models import Finding


def build_filter(query):
    return MatrixFilter(query, Finding.objects.published().statements())


@require_safe
@cache_until_changed
@vary_on_headers("HX-Request")
def matrix(request):
    filterset, template = build_filter(request.GET), "matrix/matrix.html"
    is_valid = filterset.is_valid()
    found = Matrix(filterset, abbreviates=True) if is_valid else None
    context = {"filter": filterset, "matrix": found}
    if request.htmx:
        template += "#finder"
    if request.htmx or not is_valid:
        return render(request, template, context, status=200 if is_valid else 400)
    absolute = request.build_absolute_uri
    description = describe_plain_page("matrix:matrix", "Matrix", absolute)
    return add_link_header(
        render_template(request, description, (template, context)), description
    )


@require_safe
def matrix_cell(request, row, column):
    """Redirect to the list that a cell counts, named by the keys of its values."""
    filterset = build_filter(request.GET)
    if complaints := filterset.error_messages:
        return refusal(complaints)
    if address := ListAddresses(filterset).of_cell(row, column):
        return redirect(address)
    raise Http404("The matrix has no such cell.")


@require_safe
def matrix_export(request, name):
    file_format = find_format(FORMATS, name)
    filterset = build_filter(request.GET)
    if complaints := filterset.error_messages:
        return refusal(complaints)
    found, site = Matrix(filterset), site_of(request)
    axes = (filterset.row_axis.name, filterset.column_axis.name)
    parts = ["matrix", *axes, *name_parts(filterset)]
    return download(
        request,
        file_format.write((found, site)),
        n=len(found.rows),
        media_type=file_format.media_type,
        name=formats.file_name(parts, file_format.extension),
    )


@require_safe
@cache_until_changed
def how_to_read(request):
    absolute = request.build_absolute_uri
    title = "How to read the matrix"
    description = describe_plain_page("matrix:how-to-read", title, absolute)
    return add_link_header(
        render_template(request, description, ("matrix/how_to_read.html", {})),
        description,
    )
