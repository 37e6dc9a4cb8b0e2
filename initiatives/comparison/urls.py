"""Addresses of the comparison of cases."""

from django.urls import path

from initiatives.comparison import views

app_name = "compare"
urlpatterns = [
    path("compare/", views.compare_cases, name="cases"),
    path("compare/suggestions/", views.case_suggestions, name="suggestions"),
    path("compare/export/<str:name>/", views.export_comparison, name="export"),
]
