"""Helpers for admin views that are not part of a ModelAdmin."""

from django.contrib import admin
from django.shortcuts import render
from django.urls import path

# The largest integer of SQLite, which raises OverflowError for larger ones.
LARGEST_PRIMARY_KEY = 2**63 - 1


def admin_path(route, view, *, name="", **kwargs):
    """Return the URL pattern of a view for staff only, named after the view."""
    name = name or view.__name__
    return path(route, admin.site.admin_view(view), kwargs, name=name)


def render_admin_page(request, template, title, **context):
    """Return a rendered page of the admin that no cache may store."""
    context = admin.site.each_context(request) | {"title": title} | context
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return response
