"""What readers find wrong or missing, and what becomes of it."""
