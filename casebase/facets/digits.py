"""Expressions by which a database writes the numbers of many rows into one text.

Numbers of columns that are no keys must fit the digits of their type.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import accumulate
from typing import Any

import numpy as np
from django.db.models import (
    Aggregate,
    Case,
    F,
    Func,
    IntegerField,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.functions import StrIndex
from numpy.typing import NDArray

from casebase.facets.key_arrays import Table

# Name of a column → its type and the expression that it is read from.
type Columns = Mapping[str, tuple[str, Any]]

# Digits of the numbers of each type.
WIDTHS = {"u1": 3, "u2": 5, "u4": 10}
# Digits of a number in a text, which has a 1 before them. It has as many columns as fit
# into it: writing one number takes more time than to compute several.
WIDTH = 18


class Digits(Aggregate):
    """Numbers of all rows as one text, with 1 + WIDTH digits for each row.

    They are made of several columns; null is 0.
    """

    output_field = TextField()
    text, postgresql_text = "group_concat({}, '')", "string_agg(({})::text, '')"

    def __init__(self, *columns: Any, widths: Iterable[int]) -> None:
        super().__init__(*columns)
        self.shifts = [0, *accumulate(widths)]

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        terms, parameters = [str(10**WIDTH)], []
        for shift, column in zip(self.shifts, self.source_expressions, strict=False):
            sql, given = compiler.compile(column)
            terms.append(f"coalesce({sql}, 0) * cast({10**shift} AS bigint)")
            parameters += given
        text = extra.get("template", self.text)
        return text.format(" + ".join(terms)), parameters

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.postgresql_text)


class Ordinal(Func):
    """The number of a date, as ``date.toordinal()`` has it; null for none."""

    output_field = IntegerField()
    template = "CAST(julianday(%(expressions)s) - 1721424.5 AS integer)"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "(%(expressions)s - DATE '0001-01-01' + 1)"
        return self.as_sql(compiler, connection, template=template, **extra)


def flag(**condition: Any) -> Case:
    """Return an expression that is 1 for rows that meet the condition, and else 0."""
    return Case(When(Q(**condition), then=1), default=0)


def place_among(column: str, values: Collection[str]) -> Any:
    """Return an expression for the place of a column’s text among these, from 1 on.

    It is 0 for other texts. The database looks the text up in a line of all of them,
    which is several times as fast as comparing it with each. So no value may be part of
    another.
    """
    # At least one sign stands between any two.
    width = 1 + max(map(len, values))
    line = "".join(value.ljust(width, "|") for value in ("|", *values))
    at = StrIndex(Value(line), F(column))
    return Func(at - 1, width, template="(%(expressions)s)", arg_joiner=" / ")


def pack(columns: Columns) -> dict[str, list[str]]:
    """Return names of columns by the number of a text that they are written into."""
    packed: list[list[str]] = []
    for name in sorted(columns, key=lambda name: -WIDTHS[columns[name][0]]):
        width = WIDTHS[columns[name][0]]
        for names in packed:
            if sum(WIDTHS[columns[n][0]] for n in names) + width <= WIDTH:
                names.append(name)
                break
        else:
            packed.append([name])
    return {f"text_{n}": names for n, names in enumerate(packed)}


def unpack(text: str | None, n: int, widths: Mapping[str, str]) -> Table:
    """Return the columns of the ``n`` rows of a text: name → numbers of a type.

    Numbers that are too large for it raise OverflowError.
    """
    digits = np.frombuffer((text or "").encode(), np.uint8).reshape(n, 1 + WIDTH)
    end, table = 1 + WIDTH, {}
    for name, dtype in widths.items():
        numbers: NDArray[Any] = np.zeros(n, "u8" if dtype == "u4" else "u4")
        for place in digits.T[end - WIDTHS[dtype] : end]:
            np.multiply(numbers, 10, out=numbers)
            np.add(numbers, place - np.uint8(ord("0")), out=numbers)
        if numbers.max(initial=0) > np.iinfo(dtype).max:
            raise OverflowError(f"A number of {name} doesn’t fit the index of lists.")
        table[name] = numbers.astype(dtype)
        end -= WIDTHS[dtype]
    return table
