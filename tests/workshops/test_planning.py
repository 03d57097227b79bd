"""What a workshop must say before it is published, and how one entry becomes several dates."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from referral.errors import UsageError
from referral.text import speaking
from referral.workshops import planning, times
from referral.workshops.planning import Plan, repeated

PLAN = Plan(programme="couples", title="A weekend for two", language="de", time_zone="Europe/Vienna", online=True)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_nine_in_the_morning_stays_nine_when_the_clocks_change() -> None:
    dates = repeated(at("2027-03-20T09:00"), at("2027-03-20T17:00"), "week", 3)

    moments = [planning.moment(start, "Europe/Vienna") for start, _end in dates]

    assert [m.astimezone(UTC).strftime("%d %H:%M") for m in moments] == ["20 08:00", "27 08:00", "03 07:00"]
    assert {start.strftime("%H:%M") for start, _end in dates} == {"09:00"}


def test_every_month_means_the_same_weekday_of_the_month() -> None:
    second_saturday = repeated(at("2027-01-09T09:00"), at("2027-01-10T16:00"), "month", 4)
    fifth_saturday = repeated(at("2027-01-30T09:00"), at("2027-01-30T16:00"), "month", 3)

    assert [f"{a:%m-%d}/{b:%m-%d}" for a, b in second_saturday] == [
        "01-09/01-10", "02-13/02-14", "03-13/03-14", "04-10/04-11"]  # fmt: skip
    assert [f"{a:%m-%d}" for a, _b in fifth_saturday] == ["01-30", "02-27", "03-27"]


def test_an_hour_that_no_clock_shows_is_refused() -> None:
    with pytest.raises(UsageError, match="clocks go forward"):
        planning.moment(at("2027-03-28T02:30"), "Europe/Vienna")


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    twice = planning.moment(at("2027-10-31T02:30"), "Europe/Vienna")

    assert twice.astimezone(UTC) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"programme": "karaoke"}, "programme"),
        ({"title": "  "}, "title"),
        ({"language": "xx"}, "language"),
        ({"time_zone": "Mars/Olympus"}, "time zone"),
        ({"time_zone": "../../etc/passwd"}, "time zone"),
        ({"registration_url": "javascript:alert(1)"}, "web address"),
        ({"online": False}, "town"),
        ({"lat": 91.0, "lon": 1.0}, "coordinate"),
        ({"price": -1, "currency": "EUR"}, "price"),
        ({"price": 100, "currency": "XXY"}, "currency"),
        ({"country": "ZZ"}, "country"),
    ],
)
def test_what_cannot_be_published_is_said_in_a_sentence(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(UsageError, match=f"(?i){sentence}"):
        planning.checked(replace(PLAN, **fields))  # type: ignore[arg-type]  # wrong on purpose


def test_what_is_kept_is_clean() -> None:
    kept = planning.checked(replace(PLAN, title=" A\u202eweekend  for two ", presenters=(" Ada Example ", "")))

    assert (kept.title, kept.presenters) == ("Aweekend for two", ("Ada Example",))


@pytest.mark.parametrize(
    ("start", "end"),
    [("2027-01-09T09:00", "2027-01-09T09:00"), ("2027-01-09T09:00", "2027-03-09T09:00")],
)
def test_it_ends_after_it_begins_and_within_a_month(start: str, end: str) -> None:
    with pytest.raises(UsageError):
        planning.moments((at(start), at(end)), "Europe/Vienna")


def test_a_series_has_an_end() -> None:
    with pytest.raises(UsageError):
        repeated(at("2027-01-09T09:00"), at("2027-01-09T17:00"), "week", 61)


def test_time_zones_are_named_in_the_language_of_the_moment() -> None:
    said = {}
    for code in ("en", "de", "ko", "he"):
        with speaking(code, f"/{code}"):
            said[code] = dict(times.zone_choices())["Europe/Vienna"]
            assert {zone for zone, _name in times.zone_choices()} == planning.zones()

    assert said == {
        "en": "Vienna (Austria)",
        "de": "Wien (Österreich)",
        "ko": "비엔나 (오스트리아)",
        "he": "וינה (אוסטריה)",
    }
