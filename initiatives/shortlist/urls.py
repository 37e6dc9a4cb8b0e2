"""The addresses of the shortlist."""

from django.urls import path

from casebase.kept.links import links_view
from casebase.kept.models import Kept
from initiatives.shortlist import citations, exports, keeping, links, views

link_pages = links_view(
    Kept.Kind.SHORTLIST, opened="shortlist:stored", begun="shortlist:list"
)

app_name = "shortlist"
urlpatterns = [
    path("shortlist/", views.shortlist, name="list"),
    path("shortlist/keep/", keeping.keep, name="keep"),
    path("shortlist/kept/", keeping.kept_ids, name="kept"),
    path("shortlist/change/", views.change, name="change"),
    path("shortlist/add/", views.add, name="add"),
    path("shortlist/link/", links.get_link, name="link"),
    path("shortlist/citations/", citations.citations, name="citations"),
    path(
        "shortlist/citations/open/<slug:name>/",
        citations.citations_file,
        {"is_opened": True},
        name="citations-open",
    ),
    path(
        "shortlist/citations/<slug:name>/",
        citations.citations_file,
        name="citations-file",
    ),
    path("shortlist/cases/<slug:name>/", exports.export_cases, name="cases"),
    path("shortlist/findings/<slug:name>/", exports.export_findings, name="findings"),
    path("shortlist/<token:token>/", links.stored_list, name="stored"),
    path("shortlist/<token:token>/links/", link_pages, name="links"),
]
