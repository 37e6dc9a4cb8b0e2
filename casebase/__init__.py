"""The project: settings, URLs, foundations, the site's pages and the desk."""

__version__ = "0.1.0"
