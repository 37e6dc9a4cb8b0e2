"""How much memory an index takes."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from pyroaring import AbstractBitMap


def bytes_of(root: object) -> int:
    """Return the bytes of all arrays and bitmaps that an object holds, each once."""
    seen: set[int] = set()
    waiting: list[Any] = [root]
    total = 0
    while waiting:
        value = waiting.pop()
        if id(value) not in seen:
            seen.add(id(value))
            total += own_bytes(value)
            waiting.extend(parts_of(value))
    return total


def own_bytes(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, AbstractBitMap):
        sizes = value.get_statistics()
        return (
            sizes["n_bytes_array_containers"]
            + sizes["n_bytes_run_containers"]
            + sizes["n_bytes_bitset_containers"]
        )
    return 0


def parts_of(value: Any) -> Iterable[Any]:
    """Return what an object holds that may hold arrays; not what a function knows."""
    if isinstance(value, Mapping):
        return value.values()
    if isinstance(value, list | tuple):
        return value
    return vars(value).values() if hasattr(value, "__dict__") else ()
