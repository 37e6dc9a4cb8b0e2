"""Works for machines: meta tags, context objects, JSON-LD, unAPI and citations."""
