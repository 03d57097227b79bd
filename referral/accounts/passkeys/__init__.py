"""Passkeys: a phone, laptop or security key that signs its owner in."""
