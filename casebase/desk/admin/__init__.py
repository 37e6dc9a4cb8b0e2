"""The admin of every record of the site. Django discovers it in this module.

The apps accounts, quality and suggestions contain the admin of their own models.
"""

from django.contrib import admin

from casebase.desk.admin import (
    cases,
    codebook,
    edits,
    findings,
    jobs,
    organisations,
    people,
    tags,
    users,
    works,
)

__all__ = [
    "cases",
    "codebook",
    "edits",
    "findings",
    "jobs",
    "organisations",
    "people",
    "tags",
    "users",
    "works",
]

admin.site.site_header = admin.site.site_title = "Casebase"
admin.site.index_title = "The curators’ desk"
