"""Findings as tables: taken out, edited in a spreadsheet, and brought in again."""
