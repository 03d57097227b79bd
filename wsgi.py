"""What a server serves: `wsgi:app`."""

import gc

from referral import create_app, serving

serving.end_with_parent()
app = create_app()
gc.freeze()  # what was loaded stays: no use in looking through it again and again while pages are made
