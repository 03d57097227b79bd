"""The second factor: an app that makes codes, and recovery codes for the day the phone is lost."""
