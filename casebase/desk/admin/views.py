"""Helpers of admin views that belong to no model."""

from django.contrib import admin
from django.shortcuts import render
from django.urls import path

# SQLite breaks on larger numbers.
LARGEST_PRIMARY_KEY = 2**63 - 1


def admin_path(route, view, *, name="", **kwargs):
    """A URL pattern of a view that only staff may open, named after the view."""
    name = name or view.__name__
    return path(route, admin.site.admin_view(view), kwargs, name=name)


def render_admin_page(request, template, title, **context):
    """Render a page of the admin, which no cache may store."""
    context = admin.site.each_context(request) | {"title": title} | context
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return response
