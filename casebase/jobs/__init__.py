"""Jobs: work that no request waits for, such as large files, imports and link checks.

Each is a row with its progress, and a task of ``django.tasks`` that runs it in a
process of its own. See docs/jobs.md.
"""
