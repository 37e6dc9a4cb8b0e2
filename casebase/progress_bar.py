"""Progress bars of commands."""

from functools import partial

from tqdm import tqdm


def progress_tracker(unit="chunk", name=None):
    """Return a function that passes on an iterable and shows a bar on terminals.

    ``unit`` names one item of the iterable, ``name`` describes the bar.
    """
    return partial(tqdm, desc=name, disable=None, unit=unit, leave=False)
