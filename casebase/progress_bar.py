"""Progress bars of commands."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from tqdm import tqdm

# Passes on an iterable, and shows how far it is read.
type Tracker = Callable[[Iterable[Any]], Iterable[Any]]


def progress_tracker(unit: str = "chunk", name: str | None = None) -> Tracker:
    """Return a function that passes on an iterable and shows a bar on terminals.

    ``unit`` names one item of the iterable, ``name`` describes the bar.
    """
    return partial(tqdm, desc=name, disable=None, unit=unit, leave=False)
