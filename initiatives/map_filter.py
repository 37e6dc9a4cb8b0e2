"""The filter form of the map of initiatives: that of their list, and a view."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms

from casebase.lists.charts import query_with
from casebase.lists.filters import ListFilter
from casebase.maps.base_maps import BASE_MAPS
from initiatives.case_map import WHERE_CASES_ARE, CaseMap
from initiatives.filters import InitiativeFilter

VIEWS = {WHERE_CASES_ARE: "Where the cases are"} | {
    name: base_map.label for name, base_map in BASE_MAPS.items()
}


class ViewFilter(ListFilter):
    """The part of the world that the map shows. It does not narrow the list."""

    field_class = forms.ChoiceField

    def __init__(self) -> None:
        words = f"There is no view “%(value)s”. The views are {', '.join(VIEWS)}."
        super().__init__(
            label="View",
            choices=list(VIEWS.items()),
            error_messages={"invalid_choice": words},
        )


class MapFilter(InitiativeFilter):
    """The filter form of the map: with the same address a list has the same cases."""

    is_map = True
    # So django-filter takes a filter away: the map has no pages.
    page = None  # type: ignore[assignment]
    view = ViewFilter()

    @cached_property
    def current_page(self) -> CaseMap:
        """The map, which is shown where a list has its page."""
        return CaseMap(self)

    @property
    def view_name(self) -> str:
        """The name of the view in use."""
        chosen = self.is_valid() and self.form.cleaned_data["view"]
        return chosen or WHERE_CASES_ARE

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The canonical parameters of the list of the same cases."""
        return [(name, value) for name, value in super().parameters if name != "view"]

    @property
    def map_query(self) -> str:
        """The canonical query of the map, from “?” on; may be empty."""
        view = [("view", self.view_name)] * (self.view_name != WHERE_CASES_ARE)
        query = urlencode([*self.parameters, *view])
        return f"?{query}" if query else ""

    @property
    def hidden_parameters(self) -> list[tuple[str, str]]:
        """Pairs of name and value of what the form keeps and does not show."""
        self.is_valid()
        given = self.form.cleaned_data
        return [(name, given[name]) for name in ("view", "sort") if given.get(name)]

    @property
    def query_of_world(self) -> str:
        """The address's query with the view of the world."""
        return query_with(self.data, view="world")

    @property
    def views(self) -> list[tuple[str, str, str, bool]]:
        """Label, query and number of cases of each view, and whether it is in use.

        The view of all cases has an empty number.
        """
        return [
            (
                label,
                query_with(self.data, view="" if name == WHERE_CASES_ARE else name),
                f"{self.current_page.count_in(name):,}" if name in BASE_MAPS else "",
                name == self.view_name,
            )
            for name, label in VIEWS.items()
        ]

    @cached_property
    def sentence_parts(self) -> list[tuple[str, bool]]:
        parts: Any = super().sentence_parts
        return [("Map of ", False), *parts] if self.is_valid() else parts
