"""What any page tells machines: typed links, JSON-LD, and documents in its place."""
