"""Photos: whatever is sent, only our own pixels come out, and only with their listing."""

import os
import struct
import zlib
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image, ImageDraw
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.config import Config
from referral.errors import UsageError
from referral.listings import drafts, photos, pictures, portraits, published, revisions
from referral.listings.pictures import Crop, made
from tests.accounts.people import sign_in
from tests.client import CheckingClient
from tests.make import NOW, make_account, make_listing

SECRET = b"GPS-Zanzibar-5421"


def picture(size: tuple[int, int] = (800, 600), kind: str = "JPEG", mode: str = "RGB", **how: Any) -> bytes:
    """A picture: red at the left, green at the right, a blue stripe on top."""
    image = Image.new("RGB", size, "red")
    draw = ImageDraw.Draw(image)
    draw.rectangle((size[0] // 2, 0, *size), fill="green")
    draw.rectangle((0, 0, size[0], size[1] // 8), fill="blue")
    into = BytesIO()
    image.convert(mode).save(into, kind, **how)
    return into.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def colours(image: Image.Image) -> tuple[str, str]:
    """What is at the left and at the right, half-way down."""
    names = []
    for x in (image.width // 8, image.width * 7 // 8):
        red, green, blue = image.convert("RGB").getpixel((x, image.height // 2))  # type: ignore[misc]
        names.append("red" if red > 150 > blue else "blue" if blue > 150 else "green" if green > 80 else "other")
    return names[0], names[1]


def test_nobody_else_on_the_machine_looks_into_the_folder_of_photos(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir(mode=0o755)

    photos.keep(tmp_path / "photos", "annexample12", picture((200, 200)))

    folders = [tmp_path / "photos", tmp_path / "photos" / "annexample12"]
    assert [oct(one.stat().st_mode & 0o777) for one in folders] == ["0o700"] * 2


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_squares_in_every_format(kind: str) -> None:
    files = made(picture(kind=kind))

    assert set(files) == {f"{size}.{ending}" for size in pictures.SIZES for ending in pictures.WAYS}
    for name, content in files.items():
        image = opened(content)
        size, _dot, ending = name.partition(".")
        assert image.size == (int(size), int(size)) and image.mode == "RGB"
        assert portraits.TYPES[ending] == Image.MIME[image.format or ""]
        assert colours(image) == ("red", "green")


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16"])
def test_every_kind_of_pixel_can_be_read(mode: str) -> None:
    source = Image.new("RGB", (300, 300), "white").convert("L" if mode in ("I;16",) else mode)
    into = BytesIO()
    source.save(into, "PNG")

    assert opened(made(into.getvalue())["160.jpg"]).size == (160, 160)


def test_what_is_transparent_becomes_white() -> None:
    into = BytesIO()
    Image.new("RGBA", (200, 200), (255, 0, 0, 0)).save(into, "PNG")

    assert opened(made(into.getvalue())["160.jpg"]).getpixel((80, 80)) == (255, 255, 255)


def test_the_chosen_part_is_shown() -> None:
    sent = picture((1200, 800))

    assert colours(opened(made(sent, Crop(0, 0.2, 0.5))["320.jpg"])) == ("red", "red")
    assert colours(opened(made(sent, Crop(0.6, 0.2, 0.5))["320.jpg"])) == ("green", "green")
    assert colours(opened(made(sent, Crop(9, -9, 1))["320.jpg"])) == ("red", "green")


@pytest.mark.parametrize("crop", [Crop(0, 0, 0.1), Crop(float("nan"), 0, 1), Crop(0, 0, float("inf")), Crop(0, 0, -1)])
def test_a_part_that_is_none_is_refused(crop: Crop) -> None:
    with pytest.raises(UsageError):
        made(picture(), crop)


def turned(orientation: int) -> bytes:
    """The same picture as `picture((800, 600))` once it is shown upright."""
    upright = opened(picture((800, 600), "PNG"))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    image = upright.transpose(Image.Transpose(undo[orientation])) if orientation in undo else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    into = BytesIO()
    image.save(into, "JPEG", quality=95, exif=exif)
    return into.getvalue()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright_and_cut_as_it_was_seen(orientation: int) -> None:
    sent = turned(orientation)

    assert colours(opened(made(sent)["320.jpg"])) == ("red", "green")
    assert colours(opened(made(sent, Crop(0, 0.2, 0.6))["320.jpg"])) == ("red", "red")
    assert colours(opened(made(sent, Crop(0.5, 0.2, 0.6))["320.jpg"])) == ("green", "green")
    top = opened(made(sent, Crop(0, 0, 1))["320.jpg"])
    assert top.getpixel((160, 8))[2] > 150 > top.getpixel((160, 312))[2]  # type: ignore[index]


def test_not_a_byte_of_what_came_along_goes_out() -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    sent = picture(exif=exif, comment=SECRET, icc_profile=SECRET * 20, xmp=b"<x>" + SECRET + b"</x>")
    png = BytesIO()
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Comment", SECRET.decode())
    opened(picture()).save(png, "PNG", pnginfo=told, exif=exif)
    assert SECRET in sent and SECRET in png.getvalue()

    for files in (made(sent), made(png.getvalue()), made(sent + SECRET + b"<script>PK\x03\x04")):
        for content in files.values():
            assert SECRET not in content and b"Exif\x00" not in content and b"<script" not in content
            image = opened(content)
            assert not dict(image.getexif()) and not {"comment", "icc_profile", "xmp", "exif"} & set(image.info)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def huge_png(width: int, height: int) -> bytes:
    """A small file that says it is large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def moving() -> bytes:
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("red", "green", "blue")]
    into = BytesIO()
    frames[0].save(into, "WEBP", save_all=True, append_images=frames[1:], duration=50)
    return into.getvalue()


GIF = b"GIF89a/*" + b"\0" * 40 + b"*/=1;alert(1)"
HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "a drawing with a script": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a page that begins like a photo": lambda: b"\xff\xd8\xff<html><script>alert(1)</script>",
    "a GIF that is a script": lambda: GIF,
    "a sound": lambda: b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40,
    "an end before the end": lambda: picture()[:2000],
    "half a PNG": lambda: picture(kind="PNG", size=(900, 900))[:900],
    "half a WebP": lambda: picture(kind="WEBP")[:200],
    "one pixel": lambda: picture((1, 1)),
    "a thread": lambda: picture((4000, 10)),
    "60,000 by 60,000": lambda: huge_png(60_000, 60_000),
    "26 million pixels": lambda: huge_png(26_000, 1000),
    "no size at all": lambda: huge_png(0, 0),
    "a size below nothing": lambda: huge_png(2**32 - 1, 2**32 - 1),
    "too many bytes": lambda: picture() + b"\0" * pictures.MOST_BYTES,
    "a TIFF": lambda: picture(kind="TIFF"),
    "a BMP": lambda: picture(kind="BMP"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_photo_is_refused_in_a_sentence(what: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as told:
        photos.keep(tmp_path / "photos", "abcdef123456", HOSTILE[what]())

    assert told.value.text.endswith(".") and told.value.status in (400, 413)
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


def test_of_a_moving_picture_the_first_one_stands_still() -> None:
    for content in made(moving()).values():
        image = opened(content)
        assert getattr(image, "n_frames", 1) == 1 and colours(image) == ("red", "red")


def test_any_broken_photo_is_refused_in_a_sentence_or_shown() -> None:
    sent = picture((200, 200))
    for place in range(3, len(sent), 41):
        broken = sent[:place] + bytes([sent[place] ^ 0xFF]) + sent[place + 1 :]
        try:
            assert min(opened(made(broken)["160.jpg"]).size) == 160
        except UsageError as error:
            assert error.text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "photos"


def test_a_photo_is_kept_under_a_name_nobody_guesses(folder: Path) -> None:
    names = {photos.keep(folder, "abcdef123456", picture()) for _ in range(3)}

    assert len(names) == 3 and all(portraits.parts(name) for name in names)
    for name in names:
        assert photos.file(folder, name, 320, "webp")
    assert not list(folder.rglob(".*"))


@pytest.mark.parametrize("name", ["../../etc/passwd", "a.jpg", "abcdef123456-../../x", "", "abcdef123456-" + "g" * 32])
def test_no_other_file_is_ever_found(folder: Path, name: str) -> None:
    photos.keep(folder, "abcdef123456", picture())

    assert not portraits.parts(name)
    assert photos.file(folder, name, 160, "jpg") is None


def test_a_photo_is_seen_with_its_listing_and_before_that_by_its_owner(session: Session, folder: Path) -> None:
    listing = make_listing(session)
    name = photos.keep(folder, listing.public_id, picture())
    owner = make_account(session, practitioner_id=listing.practitioner_id)
    stranger, moderator = make_account(session), make_account(session, "moderator")

    assert not photos.is_public(session, name)
    seen = [photos.is_for(session, name, who) for who in (owner, moderator, stranger, None)]
    assert seen == [True, True, False, False]

    make_listing(session, public_id=listing.public_id, photo=name)
    assert photos.is_public(session, name)
    revisions.pause(session, listing.id, None, NOW)
    assert not photos.is_public(session, name)


def age(folder: Path, name: str, hours: float) -> None:
    """As if the photo had been made so long ago."""
    public_id, _dash, random = name.partition("-")
    for path in (folder / public_id).glob(f"{random}-*"):
        moment = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(path, (moment, moment))


def test_a_replaced_photo_is_removed_and_one_that_waits_is_not(session: Session, folder: Path) -> None:
    id = make_listing(session, public_id="abcdef123456").id
    old, new, next_one = (photos.keep(folder, "abcdef123456", picture()) for _ in range(3))
    for hours, name in ((9, old), (5, new), (1, next_one)):
        age(folder, name, hours)
    make_listing(session, public_id="abcdef123456", photo=new)
    there = published.load_any(session, [id])[0]
    revisions.submit(session, id, published.Content(**{**_fields(there.content), "photo": next_one}), 2, None, NOW)

    assert photos.replaced(session, folder, id) == 9

    assert [bool(photos.file(folder, name, 160, "jpg")) for name in (old, new, next_one)] == [False, True, True]


def _fields(content: published.Content) -> dict[str, Any]:
    return {name: getattr(content, name) for name in content.__dataclass_fields__}


def test_what_nobody_uses_goes_by_night_but_not_what_was_just_sent(session: Session, folder: Path) -> None:
    used, fresh, stray = (photos.keep(folder, "abcdef123456", picture()) for _ in range(3))
    gone = photos.keep(folder, "nolonger1234", picture())
    make_listing(session, public_id="abcdef123456", photo=used)
    for hours, name in ((9, used), (1, fresh), (9, stray), (9, gone)):
        age(folder, name, hours)

    assert photos.tidy(session, folder, NOW) == 18

    found = [bool(photos.file(folder, name, 160, "jpg")) for name in (used, fresh, stray, gone)]
    assert found == [True, True, False, False] and not (folder / "nolonger1234").exists()
    assert photos.tidy(session, folder / "nowhere", NOW) == 0


def test_a_photo_that_was_chosen_and_not_saved_stays_as_long_as_its_draft(session: Session, folder: Path) -> None:
    listing = make_listing(session, public_id="abcdef123456")
    chosen = photos.keep(folder, "abcdef123456", picture())
    age(folder, chosen, 99)
    account = make_account(session, practitioner_id=listing.practitioner_id).id
    typed = [("photo-kept", chosen)]
    drafts.keep(session, listing.id, account, "photo", 1, typed, NOW)
    kept = [photos.tidy(session, folder, NOW), photos.replaced(session, folder, listing.id)]
    drafts.drop(session, listing.id, account, "photo", typed)

    assert [*kept, photos.tidy(session, folder, NOW)] == [0, 0, 9]


def test_a_public_photo_is_kept_long_and_any_other_is_seen_by_its_people_alone(
    app: Flask, client: CheckingClient, engine: Engine, config: Config
) -> None:
    with Session(engine) as session:
        listing = make_listing(session, public_id="abcdef123456", name="Ada Example")
        name = photos.keep(config.photos_folder, "abcdef123456", picture())
        make_account(session, email="ada@example.org", practitioner_id=listing.practitioner_id)
        session.commit()
    visitor, path = app.test_client(), f"/photos/{name}-160.webp"
    assert visitor.get(path).status_code == 404
    own = sign_in(client, engine, "ada@example.org").get(path)
    assert (own.status_code, own.headers["Cache-Control"]) == (200, "private, no-store")

    with Session(engine) as session:
        make_listing(session, public_id="abcdef123456", name="Ada Example", photo=name, photo_alt="Ada, smiling")
        session.commit()
    answer = visitor.get(path)
    page = visitor.get("/therapists/ada-example").text

    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert opened(answer.data).size == (160, 160)
    assert (
        answer.headers["Cache-Control"].startswith("public, max-age=")
        and "immutable" in answer.headers["Cache-Control"]
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert f'src="/photos/{name}-160.jpg" alt="Ada, smiling"' in page
    for other in (f"/photos/{name}-161.webp", f"/photos/{name}-160.gif", "/photos/x-160.jpg"):
        assert visitor.get(other).status_code == 404
