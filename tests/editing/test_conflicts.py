"""Two pages open at once: a conflict is what the same section says differently, and nothing else; no save is lost."""

import re
from typing import Any

from sqlalchemy.orm import Session

from referral.listings import revisions
from tests.editing.therapist import Therapist, ann
from tests.make import NOW, make_account, make_listing

__all__ = ["ann"]

CHANGED = "This section was changed meanwhile"


class Tab:
    """A page that stays open, with the forms as they were when it was loaded."""

    def __init__(self, who: Therapist) -> None:
        self.who, self.text = who, who.client.get("/listing").text

    def fields(self, id: str, **typed: Any) -> dict[str, Any]:
        """What its form of that section sends."""
        form = self.text.split(f'action="/listing/{id}#mend" data-section')[1].split("</form>")[0]
        hidden = dict(re.findall(r'<input type="hidden" name="(csrf_token|base|begun|follows)" value="([^"]*)"', form))
        return {**self.who.fields(id, **typed), **hidden}

    def draft(self, id: str, page: str, follows: str | None = None, **typed: Any) -> Any:
        """Leave what was typed with the server, as its script does; `page` is its sign."""
        told = self.fields(id, **typed) | {"page": page} | ({} if follows is None else {"follows": follows})
        return self.who.client.post(f"/listing/{id}/draft", data=told)

    def save(self, id: str, **typed: Any) -> Any:
        """Press its button; the tab shows the answer."""
        answer = self.who.client.post(f"/listing/{id}", data=self.fields(id, **typed))
        self.text = answer.text
        return answer


def test_another_section_saved_in_another_tab_is_no_conflict(ann: Therapist) -> None:
    tab = Tab(ann)
    ann.save("contact", phone="+1 312 555 0199")
    assert tab.save("costs").location == "/listing?at=costs&saved=same#saved"
    tab = Tab(ann)
    ann.save("contact", phone="+1 312 555 0198")

    answer = tab.save("words", bio="Mine.")

    assert answer.location == "/listing?at=words&saved=published#saved"
    assert Tab(ann).save("words").location == "/listing?at=words&saved=same#saved"
    assert (ann.listing.content.bio, ann.listing.content.phone) == ("Mine.", "+13125550198")


def test_the_same_section_saved_in_another_tab_is_one_and_can_be_saved_over(ann: Therapist) -> None:
    tab = Tab(ann)
    ann.save("words", bio="Theirs.")

    answer = tab.save("words", bio="Mine.")

    assert answer.status_code == 409 and CHANGED in answer.text
    assert '<a href="#words-bio">Go to what you typed</a>' in answer.text
    assert ann.listing.content.bio == "Theirs."
    assert tab.save("words", bio="Mine.").status_code == 303
    assert ann.listing.content.bio == "Mine."


def test_a_mistake_on_an_old_page_does_not_make_it_a_new_one(ann: Therapist) -> None:
    tab = Tab(ann)
    ann.save("contact", phone="+1 312 555 0199")
    assert tab.save("contact", phone="call me").status_code == 400

    answer = tab.save("contact", phone="+1 312 555 0100")

    assert answer.status_code == 409 and CHANGED in answer.text
    assert ann.listing.content.phone == "+13125550199"


def test_a_draft_older_than_a_change_of_its_section_is_compared_with_it(ann: Therapist) -> None:
    tab = Tab(ann)
    assert ann.client.post("/listing/words/draft", data=tab.fields("words", bio="Draft.")).status_code == 204
    ann.client.post("/listing/contact/draft", data=tab.fields("contact", phone="+1 312 555 0100"))
    ann.save("words", bio="Theirs.")
    ann.client.post("/listing/words/draft", data=tab.fields("words", bio="Draft."))

    later = Tab(ann)

    assert "Draft." in later.text
    assert later.save("contact", phone="+1 312 555 0100").status_code == 303
    assert later_is_told(later, ann)


def later_is_told(tab: Tab, ann: Therapist) -> bool:
    """Whether the old draft of the words is compared with what was published since."""
    answer = Tab(ann).save("words", bio="Draft.")
    return answer.status_code == 409 and "Theirs." in answer.text and "Draft." in answer.text


def test_what_a_moderator_returns_is_a_conflict_where_it_was_typed_alone(ann: Therapist) -> None:
    ann.save("name", name="Ann Other")
    words, name = Tab(ann), Tab(ann)
    with Session(ann.engine) as session:
        waiting = revisions.waiting(session, ann.listing_id)
        assert waiting is not None
        revisions.send_back(session, waiting.revision_id, make_account(session, "moderator").id, "Your name?", NOW)
        session.commit()

    assert words.save("words", bio="Mine.").status_code == 303
    page = ann.client.get("/listing").text
    assert "A moderator sent your change back" in page and "Your name?" in page
    answer = name.save("name", name="Ann Other", suffix="PhD")

    assert answer.status_code == 409 and "Ann Other" in answer.text
    assert ann.listing.content.name == "Ann Example"
    ann.save("name", name="Ann Third")
    assert "sent your change back" not in ann.client.get("/listing").text


def test_regions_of_one_country_are_no_less_a_conflict(ann: Therapist) -> None:
    tab = Tab(ann)
    ann.save("online", served="Illinois")

    answer = tab.save("online", served="Wisconsin")

    assert answer.status_code == 409
    assert "Illinois" in answer.text and "Wisconsin" in answer.text
    assert tab.save("online", served="Wisconsin").status_code == 303
    assert ann.listing.content.served == ("US-WI",)


def test_both_having_typed_the_same_is_none(ann: Therapist) -> None:
    tab = Tab(ann)
    ann.save("words", bio="Mine.")

    assert tab.save("words", bio="Mine.").location == "/listing?at=words&saved=same#saved"


def test_what_waits_is_told_with_the_names_of_places_and_people(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        slug = make_listing(session, name="Ben Example").slug
        session.commit()
    ann.save("partner", partner=f"https://example.org/therapists/{slug}")
    licence = {"licences-0-title": "LMFT", "licences-0-jurisdiction": "Illinois"}
    ann.save("training", **licence)

    for page in ("/listing", "/listing/history"):
        text = ann.client.get(page).text
        assert "Ben Example" in text and "LMFT, Illinois, United States" in text


def test_two_pages_that_type_into_a_section_are_shown_both_and_neither_loses_a_word(ann: Therapist) -> None:
    one, two = Tab(ann), Tab(ann)
    assert one.draft("words", "one", bio="A long text.\nIt goes on.").status_code == 204
    assert one.draft("words", "one", bio="A long text.\nIt goes on and on.").status_code == 204

    late = two.draft("words", "two", bio="A long text.\nOther.")

    assert late.status_code == 409 and late.mimetype == "text/vnd.both+html"
    assert "<mark>It goes on and on.</mark>" in late.text and "<mark>Other.</mark>" in late.text
    assert "<mark>A long text" not in late.text and "In your own words" in late.text
    assert "It goes on and on." in Tab(ann).text
    mark = re.search(r'data-both="([0-9a-f]+)"', late.text)
    assert mark is not None
    assert two.draft("words", "two", follows=mark[1], bio="A long text.\nOther.").status_code == 204
    assert one.draft("words", "one", bio="A long text.\nIt goes on and on.").status_code == 409


def test_a_save_does_not_end_what_another_page_typed(ann: Therapist) -> None:
    one, two = Tab(ann), Tab(ann)
    one.draft("words", "one", bio="Of one.")

    assert two.save("words", bio="Of two.").status_code == 303

    there = Tab(ann)
    assert "Of one." in there.text and "did not save" in there.text
    late = there.save("words", bio="Of one.")
    assert late.status_code == 409 and "Of two." in late.text
    assert there.save("words", bio="Of one.").status_code == 303
    assert "did not save" not in Tab(ann).text


def test_what_two_pages_typed_is_told_row_by_row_and_choice_by_choice(ann: Therapist) -> None:
    one, two = Tab(ann), Tab(ann)
    for id, of_one, of_two, told in (
        (
            "costs",
            {"costs__0__amount": "90"},
            {"costs__0__amount": "ninety"},
            ["Price 1", "Price: 90", "Price: ninety"],
        ),
        (
            "languages",
            {"spoken__1__language": "es"},
            {"spoken__1__language": "fr"},
            ["Language 2", "Spanish"],
        ),
        ("work", {"delivery": ["online"]}, {"delivery": ["in_person"]}, ["<mark>Online", "<mark>In person"]),
        ("contact", {"phone": "12"}, {"phone": "34"}, ["<mark>12", "<mark>34"]),
    ):
        one.draft(id, "one", **of_one)
        late = two.draft(id, "two", **of_two)
        assert late.status_code == 409, id
        assert [some for some in told if some not in late.text] == [], late.text
