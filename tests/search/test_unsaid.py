"""What is wished of the therapist that no listing says is left out and said; a name of such a word stays a name."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.search.reading import read


@pytest.mark.parametrize(
    ("line", "country", "unsaid"),
    [("female therapist Boston", "US", "female"), ("muslim counselor Chicago", "US", "muslim"),
     ("katholische Therapeutin Köln", "DE", "katholische"), ("femme thérapeute Nantes", "FR", "femme thérapeute"),
     ("mujer terapeuta Bilbao", "ES", "mujer terapeuta"), ("islamitische therapeut Ede", "NL", "islamitische"),
     ("kristen terapeut Aarhus", "DK", "kristen"), ("psiholog ortodox Iași", "RO", "ortodox"),
     ("dindar psikolog Konya", "TR", "dindar"), ("מטפלת דתית חיפה", "IL", "דתית"),
     ("معالج مسلم دبي", "AE", "مسلم"),
     ("천주교 상담사 부산", "KR", "천주교")],
)  # fmt: skip
def test_a_wish_no_listing_answers_is_left_out(gazetteer: Gazetteer, line: str, country: str, unsaid: str) -> None:
    reading = read(line, gazetteer, country=country)

    assert (reading.unsaid, reading.search.text, reading.unread) == ((unsaid,), "", "")


@pytest.mark.parametrize("line", ["Christian Huber", "Christian", "Kadın Yılmaz", "Muslim Khan", "Peter Jude"])
def test_a_name_stays_one(gazetteer: Gazetteer, line: str) -> None:
    reading = read(line, gazetteer, country="US", known=lambda words: words == line)

    assert (reading.unsaid, reading.search.text) == ((), line)
