"""What a server serves: `wsgi:app`."""

from referral import create_app

app = create_app()
