"""Addresses of the handout."""

from django.urls import path

from initiatives.handout import views

app_name = "handout"
urlpatterns = [
    path("handout/", views.handout, name="page"),
    path("handout/<slug:name>/", views.handout_file, name="file"),
]
