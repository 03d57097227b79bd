"""A picture that was chosen and not saved: kept as a photo of its own listing, and nothing of anybody else."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.model import Draft
from tests.editing.test_signed_out import carried, end_session
from tests.editing.therapist import Therapist, ann  # noqa: F401 - a fixture among them
from tests.listings.test_photos import SECRET, picture

CUT = "data:image/jpeg;base64,"


def square(content: bytes) -> str:
    """What a browser sends that cut this."""
    return CUT + b64encode(content).decode()


def drafted(engine: Engine) -> dict[str, str]:
    with Session(engine) as session:
        return dict(session.scalars(select(Draft.fields)).one())


def photos_on_disk(app: Flask) -> list[Path]:
    return [path for path in app.extensions["referral"].config.photos_folder.rglob("*") if path.is_file()]


def test_a_draft_keeps_a_photo_and_not_what_was_sent(ann: Therapist, app: Flask) -> None:  # noqa: F811
    typed = ann.fields("photo", alt="Ann", square=square(picture(comment=SECRET)))

    kept = ann.client.post("/listing/photo/draft", data=typed)

    fields = drafted(ann.engine)
    assert (kept.status_code, kept.mimetype, kept.headers["Cache-Control"]) == (200, "text/plain", "private, no-store")
    assert fields["photo-kept"] == kept.text and fields["photo-alt"] == "Ann" and "photo-square" not in fields
    assert len(photos_on_disk(app)) == 9 and not any(SECRET in path.read_bytes() for path in photos_on_disk(app))
    assert f"/photos/{kept.text}-" in ann.client.get("/listing").text
    assert ann.client.get(f"/photos/{kept.text}-160.webp").status_code == 200
    assert ann.client.application.test_client().get(f"/photos/{kept.text}-160.webp").status_code == 404


@pytest.mark.parametrize(
    "sent",
    ["x", CUT, CUT + "%%%", square(b"<svg/>"), square(b"\xff\xd8\xff" + b"x" * 99), square(picture((100, 100)))],
)
def test_what_is_no_square_of_a_picture_is_refused(ann: Therapist, app: Flask, sent: str) -> None:  # noqa: F811
    refused = ann.client.post("/listing/photo/draft", data=ann.fields("photo", alt="Ann", square=sent))

    assert refused.status_code == 400 and photos_on_disk(app) == []


def test_of_a_stranger_nothing_is_kept_and_of_who_was_signed_out_the_page_keeps_it(
    ann: Therapist,  # noqa: F811
    app: Flask,
) -> None:
    typed = ann.fields("photo", alt="Ann", square=square(picture()))
    end_session(ann.engine)

    drafted = ann.client.post("/listing/photo/draft", data=typed)
    saved = ann.client.post("/listing/photo", data=typed)

    assert (drafted.status_code, saved.status_code, photos_on_disk(app)) == (401, 401, [])
    assert carried(saved.text, "photo")["photo-square"] == [typed["photo-square"][0]]
    assert "<textarea" not in saved.text


def test_who_has_no_script_is_told_that_the_picture_is_not_kept(ann: Therapist) -> None:  # noqa: F811
    typed = {name: value for name, value in ann.fields("photo", alt="Ann").items() if name != "photo-picture"}
    end_session(ann.engine)

    out = ann.client.post("/listing/photo", data={**typed, "photo-picture": (BytesIO(picture()), "me.jpg")})

    assert out.status_code == 401 and "A picture cannot be kept here." in out.text
    assert carried(out.text, "photo")["photo-alt"] == ["Ann"]


def test_a_square_without_its_file_is_saved(ann: Therapist) -> None:  # noqa: F811
    answer = ann.client.post("/listing/photo", data=ann.fields("photo", alt="Ann", square=square(picture())))

    assert answer.location == "/listing?at=photo&saved=waiting#saved"
