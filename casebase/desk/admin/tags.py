"""The admin of tags."""

from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from taggit.admin import Tag

from casebase.desk.admin.base import DeskAdmin

# The import above registers taggit's own admin, which edits and merges tags in another
# table than the one that cases use.
admin.site.unregister(Tag)


@admin.register(Tag)
class TagAdmin(DeskAdmin):
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "n_cases"]
    ordering = ["name"]
    search_fields = ["name"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(n_cases=Count("tagged"))

    @admin.display(description="cases", ordering="n_cases")
    def n_cases(self, tag):
        return tag.n_cases

    def view_on_site(self, tag):
        return reverse("initiatives:list", query={"tag": tag.slug})
