"""Addresses of works."""

from django.urls import path

from references import views

app_name = "references"
urlpatterns = [
    path("references/", views.reference_list, name="list"),
    path("references/<slug:key>/", views.reference_detail, name="detail"),
]
