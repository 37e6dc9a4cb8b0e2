"""Pages of the desk beside those that Django makes for each model."""

from django.contrib import admin
from django.shortcuts import render
from django.urls import path

# Larger ones are no keys, and break SQLite.
LARGEST_KEY = 2**63 - 1


def desk(address, view, *, name="", **kwargs):
    """The path of a page that only who may sit at the desk can open."""
    called = name or view.__name__
    return path(address, admin.site.admin_view(view), kwargs, name=called)


def desk_page(request, template, title, **context):
    """A page that looks like the others; what stands on it is nobody else's."""
    context = admin.site.each_context(request) | {"title": title} | context
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return response
