"""What machines read on pages: works as tags, context objects, JSON-LD and links."""
