"""Accounts: who may sign in, how, and what they may then do. Knows no web."""
