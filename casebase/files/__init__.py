"""Files that readers take away: formats, downloads, and jobs that make large ones."""
