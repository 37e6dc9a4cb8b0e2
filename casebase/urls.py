"""The URLs of all apps, and of pages that belong to no app."""

from django.contrib import admin
from django.urls import include, path

from casebase.jobs import views as jobs
from casebase.site import sitemaps, views
from casebase.site.health import health, ready

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("about/<document:document>", views.about, name="about-document"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("plan/sessions/", views.sessions, name="sessions"),
    path("admin/bring-in/", include("casebase.desk.imports.urls")),
    path("admin/merge/", include("casebase.desk.merging.urls")),
    path("admin/", admin.site.urls),
    path("health/", health, name="health"),
    path("ready/", ready, name="ready"),
    path("jobs/<slug:token>/", jobs.job_progress, name="job"),
    path("jobs/<slug:token>/file/", jobs.job_file, name="job-file"),
    path("card.png", views.card, name="site-card"),
    path("robots.txt", views.robots, name="robots"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap-<section>.xml", sitemaps.sitemap, name="sitemap"),
    path("", include("casebase.site.search.urls")),
    path("", include("initiatives.history.urls")),
    path("", include("initiatives.findings.urls")),
    path("", include("initiatives.matrix.urls")),
    path("", include("initiatives.comparison.urls")),
    path("", include("initiatives.shortlist.urls")),
    path("", include("initiatives.plan.urls")),
    path("", include("initiatives.handout.urls")),
    path("", include("references.urls")),
    path("", include("casebase.desk.suggestions.urls")),
    path("", include("initiatives.urls")),
]

handler404 = "casebase.site.views.page_not_found"
handler500 = "casebase.overload.handle_server_error"
