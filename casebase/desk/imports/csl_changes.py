"""Compares a work of a file with a stored work, by CSL variables."""

from typing import Any

from references.csl import Work

# CSL variable → value.
type Item = dict[str, Any]


def changed_variables(work: Work, stored: Work) -> Item:
    """Return the CSL variables in which the work differs from the stored work.

    ``stored`` is the stored work after a round trip through the format of the file, so
    that values the format can't represent don't count as changes.
    """
    known = stored.to_csl()
    if not work.title_markup:
        # Many programs lose italics, so compare titles without markup.
        known["title"] = stored.title
    return {
        name: value
        for name, value in work.to_csl().items()
        if name != "id" and known.get(name) != value
    }


def merge_items(item: Item, changes: Item) -> Item:
    """Return the item with the changes, and with ``custom`` merged by key."""
    custom = {**item.get("custom", {}), **changes.get("custom", {})}
    return item | changes | ({"custom": custom} if custom else {})
