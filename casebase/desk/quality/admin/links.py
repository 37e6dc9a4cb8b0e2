"""Links as they were found last, and what leads to them. People only read here."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join

from casebase.desk.admin.base import DeskAdmin, ReadOnlyAdminMixin
from casebase.desk.admin.change_urls import change_url
from casebase.desk.quality.list_filters import StateFilter
from casebase.desk.quality.models import Link

MOST = 100


@admin.register(Link)
class LinkAdmin(ReadOnlyAdminMixin, DeskAdmin):
    list_display = ["address", "state", "sentence", "checked_at", "dead_since"]
    list_filter = [StateFilter, "state"]
    search_fields = ["address"]
    search_help_text = "Part of the address"
    fields = ["visit", "state", "sentence", "status", "new_address", "end_of_trail"]
    fields += ["checked_at", "dead_since", "works", "statements"]
    readonly_fields = fields

    class Media:
        css = {"all": ["css/figures.css"]}

    @admin.display(description="address")
    def visit(self, link):
        return outward(link.address)

    @admin.display(description="new address")
    def new_address(self, link):
        return outward(link.moved_to)

    @admin.display(description="leads to")
    def end_of_trail(self, link):
        return outward(link.leads_to)

    @admin.display(description="address of works")
    def works(self, link):
        return listed((work, work.short_citation) for work in link.works()[:MOST])

    @admin.display(description="page read for")
    def statements(self, link):
        owners = map(owner_of, link.sources()[:MOST])
        return listed((owner, str(owner)) for owner in owners)


def outward(address):
    """Servers may redirect to what is no web address, and must not be clicked on."""
    if not address.startswith(("http://", "https://")):
        return address or "–"
    return format_html('<a href="{0}" rel="noreferrer">{0}</a>', address)


def listed(records):
    """The records by their words, each leading to where it is edited."""
    links = [(change_url(record), words) for record, words in records]
    items = format_html_join("", '<li><a href="{}">{}</a></li>', links)
    return format_html("<ul>{}</ul>", items) if links else "–"


def owner_of(source):
    """What is edited where the source is: of a conflict, its case."""
    if source.conflict:
        return source.conflict.initiative
    return source.finding or source.concept or source.scheme
