"""Lists that also take the filters of other lists: works by those of the cases.

In the address of the outer list, the parameter of a filter may have another name,
because the outer list has a filter of that name itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict

from casebase.lists.facet_choices import Chip
from casebase.lists.filterset import ListFilterSet

# Every list has these for itself.
NEVER_NESTED = {"page", "sort"}


def nested_parameters(
    filters: Iterable[str], taken: Iterable[str], prefix: str
) -> dict[str, str]:
    """Return filter → its parameter in an outer list, which has the names ``taken``.

    Filters whose name is taken have the prefix: “case-q”.
    """
    taken = {*taken}
    return {
        name: f"{prefix}{name}" if name.removesuffix("-all") in taken else name
        for name in filters
        if name not in NEVER_NESTED
    }


def nested_query(data: QueryDict, parameters: Mapping[str, str]) -> QueryDict:
    """Return the query of the nested list that is in the query of the outer one."""
    query = QueryDict(mutable=True)
    for name, parameter in parameters.items():
        if parameter in data:
            query.setlist(name, data.getlist(parameter))
    return query


@dataclass(frozen=True)
class NestedList:
    """The filter form of a list, and filter → its parameter in the outer list."""

    filterset: ListFilterSet
    parameters: Mapping[str, str] = field(default_factory=dict)

    def canonical_parameters(self) -> Iterator[tuple[str, str]]:
        """Yield pairs of a parameter of the outer list and a value."""
        for name, value in self.filterset.parameters:
            yield self.parameters[name], value

    def chips(self, outer: ListFilterSet) -> Iterator[Chip]:
        """Yield a Chip for each chosen value; it leads to the outer list without it."""
        for name in self.filterset.chosen:
            parameter = self.parameters[name]
            for value, label in self.filterset.value_labels(name).items():
                text = self.filterset.choice_label(name, label)
                yield Chip(parameter, text, outer.query_without(parameter, value))


class NestingList(ListFilterSet):
    """The base of lists with nested ones. It is invalid if one of these is.

    Subclasses define ``nested``, a list of NestedList.
    """

    nested: list[NestedList]

    def is_valid(self) -> bool:
        return super().is_valid() and self._nested_are_valid

    @cached_property
    def _nested_are_valid(self) -> bool:
        return all(nested.filterset.is_valid() for nested in self.nested)

    @property
    def validation_errors(self) -> list[tuple[str, str]]:
        errors = super().validation_errors
        for nested in self.nested:
            errors = errors + nested.filterset.validation_errors
        return errors

    @property
    def unknown_parameters(self) -> list[str]:
        known = {p for nested in self.nested for p in nested.parameters.values()}
        return [name for name in super().unknown_parameters if name not in known]

    @cached_property
    def chips(self) -> list[Chip]:
        nested = [chip for each in self.nested for chip in each.chips(self)]
        return nested + super().chips

    @property
    def nested_parameters(self) -> list[tuple[str, str]]:
        """Pairs of parameter and value, of the nested lists."""
        return [pair for each in self.nested for pair in each.canonical_parameters()]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        return self.nested_parameters + super().parameters

    @property
    def hidden_parameters(self) -> list[tuple[str, str]]:
        return self.nested_parameters + super().hidden_parameters
