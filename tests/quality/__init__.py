"""What needs work next: links, likenesses, completeness and the figures."""
