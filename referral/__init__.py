"""The Imago referral directory."""
