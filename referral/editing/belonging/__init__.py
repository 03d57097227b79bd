"""The networks a therapist belongs to, as they see it themselves."""
