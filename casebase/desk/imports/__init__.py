"""What curators bring in from files, and take out to bring in again.

Nothing is written until a preview has been confirmed.
"""
