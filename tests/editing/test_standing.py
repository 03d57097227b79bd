"""The listing as a whole: paused, resumed, gone back on, left, counted; and what its state does not allow."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import enumerate as enumerate_threads

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from referral.accounts import signins
from referral.errors import UsageError
from referral.joining import claims
from referral.listings import forgetting, published, revisions, standing
from referral.listings.past import SHOWN
from referral.mail import send_due, unwanted
from referral.mail.transport import Folder
from referral.model import Account, Listing, SignIn, Unsubscribed
from tests.accounts.people import letters, link_of
from tests.editing.therapist import Therapist
from tests.make import NOW, TODAY, make_account, make_listing


def test_a_pause_takes_the_listing_out_of_sight_everywhere_at_once(ann: Therapist) -> None:
    slug = ann.listing.slug
    ann.client.get("/search?text=example")
    until = (TODAY + timedelta(days=9)).isoformat()

    assert ann.client.post_form("/listing/pause", until=until).status_code == 303

    assert ann.client.get(f"/therapists/{slug}").status_code == 404
    assert ann.client.get(f"/api/v1/therapists/{ann.listing.public_id}").status_code == 404
    assert "Ann Example" not in ann.client.get("/search?text=example").text
    assert "You come back by yourself on" in ann.client.get("/listing").text
    ann.client.post_form("/listing/resume")
    assert ann.client.get(f"/therapists/{slug}").status_code == 200


@pytest.mark.parametrize("until", ["yesterday", TODAY.isoformat(), "0001-01-01"])
def test_a_day_that_cannot_be_is_said_beside_it(ann: Therapist, until: str) -> None:
    page = ann.client.post_form("/listing/pause", until=until)
    assert page.status_code == 400 and f'value="{until}"' in page.text
    assert '<details class="pause" open>' in page.text and 'href="#until"' in page.text
    assert ann.listing.content.status == "active"


@pytest.mark.parametrize(
    ("moment", "own_tomorrow"),
    [
        (datetime(2026, 11, 28, 1, 30, tzinfo=UTC), date(2026, 11, 28)),  # half past five in the evening in California
        (datetime(2026, 11, 28, 11, 59, tzinfo=UTC), date(2026, 11, 28)),  # the last minute of the 27th west of Hawaii
        (datetime(2026, 11, 28, 12, 0, tzinfo=UTC), date(2026, 11, 29)),
    ],
)
def test_who_pauses_may_name_their_own_tomorrow_wherever_they_live(
    session: Session, moment: datetime, own_tomorrow: date
) -> None:
    listing = make_listing(session)

    with pytest.raises(UsageError):
        standing.pause(session, listing.id, own_tomorrow - timedelta(1), moment)
    standing.pause(session, listing.id, own_tomorrow, moment)

    assert listing.paused_until == own_tomorrow == standing.first_return(moment)


def test_who_is_paused_can_stay_away_longer_and_confirm_meanwhile(ann: Therapist) -> None:
    near, far = (TODAY + timedelta(days=9)).isoformat(), (TODAY + timedelta(days=90)).isoformat()
    ann.client.post_form("/listing/pause", until=near)
    page = ann.client.get("/listing").text
    assert f'value="{near}"' in page and 'action="/listing/resume"' in page

    assert ann.client.post_form("/listing/pause", until=far).status_code == 303
    assert f'value="{far}"' in ann.client.get("/listing").text
    assert ann.client.post_form("/listing/confirm").location == "/listing?at=standing&saved=thanked#saved"
    assert "You last said on" in ann.client.get("/listing").text

    assert (ann.listing.content.status, ann.listing.content.attested_on) == ("paused", TODAY)


def test_who_was_silent_for_too_long_is_not_told_that_visitors_see_them(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        session.execute(update(Listing).values(attested_on=TODAY - timedelta(days=125), next_due=None))
        session.commit()
    ann.client.post_form("/listing/pause")

    answer = ann.client.post_form("/listing/resume")

    assert answer.location == "/listing?at=standing"
    assert "Nobody sees you just now" in ann.client.get("/listing").text


def test_who_was_taken_down_can_mend_but_not_come_back(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        moderator = Account(email="mo@example.org", role="moderator", created_at=NOW)
        session.add(moderator)
        session.flush()
        revisions.take_down(session, ann.listing_id, moderator.id, NOW)
        session.commit()

    assert "A moderator took your listing down" in ann.client.get("/listing").text
    assert ann.save("words", bio="Mended.").status_code == 303
    assert ann.client.post_form("/listing/confirm").status_code == 409
    assert ann.client.post_form("/listing/resume").status_code == 409
    assert ann.client.get(f"/therapists/{ann.listing.slug}").status_code == 404


def test_what_a_listing_in_its_state_does_not_allow_is_refused(ann: Therapist) -> None:
    assert ann.client.post_form("/listing/resume").status_code == 409
    with Session(ann.engine) as session:
        revisions.set_status(session, ann.listing_id, "hidden", NOW)
        session.commit()

    assert ann.client.post_form("/listing/pause").status_code == 409
    assert ann.client.post_form("/listing/resume").status_code == 409
    assert ann.listing.content.status == "hidden"


def test_history_shows_what_changed_and_leads_back(ann: Therapist) -> None:
    ann.save("words", bio="First.")
    ann.save("words", bio="Second.")
    with Session(ann.engine) as session:
        first = next(r for r in revisions.history(session, ann.listing_id) if r.content.bio == "First.")
    page = ann.client.get("/listing/history").text
    assert "First." in page and "Second." in page
    assert "In your own words" in page and "<del>First.</del>" in page and "<ins>Second.</ins>" in page

    ann.client.post_form(f"/listing/history/{first.revision_id}/revert", base=str(ann.listing.version))

    assert ann.listing.content.bio == "First."


def went_back(ann: Therapist, bio: str, base: int, **more: str) -> TestResponse:
    with Session(ann.engine) as session:
        then = next(r for r in revisions.history(session, ann.listing_id) if r.content.bio == bio)
    return ann.client.post_form(f"/listing/history/{then.revision_id}/revert", base=str(base), **more)


def test_going_back_on_an_old_page_shows_both_versions_and_goes_on(ann: Therapist) -> None:
    for words in ("First.", "Second.", "Third."):
        ann.save("words", bio=words)
    before = ann.listing

    late = went_back(ann, "First.", before.version - 1)

    assert late.status_code == 409 and ann.listing == before
    note = late.text[late.text.index('id="mend"') :]
    assert "<del>Third.</del>" in note and "<ins>First.</ins>" in note and "Second." not in late.text
    assert 'how it was at this time: <time datetime="2026-11-23T12:00:00+00:00">November 23, 2026, 12:00' in note
    again = re.search(r'action="(/listing/history/[0-9]+/revert)#mend".*?name="base" value="([0-9]+)"', note, re.S)
    assert again is not None
    assert ann.client.post_form(again[1], base=again[2]).status_code == 303
    assert ann.listing.content.bio == "First."


def test_whoever_came_from_an_older_page_of_the_history_is_led_back_to_it(ann: Therapist) -> None:
    for words in ("First.", "Second.", "Third."):
        ann.save("words", bio=words)
    with Session(ann.engine) as session:
        story = {r.content.bio: r.revision_id for r in revisions.history(session, ann.listing_id)}
    older = story["Third."]
    page = ann.client.get(f"/listing/history?before={older}").text
    assert f'<input type="hidden" name="before" value="{older}">' in page

    late = went_back(ann, "First.", 1, before=str(older))

    leads = re.search(r'href="([^"]*)">Leave it as it is now', late.text)
    assert leads is not None and leads[1] == f"/listing/history?before={older}#change-{story['First.']}"
    assert 'id="change-' not in late.text and f'name="before" value="{older}"' in late.text


def test_each_change_and_its_button_has_a_name_of_its_own(ann: Therapist) -> None:
    for words in ("First.", "Second.", "Third.", "Fourth."):
        ann.save("words", bio=words)

    page = ann.client.get("/listing/history").text

    for part in (r"<h2 id=[^>]*>(.*?)</h2>", r"<button[^>]*>(Go back.*?)</button>"):
        names = [re.sub("<[^>]*>", "", one) for one in re.findall(part, page, re.S)]
        assert len(names) >= 4 and len(set(names)) == len(names), names
        assert all("November 23, 2026, 12:00" in one for one in names), names
        found = re.findall(part, page, re.S)
        assert all('<time datetime="2026-11-23T12:00:00+00:00">' in one for one in found)


def test_going_back_twice_says_that_it_is_so(ann: Therapist) -> None:
    ann.save("words", bio="First.")
    ann.save("words", bio="Second.")
    base = ann.listing.version

    answers = [went_back(ann, "First.", base) for _press in range(2)]

    assert [one.status_code for one in answers] == [303, 303] and "saved=same" in str(answers[1].location)
    assert ann.listing.content.bio == "First."


def test_history_leads_to_the_first_version_however_many_there_are(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        for number in range(2 * SHOWN + 5):
            there = published.load_any(session, [ann.listing_id])[0]
            wish = replace(there.content, bio=f"Edit {number}.")
            revisions.submit(session, ann.listing_id, wish, there.version, None, NOW)
        session.commit()

    path, pages = "/listing/history", []
    while path:
        pages.append(ann.client.get(path).text)
        found = re.search(r'href="(/listing/history\?before=[0-9]+)"', pages[-1])
        path = found[1] if found else ""

    headings = [re.findall(r'<h2 id="change-([0-9]+)"', page) for page in pages]
    numbers = [int(one) for some in headings for one in some]
    assert [len(some) for some in headings] == [SHOWN, SHOWN, 6] and numbers == sorted(numbers, reverse=True)
    assert ["the beginning" in page for page in pages] == [False, False, True]
    assert "The latest changes" in pages[1] and pages[1].count("Go back to how it was then") == SHOWN
    went_back_to = ann.client.post_form(f"/listing/history/{numbers[-1]}/revert", base=str(ann.listing.version))
    assert went_back_to.status_code == 303 and ann.listing.content.bio == ""


def test_of_several_lines_those_that_differ_are_marked(ann: Therapist) -> None:
    ann.save("words", bio="One.\ntwo.")
    ann.save("words", bio="One.\nthree.")

    page = ann.client.get("/listing/history").text

    assert "<del>two.</del>" in page and "<ins>three.</ins>" in page and "<del>One." not in page


def test_nobody_reaches_the_revision_of_another(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        other = make_listing(session, name="Bob Example")
        session.commit()
        number = revisions.history(session, other.id)[0].revision_id

    assert ann.client.post_form(f"/listing/history/{number}/revert", base="1").status_code == 404
    assert ann.client.post_form(f"/listing/waiting/{number}/take-back").status_code == 404


def test_leaving_needs_a_yes_and_leaves_nothing(ann: Therapist) -> None:
    slug = ann.listing.slug
    assert ann.client.get("/listing/leave").status_code == 200
    unsure = ann.client.post_form("/listing/leave")
    assert unsure.status_code == 400 and 'href="#sure"' in unsure.text
    assert ann.client.get(f"/therapists/{slug}").status_code == 200

    ann.save("words", bio="Qzyrx words.")
    ann.client.get("/search?text=qzyrx")
    data = ann.client.application.extensions["referral"].config.data
    assert holding(data, b"zyrx") != []

    ann.client.post("/listing/claim", data={"email": "ann@example.org"})
    rooms = ann.client.application.extensions["referral"]
    send_due(ann.engine, Folder(data / "mail", "letters@example.org"), NOW)
    assert holding(data / "mail", b"ann@example.org") != []

    gone = ann.client.post_form("/listing/leave", sure="y")
    assert (gone.status_code, gone.location) == (303, "/listing/left")
    assert "Your listing is erased" in ann.client.get("/listing/left").text
    for thread in [t for t in enumerate_threads() if t.name == "forget"]:
        thread.join(30)

    assert ann.client.get(f"/therapists/{slug}").status_code == 404
    with Session(ann.engine) as session:
        assert session.get(Listing, ann.listing_id) is None
    ann.engine.dispose()
    forgetting.sweep(ann.engine, rooms.index, data, TODAY)
    assert holding(data, b"zyrx") == [] == holding(data / "mail", b"ann@example.org")


@pytest.mark.parametrize(("asked", "invited"), [({"uninvited": "y"}, 0), ({}, 1)])
def test_whoever_leaves_is_not_invited_again_if_they_say_so(
    ann: Therapist, asked: dict[str, str], invited: int
) -> None:
    rooms = ann.client.application.extensions["referral"]
    assert 'name="uninvited" value="y" checked' in ann.client.get("/listing/leave").text
    assert ann.client.post_form("/listing/leave", sure="y", **asked).status_code == 303

    with Session(ann.engine) as session:
        again = make_listing(session, name="Ann Example", email="Ann@example.org", status="pending")
        assert claims.invite(session, [again.id], NOW, rooms.letterhead) == invited
        marks = set(session.scalars(select(Unsubscribed.mark)))
    assert unwanted.listed(rooms.config.data) == marks and bool(marks) is bool(asked)


def test_a_browser_signed_in_long_ago_signs_in_once_more_before_it_erases(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        session.execute(update(SignIn).values(made_at=NOW - signins.FRESH))
        session.commit()

    page, sent = ann.client.get("/listing/leave"), ann.client.post_form("/listing/leave", sure="y")

    assert page.status_code == 200 and sent.status_code == 403
    for one in (page, sent):
        assert 'href="/account/sign-in?to=standing.leaving"' in one.text and 'name="sure"' not in one.text
    assert ann.listing

    ann.client.post_form("/account/sign-in", email="ann@example.org", to="standing.leaving")
    back = ann.client.post_form(link_of(letters(ann.engine)[-1]))
    assert back.location == "/listing/leave" and 'name="sure"' in ann.client.get(back.location).text
    assert ann.client.post_form("/listing/leave", sure="y").location == "/listing/left"


def holding(folder: Path, words: bytes) -> list[str]:
    """The files that hold these bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if words in path.read_bytes()]


def test_numbers_are_told_by_week(ann: Therapist) -> None:
    page = ann.client.get("/listing/numbers")

    assert page.status_code == 200 and "under 10" in page.text


def test_who_is_not_seen_is_shown_what_would_be(ann: Therapist) -> None:
    assert ">What visitors see</h2>" in ann.client.get("/listing").text
    ann.client.post_form("/listing/pause")

    assert ">What visitors would see</h2>" in ann.client.get("/listing").text


def test_who_wants_no_messages_through_the_directory_gets_none_from_now_on(ann: Therapist) -> None:
    page = f"/therapists/{ann.listing.slug}"
    before = ann.client.get(page).text

    saved = ann.save("contact", enquiries=None)

    assert f'href="{page}/write"' in before and saved.status_code == 303
    assert "/write" not in ann.client.get(page).text
    assert ann.client.get(f"{page}/write").status_code == 404
    assert ann.listing.content.no_enquiries


def test_what_nobody_sees_is_not_said_to_be_seen(ann: Therapist) -> None:
    ann.client.post_form("/listing/pause")

    page = ann.client.get(ann.save("words", bio="While away.").location).text

    assert "Nobody sees your listing just now" in page and "Visitors see it now" not in page


def test_an_address_that_waits_says_where_messages_go_and_not_what_visitors_see(ann: Therapist) -> None:
    ann.save("contact", email="first@example.org")
    with Session(ann.engine) as session:
        [waiting] = revisions.waiting_of(session)
        moderator = make_account(session, "moderator")
        revisions.approve(session, waiting.revision_id, moderator.id, NOW)
        session.commit()
    ann.save("contact", email="second@example.org")

    page = ann.client.get("/listing").text.split('id="waits"')[1].split("</dl>")[0]

    assert "Messages go until then to:" in page and "Visitors see until then:" not in page


@pytest.mark.parametrize("path", ["", "/history", "/numbers", "/answers", "/networks", "/leave"])
def test_own_pages_are_marked_as_those_of_the_account(ann: Therapist, path: str) -> None:
    assert '<a href="/account" aria-current="true">' in ann.client.get(f"/listing{path}").text
