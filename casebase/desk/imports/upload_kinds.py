"""The kinds of upload, and the module that imports each.

Each module has ``PERMISSIONS``, ``TEMPLATE_PREFIX``, ``Form``, ``plan_import``,
``build_preview``, ``preview_context``, ``read_choices`` and ``find_records``.
"""

from casebase.desk.imports import case_import, finding_import, work_import

KINDS = {"cases": case_import, "works": work_import, "findings": finding_import}
