"""The form of the matrix: its axes, and every filter of the list of findings."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.urls import reverse
from pyroaring import BitMap

from casebase.lists.charts import query_with
from casebase.lists.filters import ListFilter, NarrowingFilter, SortFilter
from initiatives.findings.filters import FindingFilter
from initiatives.matrix.axes import (
    AXES,
    AxisKind,
    can_be_linked,
    can_stand_side_by_side,
)

ORDERS = {"codebook": "Order of the codebook", "count": "Most cases first"}
WAYS = {"linked": "In one statement", "side-by-side": "On the same case"}
# What a list of findings does not have.
OWN_PARAMETERS = {"rows", "columns", "meet", "empty", "gaps", "sort"}
# What changes no number of the matrix.
LAYOUT_PARAMETERS = {"empty", "gaps", "sort"}
FILES = {"csv": "CSV, one row a cell", "xlsx": "Excel workbook: matrix, cells"}
DEFAULT_AXES = {"rows": "barrier", "columns": "strategy"}


class ChoiceFilter(ListFilter):
    """A choice that does not narrow the list, such as that of an axis."""

    field_class = forms.ChoiceField

    def __init__(self, label: str, choices: dict[str, str], what: str) -> None:
        super().__init__(
            label=label,
            choices=list(choices.items()),
            error_messages={"invalid_choice": f"“%(value)s” is not {what}."},
        )


def axis_filter(label: str) -> ChoiceFilter:
    titles = {name: axis.title for name, axis in AXES.items()}
    return ChoiceFilter(label, titles, "something that the matrix can show")


class MatrixFilter(FindingFilter):
    """The axes, how they meet, and the filters of findings and of cases."""

    rows = axis_filter("Rows")
    columns = axis_filter("Columns")
    meet = ChoiceFilter("Counted", WAYS, "a way of counting")
    empty = ChoiceFilter("Empty ones", {"1": "Show empty rows and columns"}, "“1”")
    gaps = ChoiceFilter("Gaps", {"1": "Name what is missing"}, "“1”")
    sort = SortFilter(ORDERS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Words don't rank rows and columns.
        self.filters["sort"].extra["choices"] = self._orders

    def is_valid(self) -> bool:
        return super().is_valid() and not self.refusals

    def _value(self, name: str) -> str:
        value = self.form.cleaned_data.get(name) if self.form.is_valid() else ""
        return value or DEFAULT_AXES.get(name, "")

    @cached_property
    def row_axis(self) -> AxisKind:
        return AXES[self._value("rows")]

    @cached_property
    def column_axis(self) -> AxisKind:
        return AXES[self._value("columns")]

    @cached_property
    def is_linked(self) -> bool:
        """Whether the matrix counts statements that say both."""
        if way := self._value("meet"):
            return way == "linked"
        return can_be_linked(self.row_axis, self.column_axis)

    @property
    def shows_empty(self) -> bool:
        return bool(self._value("empty"))

    @property
    def shows_gaps(self) -> bool:
        return bool(self._value("gaps"))

    @cached_property
    def refusals(self) -> list[tuple[str, str]]:
        """Pairs of a label and a sentence: why these axes give no matrix."""
        rows, columns = self.row_axis, self.column_axis
        if rows is columns:
            return [("Columns", "They are the same as the rows. Choose another one.")]
        if self.is_linked:
            words = "No statement can say both of these. Count on the same case."
            return [] if can_be_linked(rows, columns) else [("Counted", words)]
        if not can_stand_side_by_side(rows, columns):
            words = "One of these belongs to statements. Count in one statement."
            return [("Counted", words)]
        if self.narrows_statements:
            words = "On the same case, cases are counted. Take out filters of findings."
            return [("Counted", words)]
        return []

    @property
    def narrows_statements(self) -> bool:
        """Whether a filter of findings is in use, besides those of their cases."""
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        return any(
            value and isinstance(self.filters[name], NarrowingFilter)
            for name, value in chosen.items()
        )

    @property
    def validation_errors(self) -> list[tuple[str, str]]:
        errors = super().validation_errors
        return errors if errors or not self.form.is_valid() else self.refusals

    def form_of(self, axis: AxisKind) -> Any:
        """Return the form that has the filter by this axis: of findings or of cases."""
        return self if self.is_linked and axis.is_of_statements else self.cases

    def _choosing(self, form: Any, axes: Iterable[AxisKind]) -> set[str]:
        """Return the filters of the form that choose values of these axes.

        They do not narrow what is counted there, unless they require all their values.
        """
        names = {axis.name for axis in axes if self.form_of(axis) is form}
        return {name for name in names if not form.requires_all(name)}

    def counted_statements(self, *axes: AxisKind) -> BitMap:
        """Return the statements that meet all filters except those that choose rows or
        columns of these axes."""
        choosing = self._choosing(self, axes)
        sets = [keys for name, keys in self._sets.items() if name not in choosing]
        if self.cases.chosen.keys() - self._choosing(self.cases, axes):
            sets.append(self.full_index.groups.of_owners(self.counted_cases(*axes)))
        return self.full_index.matching(sets)

    def counted_cases(self, *axes: AxisKind) -> BitMap:
        """Do as ``counted_statements``, for cases and their filters."""
        return self.cases.matching_keys_without(*self._choosing(self.cases, axes))

    def counted(self, *axes: AxisKind) -> BitMap:
        """Return what the matrix counts: statements if it is linked, else cases."""
        count = self.counted_statements if self.is_linked else self.counted_cases
        return count(*axes)

    def chosen_values(self, axis: AxisKind) -> list[str]:
        """Return the values that filters choose on an axis, or [] for all of them."""
        form = self.form_of(axis)
        is_own = axis.name in form.chosen and not form.requires_all(axis.name)
        return form.canonical_values(axis.name) if is_own else []

    def required_values(self, axis: AxisKind) -> list[str]:
        """Return the values of which a filter by this axis requires all."""
        form = self.form_of(axis)
        is_required = axis.name in form.chosen and form.requires_all(axis.name)
        return form.canonical_values(axis.name) if is_required else []

    @property
    def list_parameters(self) -> list[tuple[str, str]]:
        """The parameters of the list that cells lead to, of findings or of cases."""
        if not self.is_linked:
            return [pair for pair in self.cases.parameters if pair[0] != "sort"]
        return [pair for pair in self.parameters if pair[0] not in OWN_PARAMETERS]

    @property
    def downloads(self) -> list[tuple[str, str]]:
        """Pairs of a format’s label and the address of the file."""
        return [
            (label, reverse("matrix:export", args=[name]) + self.query)
            for name, label in FILES.items()
        ]

    @property
    def turned(self) -> str:
        """The query of the matrix with rows and columns exchanged."""
        rows, columns = self.column_axis.name, self.row_axis.name
        return query_with(self.data, rows=rows, columns=columns)

    @property
    def with_empty(self) -> str:
        """The query of the matrix that also has empty rows and columns."""
        return query_with(self.data, empty="1")

    @property
    def without_empty(self) -> str:
        return self.query_without("empty", "1")

    @property
    def with_gaps(self) -> str:
        """The query of the matrix that names what is missing."""
        return query_with(self.data, gaps="1")

    @property
    def without_gaps(self) -> str:
        return self.query_without("gaps", "1")

    @property
    def sentence_parts(self) -> list[tuple[str, bool]]:
        if not self.is_valid():
            return super().sentence_parts
        axes = f"{self.row_axis.title} by {self.column_axis.title.lower()}: "
        counted = super().sentence_parts if self.is_linked else None
        return [(axes, False), *(counted or self.cases.sentence_parts)]
