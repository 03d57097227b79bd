"""Whether the links we publish still lead somewhere: looked at by night, shown to moderators, never removed."""
