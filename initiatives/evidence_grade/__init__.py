"""The evidence grade of findings: how well its sources support a statement.

``rules.py`` has the published rules, as a pure function; ``finding_evidence.py`` makes
what they need from values of the records, which ``stored_evidence.py`` reads for many
findings at once; ``stored_grades.py`` keeps the grades.
"""
