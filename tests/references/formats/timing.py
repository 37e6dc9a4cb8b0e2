"""Whether the time that readers take grows with the length of a text, or faster.

Most of it is spent in regular expressions, whose steps can’t be counted.
"""

import gc
from time import process_time


def is_linear(read, texts):
    """Whether the second text, eight times as long, is read in about eight times.

    In quadratic time it would be 64 times. What else this process does may take time
    once, but not three times.
    """
    return any(grows_slowly(read, *texts) for _ in range(3))


def grows_slowly(read, short, long):
    assert len(short) * 7 < len(long) < len(short) * 9
    return measure_time(read, long) < 20 * measure_time(read, short) + 0.05


def measure_time(read, text):
    """Return the seconds of this process, without collections of garbage."""
    gc.disable()
    try:
        start = process_time()
        read(text)
        return process_time() - start
    finally:
        gc.enable()
