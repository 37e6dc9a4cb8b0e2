"""Every state of each record, and who changed it, when and why."""
