"""The curators' desk: Django's admin, with a whole case on one page."""

from django.contrib import admin

from initiatives.admin import cases, codebook, findings, organisations, tags

__all__ = ["cases", "codebook", "findings", "organisations", "tags"]

admin.site.site_header = admin.site.site_title = "Casebase"
admin.site.index_title = "The curators’ desk"
