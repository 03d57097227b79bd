"""What a server serves: `wsgi:app`."""

from referral import create_app, serving

serving.end_with_parent()
app = create_app()
