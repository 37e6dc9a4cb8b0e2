"""Addresses of works, and of what is taken away of them."""

from django.urls import path, register_converter

from references import bibliography, views
from references.exports import IN_STYLE
from references.feeds import WorkFeed
from references.metadata.unapi import unapi


class SetFormatConverter:
    """A format in which works are set in a style."""

    regex = "|".join(way.name for way in IN_STYLE)

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(SetFormatConverter, "set_format")

app_name = "references"
urlpatterns = [
    path("unapi/", unapi, name="unapi"),
    path("references/", views.reference_list, name="list"),
    path(
        "references/bibliography/",
        bibliography.reference_bibliography,
        name="bibliography",
    ),
    path(
        "references/bibliography/<set_format:name>/<slug:job>/",
        bibliography.job_progress,
        name="job",
    ),
    path(
        "references/bibliography/<set_format:name>/<slug:job>/file/",
        bibliography.job_result,
        name="job-result",
    ),
    path(
        "references/export/<slug:name>/", bibliography.reference_export, name="export"
    ),
    path("feeds/references/", WorkFeed(), name="feed"),
    path("references/styles/", bibliography.style_list, name="styles"),
    path("references/<slug:key>/", views.reference_detail, name="detail"),
    path(
        "references/<slug:key>/<document:document>",
        views.reference_detail,
        name="document",
    ),
]
