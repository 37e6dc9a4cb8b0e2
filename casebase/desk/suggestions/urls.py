"""The addresses of the form for readers, below the address of its case."""

from django.urls import path

from casebase.desk.suggestions import views

app_name = "suggestions"
urlpatterns = [
    path("initiatives/<slug:slug>/suggest/", views.suggest, name="suggest"),
    path("initiatives/<slug:slug>/suggest/thanks/", views.thanks, name="thanks"),
]
