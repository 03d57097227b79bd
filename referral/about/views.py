"""Pages about the directory itself."""

from fractions import Fraction

from flask import Blueprint, render_template

from index.order import ALSO_CALLED, BANDS_KM, CONFIRMED_DAYS, MATCHES, WEIGHTS
from referral.places.distance import unit
from referral.text import exact_distance, whole
from referral.web import anyone, geocoder, rooms, visitors_country

views = Blueprint("about", __name__, url_prefix="/about")


@views.get("")
@anyone
def about() -> str:
    """Say what this is and who runs it."""
    return render_template("about/about.html")


@views.get("/order")
@anyone
def order() -> str:
    """Publish the order of results, from the same constants the index orders by."""
    bands = [(whole(km), exact_distance(km, miles=True)) for km in BANDS_KM]
    told = {"bands": bands, "confirmed_days": CONFIRMED_DAYS, "grades": len(MATCHES) + 1}
    weights = {field: f"{weight:g}" for field, weight in WEIGHTS.items()}
    told |= {"weights": weights, "also_called": Fraction(ALSO_CALLED).limit_denominator(100)}
    return render_template("about/order.html", miles=unit(visitors_country()) == "mi", **told)


@views.get("/privacy")
@anyone
def privacy() -> str:
    """Say what is kept of a visit: nothing; and who else may see it."""
    return render_template("about/privacy.html", geocoder=geocoder(), is_encrypted=rooms().config.https)


@views.get("/accessibility")
@anyone
def accessibility() -> str:
    """Say how the pages can be used, and whom to tell when they cannot."""
    return render_template("about/accessibility.html")


@views.get("/inclusion")
@anyone
def inclusion() -> str:
    """Say that everybody is welcome."""
    return render_template("about/inclusion.html")
