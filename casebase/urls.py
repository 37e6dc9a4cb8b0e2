"""One include per app, and the few pages that belong to none."""

from django.contrib import admin
from django.urls import include, path

from casebase import views
from casebase.health import health

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("admin/", admin.site.urls),
    path("health/", health, name="health"),
    path("", include("references.urls")),
    path("", include("initiatives.urls")),
]

handler404 = "casebase.views.page_not_found"
