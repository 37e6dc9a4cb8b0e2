"""How far a command is, for who looks on."""

from functools import partial

from tqdm import tqdm


def shown(unit="chunk", name=None):
    """A function that passes things on, and on terminals shows a bar of them."""
    return partial(tqdm, desc=name, disable=None, unit=unit, leave=False)
