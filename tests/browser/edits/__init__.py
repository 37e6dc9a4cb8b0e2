"""Journeys that change records: each module has a site of its own, and one worker."""
