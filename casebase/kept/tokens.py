"""The tokens in private links, of which the database has only hashes.

The token of the read link is computed from that of the change link, so that who may
change something can always show it to others. The other way is not possible.
"""

import hmac
import secrets
from hashlib import sha256

from django.urls import register_converter

TOKEN_BYTES = 16
# Letters and digits only: chat programs cut links at other signs.
TOKEN_REGEX = "[0-9a-f]{32}"  # noqa: S105 -- a pattern of tokens, and none of them


class TokenConverter:
    """Matches a token in an address."""

    regex = TOKEN_REGEX

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TokenConverter, "token")


def new_change_token() -> str:
    """Return a token of 128 random bits, in hexadecimal."""
    return secrets.token_hex(TOKEN_BYTES)


def read_token_of(change_token: str) -> str:
    """Return the token of the read link that belongs to a change link."""
    digest = hmac.digest(change_token.encode(), b"read", "sha256")
    return digest[:TOKEN_BYTES].hex()


def hash_of(token: str) -> str:
    """Return what is stored of a token: it is random enough to need no salt."""
    return sha256(token.encode()).hexdigest()
