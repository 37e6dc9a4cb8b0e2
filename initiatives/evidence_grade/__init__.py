"""The evidence grade of findings: how well its sources support a statement.

``rules.py`` has the published rules, as a pure function; ``finding_evidence.py``
reads what they need from the records; ``stored_grades.py`` keeps the grades.
"""
