"""The only writer of listings."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from referral import db, model
from referral.errors import UsageError
from referral.listings import published, revisions
from referral.listings.checks import checked
from referral.listings.content import Content, Credential, Licence, Price
from tests.make import NOW, TODAY, make_content, make_listing, make_listings

EVERYTHING = {
    "name": "Zoë Größl",
    "sort_name": "Größl, Zoë",
    "suffix": "MS, LMFT",
    "pronouns": "she/her",
    "identity": {"faith": "Quaker"},
    "demonstration": True,
    "status": "unconfirmed",
    "source": "roster:17",
    "new_clients": "existing_only",
    "next_opening": TODAY,
    "waitlist": True,
    "intro_call_minutes": 20,
    "bio": "Two *people*.",
    "bio_language": "de",
    "website": "https://example.org/zoe",
    "phone": "+13125550123",
    "email": "zoe@example.org",
    "no_enquiries": True,
    "photo": "a.jpg",
    "photo_alt": "A person with short hair",
    "consented_on": TODAY,
    "next_due": TODAY + timedelta(90),
    "languages": ["de", "en"],
    "topics": ["trust", "affair"],
    "accessibility": {"lift": "no", "parking": "ask"},
    "offices": [
        {"country": "US", "region": "US-IL", "locality": "Chicago", "street": "1 Mill Lane", "lat": 41.9, "lon": -87.6},
        {"country": "CA", "region": "CA-ON", "locality": "Toronto", "address_visibility": "full"},
    ],
    "costs": [Price("USD", 150, 60, 90, "after a first talk"), Price("USD", 220, 90)],
    "serves": ["US-IL", "CA"],
    "credentials": [Credential("imago_supervisor", "A Network", TODAY, TODAY, "A Network", TODAY)],
    "licences": [Licence("LMFT", "US-IL", "166.1", TODAY, "The State", TODAY)],
}
"""A listing that says something in every field."""


def count(session: Session, kind: type[model.Base]) -> int:
    return session.scalar(select(func.count()).select_from(kind)) or 0


def test_what_is_published_is_read_back_whole(session: Session) -> None:
    content = make_content(**EVERYTHING)

    listing = make_listing(session, **EVERYTHING)

    found = published.load(session, [listing.id])[0]
    expected = checked(content)
    assert found.content.public_id == listing.public_id
    assert found.content == checked(make_content(**EVERYTHING, public_id=listing.public_id))
    assert len(expected.terms) == len(listing_terms(session, listing.id))


def listing_terms(session: Session, id: int) -> list[model.ListingTerm]:
    return list(session.scalars(select(model.ListingTerm).where(model.ListingTerm.listing_id == id)))


def test_publishing_leaves_a_revision_an_audit_entry_and_a_change(session: Session) -> None:
    listing = make_listing(session, name="Ada Example", reason="a test")

    revision = session.scalars(select(model.Revision)).one()
    entry = session.scalars(select(model.AuditEntry)).one()
    change = session.scalars(select(model.Change)).one()
    assert (revision.listing_id, revision.base, revision.state, revision.reason) == (
        listing.id,
        0,
        "approved",
        "a test",
    )
    assert revision.content["name"] == "Ada Example"
    assert (entry.action, entry.object) == ("publish", f"listing:{listing.public_id}")
    assert (change.seq, change.listing_id) == (1, listing.id)


def test_publishing_again_replaces_everything_but_the_slug(session: Session) -> None:
    first = make_listing(session, **EVERYTHING)
    slug, id = first.slug, first.id

    second = make_listing(session, name="Zoë Neumann", public_id=first.public_id, now=NOW + timedelta(1))

    assert (second.id, second.slug, second.version) == (id, slug, 2)
    assert second.updated_at == NOW + timedelta(1) and second.created_at == NOW
    found = published.load(session, [id])[0]
    assert found.content == checked(make_content(name="Zoë Neumann", public_id=first.public_id))
    assert count(session, model.Office) == count(session, model.Credential) == 1
    assert count(session, model.Practitioner) == 1


def test_equal_names_get_slugs_of_their_own(session: Session) -> None:
    names = ["Zoë Größl", "Zoe Grössl", "ZOE GROSSL", "Zoe Grossl 2", "ꀀ", "김서연", "O’Hara"]

    ids = make_listings(session, [{"name": name} for name in names])

    slugs = [session.get_one(model.Listing, id).slug for id in ids]
    assert slugs[:3] == ["zoe-grossl", "zoe-grossl-2", "zoe-grossl-3"]
    assert slugs[3] == "zoe-grossl-2-2"
    assert slugs[6] == "ohara"
    assert len(set(slugs)) == len(names) and all(slug.isascii() and slug for slug in slugs)


def test_a_slug_of_an_earlier_day_is_not_given_again(session: Session) -> None:
    first = make_listing(session, name="Ada Berg")
    revisions.set_status(session, first.id, "removed", NOW)

    assert make_listing(session, name="Ada Berg").slug == "ada-berg-2"


def test_a_name_that_looks_like_a_numbered_slug_finds_a_free_one(session: Session) -> None:
    make_listing(session, name="Ada Berg 2")

    assert make_listing(session, name="Ada Berg").slug == "ada-berg"
    assert make_listing(session, name="Ada Berg").slug == "ada-berg-3"


def test_a_wrong_content_among_many_stops_them_all(engine: Engine) -> None:
    people = [make_content(name=f"Person {n}") for n in range(5)]

    with db.writing(engine) as session, pytest.raises(UsageError, match="Unknown country"):
        revisions.publish(session, [*people, make_content(country="XX")], NOW, "test")

    with db.reading(engine) as session:
        assert count(session, model.Practitioner) == count(session, model.Change) == 0


def test_many_are_published_in_batches_in_their_order(session: Session) -> None:
    ids = make_listings(session, [{"name": f"Person {n}"} for n in range(revisions.BATCH + 7)])

    names = [p.content.name for p in published.load(session, ids)]
    assert names == [f"Person {n}" for n in range(revisions.BATCH + 7)]
    assert list(session.scalars(select(model.Change.listing_id).order_by(model.Change.seq))) == ids


def test_a_pair_is_joined_whichever_comes_first(session: Session) -> None:
    make_listings(
        session,
        [
            {"name": "Ada", "public_id": "aaaaaaaaaaaa", "partner": "bbbbbbbbbbbb"},
            {"name": "Ben", "public_id": "bbbbbbbbbbbb", "partner": "aaaaaaaaaaaa"},
        ],
    )

    ada, ben = published.each(session)
    assert ada.partner and ada.partner.name == "Ben"
    assert ben.partner and ben.partner.slug == "ada"


def test_a_partner_who_is_not_listed_is_left_out(session: Session) -> None:
    listing = make_listing(session, partner="nobodyhere12")

    assert published.load(session, [listing.id])[0].partner is None


def test_a_pair_can_part(session: Session) -> None:
    ben = make_listing(session, name="Ben")
    ada = make_listing(session, name="Ada", partner=ben.public_id)

    make_listing(session, name="Ada", public_id=ada.public_id)

    assert published.load(session, [ada.id])[0].partner is None


def test_one_public_id_cannot_stand_twice(session: Session) -> None:
    with pytest.raises(UsageError, match="twice"):
        revisions.publish(session, [Content("A", "aaaaaaaaaaaa"), Content("B", "aaaaaaaaaaaa")], NOW, "test")


@pytest.mark.parametrize("status", ["hidden", "removed"])
def test_what_is_taken_away_is_no_longer_public_and_says_so(session: Session, status: str) -> None:
    listing = make_listing(session)

    revisions.set_status(session, listing.id, status, NOW, "asked for")

    assert published.load(session, [listing.id]) == []
    assert count(session, model.Change) == count(session, model.AuditEntry) == 2


def test_a_status_that_is_none_and_a_listing_that_is_not_there_are_refused(session: Session) -> None:
    listing = make_listing(session)

    with pytest.raises(UsageError, match="Unknown status"):
        revisions.set_status(session, listing.id, "famous", NOW)
    with pytest.raises(UsageError, match="no such listing"):
        revisions.set_status(session, listing.id + 1, "hidden", NOW)


def test_erasing_leaves_nothing_of_a_person_but_that_it_changed(session: Session) -> None:
    listing = make_listing(session, **EVERYTHING)
    other = make_listing(session, name="Ben", partner=listing.public_id)

    revisions.erase(session, [listing.id], NOW, "asked for")

    for kind in (model.Office, model.ListingTerm, model.Cost, model.Served, model.Credential, model.Licence):
        of_person = {"credential", "licence"}
        owner = "practitioner_id" if kind.__tablename__ in of_person else "listing_id"
        assert not session.scalars(select(kind).where(getattr(kind, owner) == listing.id)).all()
    assert session.scalars(select(model.Revision.listing_id)).all() == [other.id]
    assert published.load(session, [other.id])[0].partner is None
    assert session.scalars(select(model.Change.listing_id).order_by(model.Change.seq)).all()[-1] == listing.id


def test_two_writers_never_share_a_change_number(engine: Engine) -> None:
    for name in ("Ada", "Ben", "Cid"):
        with db.writing(engine) as session:
            make_listing(session, name=name)
            session.commit()

    with db.reading(engine) as session:
        assert session.scalars(select(model.Change.seq).order_by(model.Change.seq)).all() == [1, 2, 3]
        assert session.scalar(select(model.ChangeClock.seq)) == 3
