"""The sections about the person: availability, words, name, how to reach them, who they are."""

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from referral.editing.fields import (
    NEEDED,
    Day,
    Number,
    OneOf,
    OneOfFew,
    SectionForm,
    Ticked,
    Typed,
    Written,
    writing_choices,
)
from referral.listings import labels
from referral.listings.checks import BIO, NAME, SHORT
from referral.listings.content import Content
from referral.listings.filing import renamed
from referral.listings.labels import IDENTITY
from referral.listings.numbers import displayed, telephone
from referral.model.practitioner import NEW_CLIENTS
from referral.places.gazetteer import Gazetteer
from referral.text import N_


class AvailabilityForm(SectionForm):
    """Whether somebody new can come. Saving it confirms it as of today."""

    new_clients = OneOfFew(
        N_("New clients"),
        lambda: [(value, labels.label("new_clients", value)) for value in NEW_CLIENTS],
        N_("Visitors see this with today’s date. After 30 days it turns into “ask”, until you confirm it."),
    )
    next_opening = Day(N_("Next opening"), N_("If you know it. It goes away by itself when the day has passed."))
    waitlist = Ticked(N_("I keep a waiting list"))
    intro_call_minutes = Number(
        N_("Minutes of a first call, before they decide"), N_("Leave empty for none."), most=120
    )

    @classmethod
    def told(cls, content: Content) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        return {name: getattr(content, name) for name in _AVAILABILITY}

    def applied(self, content: Content, places: Gazetteer, today: date) -> Content:
        """`content` with these answers, given today."""
        given = {name: self.data[name] for name in _AVAILABILITY}
        return replace(content, **given, new_clients_confirmed_on=today)


_AVAILABILITY = ("new_clients", "next_opening", "waitlist", "intro_call_minutes")


class WordsForm(SectionForm):
    """Their own words."""

    bio = Written(
        N_("In your own words"),
        N_("Who do you like to work with, and what happens in the first hour? Its beginning stands in the results."),
        BIO,
    )
    bio_language = OneOf(N_("Which language is this text in?"), writing_choices)

    @classmethod
    def told(cls, content: Content) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        return {"bio": content.bio, "bio_language": content.bio_language}

    def applied(self, content: Content, places: Gazetteer, today: date) -> Content:
        """`content` with this text."""
        return replace(content, bio=self.data["bio"], bio_language=self.data["bio_language"] or content.bio_language)


class NameForm(SectionForm):
    """What they are called."""

    missing: ClassVar = {"name": N_("Write your name.")}

    name = Typed(N_("Name"), N_("As clients know you."), NAME, autocomplete="name", render_kw=NEEDED)
    suffix = Typed(N_("After the name"), N_("Degrees and titles, such as “MS, MFT”."), SHORT)
    pronouns = Typed(N_("Pronouns"), N_("Only if you want them shown."), SHORT)

    @classmethod
    def told(cls, content: Content) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        return {"name": content.name, "suffix": content.suffix, "pronouns": content.pronouns}

    def applied(self, content: Content, places: Gazetteer, today: date) -> Content:
        """`content` under this name."""
        sort_name = renamed(content, self.data["name"])
        given = {name: self.data[name] for name in ("name", "suffix", "pronouns")}
        return replace(content, **given, sort_name=sort_name)


class ContactForm(SectionForm):
    """How to reach them."""

    phone = Typed(N_("Telephone for clients"), N_("Shown on your page."), 40, autocomplete="tel", inputmode="tel")
    website = Typed(N_("Website"), N_("Shown on your page, once a moderator has seen it."), inputmode="url")
    email = Typed(
        N_("E-mail for enquiries"), N_("Never shown. What visitors write is passed on to it."), inputmode="email"
    )
    enquiries = Ticked(N_("People may write to me through the directory"))

    @classmethod
    def told(cls, content: Content) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        told = {"phone": displayed(content.phone), "website": content.website, "email": content.email}
        return {**told, "enquiries": not content.no_enquiries}

    def applied(self, content: Content, places: Gazetteer, today: date) -> Content:
        """`content` with these ways to reach them."""
        return replace(
            content,
            phone=telephone(self.data["phone"], content.home),
            website=_addressed(self.data["website"]),
            email=self.data["email"],
            no_enquiries=not self.data["enquiries"],
        )


def _addressed(typed: str) -> str:
    """The web address, with the beginning that people leave out."""
    return f"https://{typed}" if typed and "://" not in typed else typed


class IdentityForm(SectionForm):
    """What they say of themselves, if they want to."""

    gender = Typed(N_("Gender"), longest=100)
    orientation = Typed(N_("Orientation"), longest=100)
    faith = Typed(N_("Faith or world view"), longest=100)
    background = Typed(N_("Background"), N_("For example where you grew up, or a community you belong to."), 100)

    @classmethod
    def told(cls, content: Content) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        return {name: content.identity.get(name, "") for name in IDENTITY}

    def applied(self, content: Content, places: Gazetteer, today: date) -> Content:
        """`content` with what was filled in; other fields that it has stay."""
        others = {name: text for name, text in content.identity.items() if name not in IDENTITY}
        return replace(content, identity={**others, **{n: self.data[n] for n in IDENTITY if self.data[n]}})
