"""How gunicorn serves the site, here and in public; its command line wins over this."""

# A reader waits for the database, not for the processor: threads share a worker well.
workers = 2
threads = 4
# It would be made in the home folder, and two sites would share it.
control_socket_disable = True
