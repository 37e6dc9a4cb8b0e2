"""The addresses of findings."""

from django.urls import path
from django.views.decorators.http import require_safe

from casebase.conditional_get import cache_until_changed
from initiatives.findings import citation, views
from initiatives.findings.feeds import FindingFeed

app_name = "findings"
urlpatterns = [
    path("findings/", views.finding_list, name="list"),
    path("findings/<document:document>", views.finding_list, name="list-document"),
    path("findings/export/<str:name>/", views.finding_export, name="export"),
    path("findings/<slug:short_id>/", views.finding_detail, name="detail"),
    path("findings/<slug:short_id>/cite/", citation.finding_cite, name="cite"),
    path(
        "findings/<slug:short_id>/cite/open/<slug:name>/",
        citation.finding_cite_file,
        {"is_opened": True},
        name="cite-open",
    ),
    path(
        "findings/<slug:short_id>/cite/<slug:name>/",
        citation.finding_cite_file,
        name="cite-file",
    ),
    path(
        "feeds/findings/",
        require_safe(cache_until_changed(FindingFeed())),
        name="feed",
    ),
]
