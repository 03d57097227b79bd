"""For every route that takes a form, somebody who may send there, with a form that is right and was not sent yet."""

from collections.abc import Callable, Mapping

from tests.site.senders import accounts, coordinators, moderators, therapists, visitors
from tests.site.senders.world import Form, World

__all__ = ["FORMS", "Form", "World"]

FORMS: Mapping[str, Callable[[World], Form]] = {
    **accounts.FORMS,
    **coordinators.FORMS,
    **therapists.FORMS,
    **moderators.FORMS,
    **visitors.FORMS,
}
"""Endpoint -> its form; what stands after a comma is another of the same."""
