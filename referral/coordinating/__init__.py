"""What coordinators do: see who belongs to their networks, vouch for them, keep rosters and facts."""
