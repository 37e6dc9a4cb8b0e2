"""The addresses of the handout. Converters: see casebase/kept/tokens.py."""

from django.urls import path

from casebase.kept import tokens as tokens
from initiatives.handout import shortlists, views

app_name = "handout"
urlpatterns = [
    path("handout/", views.handout, name="page"),
    path("handout/<slug:name>/", views.handout_file, name="file"),
    path("shortlist/handout/", shortlists.own_handout, name="own"),
    path("shortlist/handout/<slug:name>/", shortlists.own_handout, name="own-file"),
    path("shortlist/<token:token>/handout/", shortlists.stored_handout, name="stored"),
    path(
        "shortlist/<token:token>/handout/<slug:name>/",
        shortlists.stored_handout,
        name="stored-file",
    ),
]
