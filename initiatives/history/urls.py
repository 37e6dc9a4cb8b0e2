"""Addresses of the history of a case, and of the case as it was."""

from django.urls import path

from initiatives.history import views

app_name = "history"
urlpatterns = [
    path("initiatives/<slug:slug>/history/", views.case_history, name="case"),
    path(
        "initiatives/<slug:slug>/v/<int:number>/",
        views.case_version,
        name="version",
    ),
    path(
        "initiatives/<slug:slug>/v/<int:number>/<document:document>",
        views.case_version,
        name="version-document",
    ),
]
