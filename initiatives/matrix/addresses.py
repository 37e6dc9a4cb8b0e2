"""The addresses of the lists that the numbers of the matrix open.

On the page of a large matrix, the links of its cells would be most of its weight. They
are short there, and lead to the address of the list.
"""

from functools import cached_property
from urllib.parse import urlencode

from casebase.fixed_addresses import fixed_address
from initiatives.findings.filters import CASE_PARAMETERS
from initiatives.matrix.axes import AxisKind, AxisValue
from initiatives.matrix.filters import LAYOUT_PARAMETERS, MatrixFilter
from initiatives.matrix.tables import axis_values


class ListAddresses:
    """Addresses of the list of findings, or of cases if the matrix is not linked.

    They keep the filters of the matrix.
    """

    def __init__(self, form: MatrixFilter) -> None:
        self._form, self._list_parameters = form, form.list_parameters

    def to(self, values: dict[AxisKind, AxisValue], **more: str) -> str:
        """Return the address of the list of what has these values."""
        name = "findings:list" if self._form.is_linked else "initiatives:list"
        replaced: dict[str, list[str]] = {name: [value] for name, value in more.items()}
        for axis, value in values.items():
            replaced |= self._parameters(axis, value)
        kept = [pair for pair in self._list_parameters if pair[0] not in replaced]
        added = [(name, value) for name in replaced for value in replaced[name]]
        return f"{fixed_address(name)}?{urlencode(kept + added)}"

    def short(self, row: AxisValue, column: AxisValue) -> str:
        """Return an address of a cell's list, relative to that of the matrix.

        It has the keys of both values, and what the matrix counts.
        """
        return f"{row.key}.{column.key}{self._short_query}"

    @cached_property
    def _short_query(self) -> str:
        kept = [p for p in self._form.parameters if p[0] not in LAYOUT_PARAMETERS]
        return f"?{urlencode(kept)}" if kept else ""

    def of_cell(self, row: str, column: str) -> str | None:
        """Return the address of a cell's list; None if an axis has no such key."""
        form, values = self._form, {}
        for axis, key in ((form.row_axis, row), (form.column_axis, column)):
            for value in axis_values(form.snapshot, axis):
                if str(value.key) == key:
                    values[axis] = value
        return self.to(values) if len(values) == 2 else None

    def _parameters(self, axis: AxisKind, value: AxisValue) -> dict[str, list[str]]:
        """Return parameter → values of the list of what has this value."""
        form = self._form.form_of(axis)
        is_nested = self._form.is_linked and form is self._form.cases
        names = CASE_PARAMETERS if is_nested else {}
        if value.years:
            first, last = value.years
            first = max(first, form.chosen.get("from", first))
            last = min(last, form.chosen.get("to", last))
            years = {"from": [str(first)], "to": [str(last)]}
            return {names.get(name, name): years[name] for name in years}
        parameter = names.get(axis.name, axis.name)
        required = self._form.required_values(axis)
        values = list(dict.fromkeys([*required, value.slug]))
        return {parameter: values, f"{parameter}-all": ["1"][: len(values) - 1]}
