"""What goes out of a plan: files, and a page for paper."""
