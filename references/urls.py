"""Addresses of works, and of what is taken away of them."""

from django.urls import path
from django.views.decorators.http import require_safe

from casebase.conditional_get import cache_until_changed
from references import bibliography, views
from references.feeds import WorkFeed
from references.metadata.unapi import unapi

app_name = "references"
urlpatterns = [
    path("unapi/", unapi, name="unapi"),
    path("references/", views.reference_list, name="list"),
    path("references/<document:document>", views.reference_list, name="list-document"),
    path(
        "references/bibliography/",
        bibliography.reference_bibliography,
        name="bibliography",
    ),
    path(
        "references/export/<slug:name>/", bibliography.reference_export, name="export"
    ),
    path(
        "references/open/<slug:name>/",
        bibliography.reference_export,
        {"is_opened": True},
        name="open",
    ),
    path(
        "feeds/references/",
        require_safe(cache_until_changed(WorkFeed())),
        name="feed",
    ),
    path("references/styles/", bibliography.style_list, name="styles"),
    path("references/<slug:key>/", views.reference_detail, name="detail"),
    path(
        "references/<slug:key>/<document:document>",
        views.reference_detail,
        name="document",
    ),
]
