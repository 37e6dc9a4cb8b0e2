"""What was rendered of records, kept for as long as none of them changes."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Self

type Record = tuple[str, int]

# Each is of about 4 kB. When there are more, all are dropped, so that a crawler can't
# fill the memory.
MOST = 4_000


class RenderedRecords:
    """Key → what was rendered, and the records that it shows: pairs of kind and key.

    Every snapshot has its own, so that a request which still reads older records can't
    put them among newer ones.
    """

    def __init__(
        self, entries: Mapping[Any, tuple[Any, frozenset[Record]]] | None = None
    ) -> None:
        self._entries = dict(entries or {})

    def get(self, key: Any) -> Any:
        """Return what is kept, or None."""
        return self._entries.get(key, (None,))[0]

    def keep(self, key: Any, rendered: Any, records: Collection[Record]) -> None:
        if len(self._entries) >= MOST:
            self._entries.clear()
        self._entries[key] = rendered, frozenset(records)

    def get_or_render(
        self, key: Any, records: Collection[Record], render: Callable[[], str]
    ) -> str:
        """Return what is kept, or render and keep it."""
        if (rendered := self.get(key)) is None:
            rendered = render()
            self.keep(key, rendered, records)
        return rendered

    def without(self, touched: Mapping[str, Collection[int]]) -> Self:
        """Return a copy without what shows one of these records: kind → their keys."""
        changed = {(kind, key) for kind, keys in touched.items() for key in keys}
        # Other threads add entries, so this one looks at a copy.
        entries = self._entries.copy().items()
        return type(self)({k: e for k, e in entries if e[1].isdisjoint(changed)})
