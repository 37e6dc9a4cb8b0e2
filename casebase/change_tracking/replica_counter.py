"""The counter of a request that reads from a replica."""

from contextvars import ContextVar
from typing import Any

from django.db import Error

# As of the snapshot of the data that the request reads. None for everything that reads
# from the primary.
replica_counter: ContextVar[Any] = ContextVar("replica_counter", default=None)


class OutdatedReplicaError(Error):
    """This process has read a later version than that of the replica.

    The request has to read from the primary.
    """
