"""How gunicorn serves the site, here and in public; its command line wins over this."""

# A reader waits for the database, not for the processor: threads share a worker well.
# Of these two may set lists (references/styles/keeping.py) and two may send large files
# (casebase/downloads.py), so two are always there for pages.
workers = 2
threads = 6
# It would be made in the home folder, and two sites would share it.
control_socket_disable = True
