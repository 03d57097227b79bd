"""The picture of a therapist: sent, looked at by a moderator, refused when it is none."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from referral.listings import revisions
from tests.editing.therapist import Therapist
from tests.make import make_listing


def picture(colour: str = "teal") -> bytes:
    from io import BytesIO

    from PIL import Image

    kept = BytesIO()
    Image.new("RGB", (400, 500), colour).save(kept, "JPEG")
    return kept.getvalue()


def send_picture(ann: Therapist, content: bytes, **changed: Any) -> Any:
    from io import BytesIO

    fields = {name: value for name, value in ann.fields("photo", **changed).items() if name != "photo-picture"}
    answer = ann.client.post("/listing/photo", data={**fields, "photo-picture": (BytesIO(content), "me.jpg")})
    answer.request.environ["wsgi.input"].close()  # the test client leaves a large one open
    return answer


def test_a_picture_waits_for_a_moderator_and_is_seen_by_its_owner(ann: Therapist) -> None:
    answer = send_picture(ann, picture(), alt="Ann, smiling")

    assert answer.location == "/listing?at=photo&saved=waiting#saved"
    with Session(ann.engine) as session:
        waiting = revisions.waiting(session, ann.listing_id)
    assert waiting is not None and waiting.content.photo_alt == "Ann, smiling"
    assert ann.client.get(f"/photos/{waiting.content.photo}-160.jpg").status_code == 200
    assert ann.client.application.test_client().get(f"/photos/{waiting.content.photo}-160.jpg").status_code == 404
    past = ann.client.get("/listing/history").text
    assert "A picture" in past and waiting.content.photo not in past


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\xff\xd8\xff" + b"x" * 99], ids=["empty", "svg", "broken"])
def test_what_is_no_picture_is_said(ann: Therapist, content: bytes) -> None:
    answer = send_picture(ann, content, alt="Ann")

    assert answer.status_code == 400
    assert "photo" in answer.text.lower() and ann.listing.version == 1


def test_a_picture_of_five_megabytes_is_read_and_one_of_seven_refused(ann: Therapist) -> None:
    assert send_picture(ann, b"x" * (5 * 1024 * 1024), alt="Ann").status_code == 400
    assert send_picture(ann, b"x" * (7 * 1024 * 1024), alt="Ann").status_code == 413


def test_a_picture_needs_words(ann: Therapist) -> None:
    answer = send_picture(ann, picture())

    assert answer.status_code == 400 and "Say what the picture shows" in answer.text


def test_the_picture_of_another_cannot_be_taken(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        other = make_listing(session, name="Bob Example").public_id
        session.commit()

    ann.save("photo", kept=f"{other}-{'0' * 32}", alt="Bob")

    assert ann.listing.content.photo == ""
    with Session(ann.engine) as session:
        assert revisions.waiting(session, ann.listing_id) is None
