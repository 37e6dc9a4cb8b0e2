"""The read-only admin of links: the last check of each, and the records with it."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join

from casebase.desk.admin.base import DeskAdmin, ReadOnlyAdminMixin
from casebase.desk.admin.change_urls import change_url
from casebase.desk.quality.list_filters import LinkStateFilter
from casebase.desk.quality.models import Link

MAX_RECORDS = 100


@admin.register(Link)
class LinkAdmin(ReadOnlyAdminMixin, DeskAdmin):
    list_display = ["address", "state", "sentence", "checked_at", "dead_since"]
    list_filter = [LinkStateFilter, "state"]
    search_fields = ["address"]
    search_help_text = "Part of the address"
    fields = ["visit", "state", "sentence", "status", "new_address", "end_of_trail"]
    fields += ["checked_at", "dead_since", "works", "statements"]
    readonly_fields = fields

    class Media:
        css = {"all": ["css/figures.css"]}

    @admin.display(description="address")
    def visit(self, link):
        return external_link(link.address)

    @admin.display(description="new address")
    def new_address(self, link):
        return external_link(link.moved_to)

    @admin.display(description="leads to")
    def end_of_trail(self, link):
        return external_link(link.leads_to)

    @admin.display(description="address of works")
    def works(self, link):
        return change_links(
            (work, work.short_citation) for work in link.works()[:MAX_RECORDS]
        )

    @admin.display(description="page read for")
    def statements(self, link):
        owners = map(edited_record, link.sources()[:MAX_RECORDS])
        return change_links((owner, str(owner)) for owner in owners)


def external_link(address):
    """Return a link to the address, or plain text if it is not a web address.

    Servers may redirect to addresses that must not be clickable, as javascript: ones.
    """
    if not address.startswith(("http://", "https://")):
        return address or "–"
    return format_html('<a href="{0}" rel="noreferrer">{0}</a>', address)


def change_links(records):
    """Return a list of links to the admin pages of records.

    ``records`` are pairs of a record and the text of its link.
    """
    links = [(change_url(record), words) for record, words in records]
    items = format_html_join("", '<li><a href="{}">{}</a></li>', links)
    return format_html("<ul>{}</ul>", items) if links else "–"


def edited_record(source):
    """Return the record whose admin page has the source: for a conflict, its case."""
    if source.conflict:
        return source.conflict.initiative
    return source.finding or source.concept or source.scheme
