"""Accounts: second factors, lockout, sessions and the audit log."""
