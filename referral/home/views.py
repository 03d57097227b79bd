"""The first page: one question, the countries, three answers."""

from flask import Blueprint, Response, make_response, render_template

from index.types import Query
from referral.guidance import questions
from referral.home.countries import by_continent
from referral.listings.labels import label
from referral.text import alphabetical
from referral.web import anyone, sources

views = Blueprint("home", __name__)

FIRST_QUESTIONS = ("reluctant_partner", "first_session", "choosing")


@views.get("/")
@anyone
def index() -> Response:
    """Ask where somebody is; offer the countries and three questions people ask first."""
    here = sources()
    here.follow()
    counts = here.find(Query()).counts
    languages = sorted(
        ((code, label("language", code)) for code in counts.get("language", {})), key=lambda x: alphabetical(x[1])
    )
    asked = questions.fitting(here.editorial.questions, FIRST_QUESTIONS)
    page = render_template(
        "home.html",
        questions=[questions.line(q) for q in asked],
        languages=languages,
        continents=by_continent(counts.get("country", {})),
    )
    return make_response(page)
