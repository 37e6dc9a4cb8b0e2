"""One include per app, and the few pages that belong to none."""

from django.contrib import admin
from django.urls import path

from casebase.health import health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("health/", health, name="health"),
]
