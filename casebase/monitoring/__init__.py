"""What operators see of the running site: metrics, request ids, traces, its state.

Each part of the site tells what can be known of it in a module ``monitoring``, as it
tells other foundations of its records: see docs/monitoring.md.
"""
