"""What can be brought in, and the module that knows how."""

from casebase.desk.imports import case_import, finding_import, work_import

KINDS = {"cases": case_import, "works": work_import, "findings": finding_import}
