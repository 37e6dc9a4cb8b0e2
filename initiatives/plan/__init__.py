"""The workbook: a team’s plan of a change, with what other cases found.

It follows the five steps of the Co-Production Star and the Four Co’s of Governance
International, by name; its questions are those of our codebook.
"""
