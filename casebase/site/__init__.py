"""Pages and sitemaps of the site as a whole."""
