"""Parameters of a test that are tried on SQLite alone: the marker ``once`` for them."""

import pytest


def once(*values):
    """Mark these values. A tuple has the values of several parameters."""
    rows = (value if isinstance(value, tuple) else (value,) for value in values)
    return [pytest.param(*row, marks=pytest.mark.once) for row in rows]


def once_except(kept, values):
    """Mark all values but those in ``kept``."""
    return [
        one for value in values for one in ([value] if value in kept else once(value))
    ]
