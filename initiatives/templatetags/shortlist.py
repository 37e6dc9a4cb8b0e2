"""The buttons that keep something on the shortlist, and the link to it."""

from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from initiatives.models import Finding, Initiative
from initiatives.shortlist.cookies import read_ids
from initiatives.shortlist.items import id_of

register = template.Library()


@register.simple_tag(takes_context=True)
def keep_button(context, record, after=""):
    """Return the button that keeps a case, finding or work, or takes it off again.

    It belongs to the form “keep” of templates/base.html. Nothing for a record that is
    not public, or not as it is now. ``after`` are words that follow “Keep” in a menu.
    """
    if not is_public(record):
        return ""
    item_id = id_of(record)
    is_kept = item_id in ids_of(context)
    return button(item_id, name_of(record), after, is_kept=is_kept)


# As many as are on the pages that a process has in its cache.
@lru_cache(maxsize=2_000)
def button(item_id, name, after, *, is_kept):
    return format_html(
        '<button class="{}" id="keep-{}" form="keep" name="{}" value="{}"{}>{}'
        '<span>{}</span><span class="visually-hidden"> “{}”</span></button>',
        "menu__button" if after else "keep",
        item_id,
        "drop" if is_kept else "keep",
        item_id,
        format_html(' title="{}"', DROP_TITLE) if is_kept else "",
        "Kept" if is_kept else "Keep",
        after and f" {after}",
        Truncator(name).words(8, truncate=" …"),
    )


# What a button that says “Kept” does.
DROP_TITLE = "Take it off the shortlist"


@register.simple_tag(takes_context=True)
def shortlist_link(context):
    """Return the link to the shortlist, with the number of what is on it."""
    n = len(ids_of(context))
    address = reverse("shortlist:list")
    is_here = context.request.path == address
    return format_html(
        '<a class="masthead__shortlist" href="{}"{}><svg viewBox="0 0 16 16" '
        'aria-hidden="true"><path d="M3.5 1.5h9v13L8 11l-4.5 3.5z"/></svg>'
        "<span>Shortlist</span> "
        '<span class="masthead__count" id="shortlist-count">{}</span></a>',
        address,
        format_html(' aria-current="{}"', "page") if is_here else "",
        n or "",
    )


@register.filter
def value_of(mapping, key):
    """Return the value of a key in a mapping, or nothing."""
    return mapping.get(key, "")


def ids_of(context):
    """Return the ids on the reader’s shortlist, which are read once in a page."""
    request = context.request
    if not hasattr(request, "shortlist_ids"):
        request.shortlist_ids = frozenset(read_ids(request))
    return request.shortlist_ids


def is_public(record):
    """Whether readers may keep it: drafts and earlier versions can’t be kept."""
    case = record.initiative if isinstance(record, Finding) else record
    if not isinstance(case, Initiative):
        return True
    return case.status == case.Status.PUBLISHED and not case.version


def name_of(record):
    if isinstance(record, Finding):
        return record.statement
    return record.name if isinstance(record, Initiative) else record.short_citation
