"""Entries of a cache server, signed with the site's key."""

import pickle
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

SIGNATURE_BYTES = 32


class SignedPickle:
    """A serializer for Django's RedisCache that reads what this site has written.

    Reading a pickle may run any code, so whoever could write to the server could do
    anything here.
    """

    def dumps(self, value: object) -> bytes:
        pickled = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        return signature_of(pickled) + pickled

    def loads(self, entry: bytes) -> Any:
        """Return the value, or None if the entry is damaged or of somebody else."""
        signature, pickled = entry[:SIGNATURE_BYTES], entry[SIGNATURE_BYTES:]
        if not constant_time_compare(signature, signature_of(pickled)):
            return None
        return pickle.loads(pickled)  # noqa: S301 -- signed by this site


def signature_of(pickled: bytes) -> bytes:
    salt = "casebase.caches"
    digest: bytes = salted_hmac(salt, pickled, algorithm="sha256").digest()
    return digest
