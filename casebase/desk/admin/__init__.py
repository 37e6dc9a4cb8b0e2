"""The curators' desk: Django's admin, with a whole case on one page."""

from django.contrib import admin

from casebase.desk.admin import (
    cases,
    codebook,
    edits,
    findings,
    organisations,
    tags,
    users,
    works,
)

__all__ = [
    "cases",
    "codebook",
    "edits",
    "findings",
    "organisations",
    "tags",
    "users",
    "works",
]

admin.site.site_header = admin.site.site_title = "Casebase"
admin.site.index_title = "The curators’ desk"
