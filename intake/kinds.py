"""What can be brought in, and the module that knows how."""

from intake import cases

KINDS = {"cases": cases}
