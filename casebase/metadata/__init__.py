"""Data of any page for machines: typed links, JSON-LD and other representations."""
