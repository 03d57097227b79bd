"""What a network says of itself: its page."""
