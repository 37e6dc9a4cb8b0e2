"""Those who sign in: second factors, guessed passwords, and the log of both."""
