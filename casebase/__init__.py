"""The project: settings, addresses and the pages that belong to no app."""

__version__ = "0.1.0"
