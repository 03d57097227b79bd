"""What a network asks to say of itself: its page for moderators."""
