"""What can be brought in, and the module that knows how."""

from intake import cases, works

KINDS = {"cases": cases, "works": works}
