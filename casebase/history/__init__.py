"""Every state of each case, work and term, and who changed it, when and why."""
