"""Addresses that are secrets: whoever has one may see what is behind it."""

import re

# A link to a case before it is public, or to what a reader keeps: what comes before its
# secret part, and that part.
PRIVATE_LINK = re.compile(r"(/(?:preview|plan|shortlist)/)[\w.-]{20,}")
