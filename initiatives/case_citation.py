"""The page on which a reader cites a case, and the files of that citation."""

from functools import wraps

from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from casebase.conditional_get import cache_until_changed
from initiatives.citation_page import Citable, citation_file, citation_page
from initiatives.models import Initiative
from initiatives.record_metadata import case_work
from initiatives.views import answer_missing_case


def with_public_case(view):
    """Decorate a view that takes a case, so that it takes the slug of a public one.

    If there is no such case, the response is that of ``answer_missing_case``.
    """

    @wraps(view)
    def wrapper(request, slug, **kwargs):
        case = Initiative.objects.published().filter(slug=slug).first()
        if case is None:
            rest = request.path.partition(f"/{slug}/")[2]
            return answer_missing_case(request, slug, rest)
        return view(request, case, **kwargs)

    return wrapper


def citable_case(request, case):
    """Return the case as what is cited."""
    address = case.get_absolute_url()
    return Citable(
        app="initiatives",
        name=case.slug,
        heading=f"Cite “{case.name}”",
        work=case_work(case, request.build_absolute_uri),
        crumbs=[("Cases", reverse("initiatives:list")), (case.name, address)],
        address=address,
    )


@require_safe
@cache_until_changed
@with_public_case
def initiative_cite(request, case):
    """Show the citation of a case in the reader’s style, with files to download."""
    return citation_page(request, citable_case(request, case))


@require_safe
@vary_on_cookie
@with_public_case
def initiative_cite_file(request, case, name, is_opened=False):
    return citation_file(request, citable_case(request, case), name, is_opened)
