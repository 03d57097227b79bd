"""The sections of the page in their order: what each is called, why it is there, and its form."""

from dataclasses import dataclass

from referral.editing.fields import SectionForm
from referral.editing.person import AvailabilityForm, ContactForm, IdentityForm, NameForm, WordsForm
from referral.editing.portrait import PhotoForm
from referral.editing.training import PartnerForm, TrainingForm
from referral.editing.where import OfficesForm, OnlineForm
from referral.editing.work import AccessForm, CostsForm, LanguagesForm, WorkForm
from referral.text import N_


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a listing that is saved by itself."""

    id: str
    """In addresses: /listing/<id>."""
    title: str
    why: str
    """What a visitor does with it, in a sentence."""
    form: type[SectionForm]
    repeated: tuple[str, ...] = ()
    """Its lists of rows, to which one more can be added."""


SECTIONS = (
    Section("availability", N_("New clients"), N_("The first thing people look for."), AvailabilityForm),
    Section("words", N_("In your own words"), N_("Many choose by these lines."), WordsForm),
    Section("work", N_("How you work"), N_("People narrow their search by these."), WorkForm),
    Section("languages", N_("Languages"), N_("Two partners may each need their own."), LanguagesForm, ("spoken",)),
    Section("offices", N_("Offices"), N_("Search by place uses them, and shows only what you allow."), OfficesForm,
            ("offices",)),
    Section("online", N_("Online clients"), N_("You are offered only to people you may serve."), OnlineForm),
    Section("costs", N_("Costs"), N_("Those who can see a price ask sooner."), CostsForm, ("costs",)),
    Section("photo", N_("Your picture"), N_("People choose a face they could talk to."), PhotoForm),
    Section("contact", N_("How to reach you"), N_("At least one way that you answer."), ContactForm),
    Section("access", N_("Accessibility"), N_("A plain no helps as much as a yes."), AccessForm),
    Section("training", N_("Training and licences"), N_("A coordinator of your network confirms these."), TrainingForm,
            ("credentials", "licences")),
    Section("name", N_("Your name"), N_("A moderator looks at changes of a name."), NameForm),
    Section("identity", N_("About yourself"), N_("Only what you want to say. All of it may stay empty."), IdentityForm),
    Section("partner", N_("Working together"), N_("For pairs who present together."), PartnerForm),
)  # fmt: skip
"""What people look for first stands first."""


def section(id: str) -> Section | None:
    """The section of that name; None when there is none."""
    return next((one for one in SECTIONS if one.id == id), None)
