"""Addresses of works and of their exports."""

from django.urls import path
from django.views.decorators.http import require_safe

from casebase.conditional_get import cache_until_changed
from references import export_views, views
from references.feeds import WorkFeed
from references.metadata.unapi import unapi

app_name = "references"
urlpatterns = [
    path("unapi/", unapi, name="unapi"),
    path("references/", views.reference_list, name="list"),
    path("references/<document:document>", views.reference_list, name="list-document"),
    path(
        "references/bibliography/",
        export_views.reference_bibliography,
        name="bibliography",
    ),
    path(
        "references/export/<slug:name>/", export_views.reference_export, name="export"
    ),
    path(
        "references/open/<slug:name>/",
        export_views.reference_export,
        {"is_opened": True},
        name="open",
    ),
    path(
        "feeds/references/",
        require_safe(cache_until_changed(WorkFeed())),
        name="feed",
    ),
    path("references/styles/", export_views.style_list, name="styles"),
    path("references/<slug:key>/", views.reference_detail, name="detail"),
    path(
        "references/<slug:key>/<document:document>",
        views.reference_detail,
        name="document",
    ),
]
