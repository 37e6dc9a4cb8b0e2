"""Splits a long list so that no year letter changes.

Works get the letters of “2012a” when they look alike in a text, which begins with who
made them. Those of the same first person or body therefore stay in one part. So do, of
those that a style must call by a journal, a publisher or a title, those of one year.
"""

from collections import defaultdict
from collections.abc import Iterator

from references.styles.pandoc_items import Item

# Where a style compares all names, time grows with the square of the list: APA needs up
# to 7 s for 1,000 works. Each part costs the 0.1 s in which pandoc reads the style.
MAX_UNSPLIT_WORKS = 300
MIN_PART_WORKS = 150


def split_list(items: list[Item]) -> Iterator[list[Item]]:
    """Every item once, in parts of ``MIN_PART_WORKS`` or somewhat more."""
    groups = defaultdict(list)
    for item in items:
        groups[first_creator(item)].append(item)
    part: list[Item] = []
    for maker in sorted(groups):
        part += groups[maker]
        if len(part) >= MIN_PART_WORKS:
            yield part
            part = []
    if part:
        yield part


def first_creator(item: Item) -> str:
    """The first author, or else editor, as a text would name them; or else the year."""
    makers = item.get("author") or item.get("editor")
    if not makers:
        return issued_year(item)
    name = makers[0]
    words = (name.get("non-dropping-particle"), name.get("family"), name.get("literal"))
    return " ".join(filter(None, words)).casefold()


def issued_year(item: Item) -> str:
    match item.get("issued"):
        case {"date-parts": [[year, *_], *_]}:
            return str(year)
    return ""
