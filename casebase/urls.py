"""One include per app, and the few pages that belong to none."""

from django.contrib import admin
from django.urls import include, path

from casebase import jobpages, sitemaps, views
from casebase.health import health

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("about/<document:document>", views.about, name="about-document"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("admin/bring-in/", include("intake.urls")),
    path("admin/merge/", include("merging.urls")),
    path("admin/", admin.site.urls),
    path("health/", health, name="health"),
    path("jobs/<slug:job>/", jobpages.job_progress, name="job"),
    path("jobs/<slug:job>/file/", jobpages.job_file, name="job-file"),
    path("robots.txt", views.robots, name="robots"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap-<section>.xml", sitemaps.sitemap, name="sitemap"),
    path("", include("search.urls")),
    path("", include("history.urls")),
    path("", include("references.urls")),
    path("", include("suggestions.urls")),
    path("", include("initiatives.urls")),
]

handler404 = "casebase.views.page_not_found"
handler500 = "casebase.busy.answer_failure"
