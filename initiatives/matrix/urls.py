"""The addresses of the matrix."""

from django.urls import path

from initiatives.matrix import views

app_name = "matrix"
urlpatterns = [
    path("matrix/", views.matrix, name="matrix"),
    path("matrix/<slug:row>.<slug:column>", views.matrix_cell, name="cell"),
    path("matrix/export/<str:name>/", views.matrix_export, name="export"),
    path("about/matrix/", views.how_to_read, name="how-to-read"),
]
