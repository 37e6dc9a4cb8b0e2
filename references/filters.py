"""The filter form of the list of works."""

from django import forms
from pyroaring import BitMap

from casebase.lists.filters import (
    FacetFilter,
    NarrowingFilter,
    RecordFacetFilter,
    SortFilter,
    YearFilter,
    add_require_all_filters,
)
from casebase.search.searchable_list import SearchedList, WordsFilter
from references.facets import work_index
from references.models import Person, Reference

# The people that the facet offers; others can be chosen on the page of a work.
MAX_PEOPLE_SHOWN = 15
SORTS = {
    "author": "Author and year",
    "newest": "Newest first",
    "title": "Title",
    "updated": "Recently added or changed",
}


def primary_keys(works):
    return BitMap(works.order_by().values_list("pk", flat=True))


class KeyFilter(NarrowingFilter):
    """A filter for the one work that has a citekey."""

    field_class = forms.CharField

    def __init__(self):
        super().__init__(label="Citekey", max_length=120)

    def matching_keys(self, key):
        return primary_keys(Reference.objects.filter(key=key))


class ReferenceFilter(SearchedList):
    """The filters of works. More values of a facet widen the list; facets narrow it."""

    nouns = ("work", "works")
    wordings = {
        "q": "with the words “{}”",
        "type": "of type {}",
        "chapter": "{}",
        "author": "by {}",
        "key": "with the citekey {}",
        "from": "since {}",
        "to": "up to {}",
    }

    q = WordsFilter("reference")
    type = FacetFilter(
        facet="type",
        can_require_all=False,
        label="Type",
        choices=Reference.Type.choices,
        error_messages={"invalid_choice": "“%(value)s” is not a type of work."},
    )
    chapter = FacetFilter(
        facet="chapter",
        can_require_all=False,
        label="The chapter",
        choices=[("1", "Cited by the chapter")],
        error_messages={
            "invalid_choice": "Only “chapter=1” has a meaning, not “%(value)s”."
        },
    )
    author = RecordFacetFilter(
        facet="author",
        records=Person.objects.all,
        by_former_slug=Person.objects.by_former_slug,
        max_options=MAX_PEOPLE_SHOWN,
        label="Author",
        error_messages={"invalid_choice": "There is nobody called “%(value)s” here."},
    )
    key = KeyFilter()
    to = YearFilter("Up to", is_first=False)
    sort = SortFilter(SORTS)

    class Meta:
        model = Reference
        fields = ()

    lowered_facets = frozenset({"type", "chapter"})

    @classmethod
    def get_filters(cls):
        filters = super().get_filters()
        # In addresses, the filters that a subclass adds precede these.
        last = {name: filters.pop(name) for name in ("key", "to", "sort")}
        since = YearFilter("Since", is_first=True)
        return add_require_all_filters(filters | last | {"from": since})

    @property
    def moved(self):
        """The query with people's present slugs, or empty if it has no former ones."""
        chosen = self.chosen.get("author", [])
        present = [self.filters["author"].current_slugs[slug] for slug in chosen]
        if present == chosen:
            return ""
        query = self.data.copy()
        query.setlist("author", list(dict.fromkeys(present)))
        return f"?{query.urlencode()}"

    @property
    def index(self):
        return work_index(self.snapshot)

    @property
    def hidden_parameters(self):
        return [("key", key) for key in self.canonical_values("key")]
