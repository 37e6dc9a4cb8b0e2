"""Addresses of the search."""

from django.urls import path

from casebase.site.search import views

app_name = "search"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggestions/", views.opensearch_suggestions, name="suggestions"),
    path("search/suggestions/list/", views.suggestion_options, name="offers"),
]
