"""Imports of cases, works and findings from files, and the export of findings.

Nothing is written until a curator confirms the preview.
"""
