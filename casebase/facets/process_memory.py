"""Memory of this process: reading records takes much more than a snapshot.

GNU's C library would hold on to what is freed. Others have no such functions.
"""

import ctypes
from contextlib import suppress

# The parameter of mallopt() that is called so in malloc.h, and a number of bytes.
M_MMAP_THRESHOLD, SMALLEST_ARRAY = -3, 2**17


def release_memory() -> None:
    """Return memory that is free to the system."""
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def return_arrays_when_freed() -> None:
    """Have the memory of each array returned to the system as soon as it is free.

    That takes somewhat longer, so it is for a process that does nothing else.
    """
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, SMALLEST_ARRAY)
