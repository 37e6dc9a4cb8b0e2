"""The admin of likely duplicates, in pairs that people judge."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from casebase.desk.admin.base import DeskAdmin
from casebase.desk.admin.change_urls import change_url
from casebase.desk.quality.list_filters import RefutedFilter
from casebase.desk.quality.models import PersonLikeness, WorkLikeness


class LikenessAdmin(DeskAdmin):
    """People judge pairs here. Only the comparison of records adds and deletes them.

    ``merge_page`` is the URL name of the page that merges two such records. Its address
    has the parameters ?keep=<key>&drop=<key>.
    """

    list_display = ["first", "second", "why", "found_on", "is_refuted", "merge"]
    list_display_links = None
    list_filter = [RefutedFilter, "why"]
    list_select_related = ["one", "other"]
    actions = ["refute", "reopen"]

    class Media:
        css = {"all": ["css/figures.css"]}

    def changelist_view(self, request, extra_context=None):
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    @admin.display(description="older", ordering="one")
    def first(self, pair):
        return self.link_record(pair.one)

    @admin.display(description="newer", ordering="other")
    def second(self, pair):
        return self.link_record(pair.other)

    def link_record(self, record):
        return format_html('<a href="{}">{}</a>', change_url(record), record)

    @admin.display(description="merge")
    def merge(self, pair):
        query = {"keep": pair.one_id, "drop": pair.other_id}
        address = reverse(self.merge_page, query=query)
        return format_html('<a href="{}">Compare and merge</a>', address)

    @admin.action(description="Mark as not the same", permissions=["change"])
    def refute(self, request, pairs):
        self.judge(request, pairs, is_refuted=True)

    @admin.action(description="Mark as possibly the same", permissions=["change"])
    def reopen(self, request, pairs):
        self.judge(request, pairs, is_refuted=False)

    def judge(self, request, pairs, *, is_refuted):
        n = pairs.update(is_refuted=is_refuted)
        words = "pair is" if n == 1 else "pairs are"
        self.message_user(request, f"{n} {words} judged.")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(WorkLikeness)
class WorkLikenessAdmin(LikenessAdmin):
    merge_page = "merging:works"
    search_fields = ["one__title", "other__title", "one__key", "other__key"]

    def get_queryset(self, request):
        pairs = super().get_queryset(request)
        creators = "contributions__person"
        return pairs.prefetch_related(f"one__{creators}", f"other__{creators}")

    def link_record(self, work):
        """Return the link to a work, with the details that distinguish two works."""
        return format_html(
            '<a href="{}">{}</a><br>{}<br>{}',
            change_url(work),
            work,
            work.container_title or work.publisher or "–",
            work.doi or work.url or "–",
        )


@admin.register(PersonLikeness)
class PersonLikenessAdmin(LikenessAdmin):
    merge_page = "merging:people"
    search_fields = ["one__family", "other__family", "one__literal", "other__literal"]
