"""What a work of a file would change in a stored work, by variables of CSL."""

from typing import Any

from references.csl import Work

# CSL variable → value.
type Item = dict[str, Any]


def changed_variables(work: Work, stored: Work) -> Item:
    """What a file says of a work otherwise than its format would hold the stored one.

    ``stored`` is the stored work as the format of the file holds it, so that what the
    format can't hold is no change.
    """
    known = stored.to_csl()
    if not work.title_markup:
        # Many programs lose italics; that is no other title.
        known["title"] = stored.title
    return {
        name: value
        for name, value in work.to_csl().items()
        if name != "id" and known.get(name) != value
    }


def merge_items(item: Item, changes: Item) -> Item:
    """The item with the changes; of ``custom``, only what the changes name."""
    custom = {**item.get("custom", {}), **changes.get("custom", {})}
    return item | changes | ({"custom": custom} if custom else {})
