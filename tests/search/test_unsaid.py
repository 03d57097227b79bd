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
     ("천주교 상담사 부산", "KR", "천주교"),
     ("black therapist atlanta", "US", "black"), ("asian therapist atlanta", "US", "asian"),
     ("black couples counselor Atlanta", "US", "black"), ("latina therapist Miami", "US", "latina"),
     ("schwarze Therapeutin Berlin", "DE", "schwarze"), ("thérapeute noire Paris", "FR", "noire"),
     ("terapeuta negra Madrid", "ES", "negra"), ("zwarte therapeut Amsterdam", "NL", "zwarte"),
     ("sort terapeut København", "DK", "sort"), ("terapeut asiatic Cluj", "RO", "asiatic"),
     ("siyahi terapist İstanbul", "TR", "siyahi"), ("מטפלת אתיופית תל אביב", "IL", "אתיופית"),
     ("معالجة آسيوية القاهرة", "EG", "آسيوية"), ("흑인 상담사 서울", "KR", "흑인")],
)  # fmt: skip
def test_a_wish_no_listing_answers_is_left_out(gazetteer: Gazetteer, line: str, country: str, unsaid: str) -> None:
    reading = read(line, gazetteer, country=country)

    assert (reading.unsaid, reading.search.text, reading.unread) == ((unsaid,), "", "")


@pytest.mark.parametrize("line", ["Christian Huber", "Christian", "Kadın Yılmaz", "Muslim Khan", "Peter Jude"])
def test_a_name_stays_one(gazetteer: Gazetteer, line: str) -> None:
    reading = read(line, gazetteer, country="US", known=lambda words: words == line)

    assert (reading.unsaid, reading.search.text) == ((), line)


def test_a_surname_that_is_a_colour_stays_a_name_beside_a_word_for_a_therapist(gazetteer: Gazetteer) -> None:
    def borne(words: str) -> bool:
        return words == "joan white"

    reading = read("joan white therapist", gazetteer, country="US", known=borne, borne=borne)

    assert (reading.unsaid, reading.search.text) == ((), "joan white")
