"""What can be brought in, and the module that knows how."""

from intake import cases, findings, works

KINDS = {"cases": cases, "works": works, "findings": findings}
