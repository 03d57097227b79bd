"""A visitor writes to a therapist: the message is passed on, and neither it nor an address is kept."""
