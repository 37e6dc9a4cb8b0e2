"""The admin of people and bodies who are authors or editors of works."""

from datetime import date

from django.contrib import admin
from django.db.models import Count

from casebase.desk.admin.base import DeskAdmin
from casebase.desk.merging.actions import merge_two
from references.models import Person


@admin.register(Person)
class PersonAdmin(DeskAdmin):
    actions = [merge_two]
    list_display = ["__str__", "slug", "n_works"]
    search_fields = ["family", "given", "literal", "slug"]
    fields = [
        ("given", "dropping_particle", "non_dropping_particle"),
        ("family", "suffix"),
        "literal",
        "slug",
    ]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if set(form.changed_data) - {"slug"}:
            obj.works.update(revised_on=date.today())

    def get_queryset(self, request):
        works = Count("works", distinct=True)
        return super().get_queryset(request).annotate(n_works=works)

    @admin.display(description="works", ordering="n_works")
    def n_works(self, person):
        return person.n_works
