"""The addresses of cases and of the codebook."""

from django.urls import path, register_converter
from django.views.decorators.http import require_safe

from casebase.conditional_get import cache_until_changed
from initiatives import case_citation, previews, views
from initiatives.feeds import CaseFeed
from initiatives.schemes import SCHEMES
from initiatives.similar.views import similar_cases, similar_export, similar_rules


class SchemeConverter:
    """Matches the slug of one of the ten schemes."""

    regex = "|".join(SCHEMES)

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(SchemeConverter, "scheme")

app_name = "initiatives"
urlpatterns = [
    path("initiatives/", views.initiative_list, name="list"),
    path(
        "initiatives/<document:document>", views.initiative_list, name="list-document"
    ),
    path("initiatives/export/<str:name>/", views.initiative_export, name="export"),
    path("initiatives/<slug:slug>/", views.initiative_detail, name="detail"),
    path("initiatives/<slug:slug>/preview/", previews.case_preview, name="preview"),
    path("preview/<str:token>/", previews.shared_preview, name="shared-preview"),
    path("initiatives/<slug:slug>/card.png", views.initiative_card, name="card"),
    path("initiatives/<slug:slug>/cite/", case_citation.initiative_cite, name="cite"),
    path(
        "initiatives/<slug:slug>/cite/open/<slug:name>/",
        case_citation.initiative_cite_file,
        {"is_opened": True},
        name="cite-open",
    ),
    path(
        "initiatives/<slug:slug>/cite/<slug:name>/",
        case_citation.initiative_cite_file,
        name="cite-file",
    ),
    path(
        "initiatives/<slug:slug>/<document:document>",
        views.initiative_detail,
        name="document",
    ),
    path(
        "feeds/initiatives/",
        require_safe(cache_until_changed(CaseFeed())),
        name="feed",
    ),
    path("about/evidence/", views.evidence_rules, name="evidence-rules"),
    path("map/", views.initiative_map, name="map"),
    path("map/<document:document>", views.initiative_map, name="map-document"),
    path("similar/", similar_cases, name="similar"),
    path("similar/export/<str:name>/", similar_export, name="similar-export"),
    path("about/similar/", similar_rules, name="similar-rules"),
    path("codebook/", views.codebook, name="codebook"),
    path("codebook/<document:document>", views.codebook, name="codebook-document"),
    path("<scheme:scheme>/", views.concept_list, name="concept-list"),
    path(
        "<scheme:scheme>/<document:document>",
        views.concept_list,
        name="concept-list-document",
    ),
    path("<scheme:scheme>/<slug:slug>/", views.concept_detail, name="concept-detail"),
    path(
        "<scheme:scheme>/<slug:slug>/<document:document>",
        views.concept_detail,
        name="concept-document",
    ),
]
