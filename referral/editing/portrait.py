"""The section about the portrait: a picture is made anew as soon as it is sent, and shown once a moderator saw it."""

from base64 import b64decode
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wtforms import FileField, HiddenField, ValidationError

from referral.editing.fields import SectionForm, Ticked, Typed
from referral.listings import photos, portraits
from referral.listings.content import Content
from referral.places.gazetteer import Gazetteer
from referral.text import N_, _

if TYPE_CHECKING:
    from referral.listings.pictures import Crop

MEGABYTES = 6
"""What the section may send: a picture, and the form around it."""

PICTURE, SQUARE, KEPT = "photo-picture", "photo-square", "photo-kept"
"""Names of the fields of the file itself, of its part as the browser cut it, and of the photo made of either."""

CUT = "data:image/jpeg;base64,"
"""How a square begins that the browser cut: a text, so that it stays in the tab with everything else typed."""


class PhotoForm(SectionForm):
    """A picture of the therapist."""

    picture = FileField(
        N_("Choose a picture"),
        description=N_("JPEG, PNG or WebP, at most 5 MB. We remove what the file says of where and when it was taken."),
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )
    alt = Typed(N_("What the picture shows"), N_("For people who do not see it: “A woman of about fifty, smiling”."))
    removed = Ticked(N_("Show no picture"))
    kept = HiddenField()
    square = HiddenField()
    left = HiddenField()
    top = HiddenField()
    side = HiddenField()

    @classmethod
    def told(cls, content: Content) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        return {"alt": content.photo_alt, "kept": content.photo}

    def picture_address(self) -> str:
        """Where the picture of the form is served, without size and ending; empty for none."""
        return portraits.address(self.data["kept"] or "")

    def validate_alt(self, field: Typed) -> None:
        """A picture that is not described shuts people out."""
        if self.data["kept"] and not self.data["removed"] and not field.data:
            raise ValidationError(_("Say what the picture shows."))

    def applied(self, content: Content, places: Gazetteer, today: date) -> Content:
        """`content` with this picture; one of somebody else's is none."""
        found = portraits.parts(self.data["kept"] or "")
        is_own = self.data["kept"] == content.photo or (found is not None and found[0] == content.public_id)
        photo = self.data["kept"] if is_own and not self.data["removed"] else ""
        return replace(content, photo=photo, photo_alt=self.data["alt"] if photo else "")


def keep(folder: Path, public_id: str, sent: bytes, left: str, top: str, side: str) -> str:
    """Keep a picture that was sent; the name of the photo made of it.

    Raises UsageError for what is no photo; then nothing was kept.
    """
    return photos.keep(folder, public_id, sent, _crop(left, top, side))


def keep_square(folder: Path, public_id: str, sent: str) -> str:
    """Keep what the browser cut of a picture, as `keep` does."""
    try:
        square = b64decode(sent.removeprefix(CUT), validate=True)
    except ValueError:  # and then it is no picture
        square = b""
    return photos.keep(folder, public_id, square)


def _crop(left: str, top: str, side: str) -> "Crop | None":
    """The square that was chosen; None for the middle."""
    from referral.listings.pictures import Crop  # Pillow: only who sends a photo waits for it

    try:
        return Crop(float(left), float(top), float(side)) if side else None
    except ValueError:
        return None
