"""What can be brought in, and the module that knows how."""

from casebase.desk.imports import cases, findings, works

KINDS = {"cases": cases, "works": works, "findings": findings}
