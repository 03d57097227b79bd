"""A line that asks a question of ours finds it; a line that looks for somebody finds none."""

import pytest
from sqlalchemy.orm import Session

from referral.guidance import questions
from referral.guidance.finding import Titles
from referral.text import speaking
from tests.client import CheckingClient

COST = "what-does-it-cost-and-will-insurance-pay"
PARTNER = "why-wont-my-partner-go-to-therapy-with-me"

ALONE = "can-i-come-alone"
AFFAIR = "can-it-help-after-an-affair"
LATE = "is-it-too-late-for-us"
WORKS = "does-imago-therapy-work"
LONG = "how-many-sessions-will-we-need"

NATURAL = {
    ("de", "was kostet eine Sitzung Paartherapie"): COST,
    ("de", "meine Freundin hat mich betrogen"): AFFAIR,
    ("de", "ist unsere Beziehung noch zu retten"): LATE,
    ("fr", "combien coûte une séance de couple"): COST,
    ("fr", "mon copain m'a trompée"): AFFAIR,
    ("fr", "est-ce que la thérapie marche vraiment"): WORKS,
    ("nl", "wat kost zo'n sessie"): COST,
    ("nl", "mijn vriendin is vreemdgegaan"): AFFAIR,
    ("nl", "is onze relatie nog te redden"): LATE,
    ("es", "cuánto cuestan las sesiones"): COST,
    ("es", "mi novio me engañó"): AFFAIR,
    ("es", "todavía podemos salvar la relación"): LATE,
    ("da", "hvad koster sådan en samtale"): COST,
    ("da", "min kone har været utro"): AFFAIR,
    ("da", "hvor lang tid varer parterapi"): LONG,
    ("ro", "cât costă ședința"): COST,
    ("ro", "m-a înșelat soțul meu"): AFFAIR,
    ("ro", "cum să ne salvăm căsnicia"): LATE,
    ("tr", "seans ücreti ne kadar acaba"): COST,
    ("tr", "sevgilim beni aldattı"): AFFAIR,
    ("tr", "evliliğimiz nasıl kurtulur"): LATE,
    ("ko", "커플 상담 비용 얼마예요"): COST,
    ("ko", "아내가 외도했어요"): AFFAIR,
    ("ko", "이혼해야 하나요"): LATE,
    ("he", "כמה עולה לי פגישה"): COST,
    ("he", "אשתי בגדה"): AFFAIR,
    ("he", "איך להציל את הזוגיות"): LATE,
    ("ar", "كم سعر جلسة العلاج"): COST,
    ("ar", "شريكي يخونني"): AFFAIR,
    ("ar", "هل يمكننا إنقاذ زواجنا"): LATE,
}
"""Three lines a language, as people say it."""

ASKED = {
    ("en", "how much does it cost"): COST,
    ("en", "my partner refuses"): PARTNER,
    ("en", "Why won't my partner go to therapy?"): PARTNER,
    ("en", "what happens in the first session"): "what-happens-in-the-first-session",
    ("en", "is it religious"): "is-imago-religious-or-political",
    ("en", "my wife had an affair"): "can-it-help-after-an-affair",
    ("de", "ist es zu spät für uns"): "is-it-too-late-for-us",
    ("fr", "combien ça coûte"): COST,
    ("es", "cuanto cuesta"): COST,
    ("he", "כמה זה עולה"): COST,
}

NOT_ASKED = ("", "Chicago", "Chicago Spanish", "online therapist", "couples workshop", "Dr Smith", "affair",
             "Spanish speaking therapist in Chicago who takes insurance", "wheelchair access", "evening sessions",
             "my partner is in Paris and I am in London")  # fmt: skip


LOOKING = {
    "de": ("Online-Therapeutin", "Paarworkshop Berlin", "spanisch sprechende Therapeutin in Köln"),
    "fr": ("thérapeute en ligne", "stage pour couples Lyon", "thérapeute qui parle espagnol à Paris"),
    "nl": ("online therapeut", "workshop voor stellen Utrecht", "Engels sprekende therapeut in Amsterdam"),
    "es": ("terapeuta online", "taller de parejas Madrid", "terapeuta que habla inglés en Sevilla"),
    "da": ("online terapeut", "parworkshop Aarhus", "terapeut der taler engelsk i København"),
    "ro": ("terapeut online", "atelier pentru cupluri Cluj", "terapeut care vorbește engleză în București"),
    "tr": ("çevrim içi terapist", "çift atölyesi İzmir", "İngilizce konuşan terapist İstanbul"),
    "ko": ("온라인 치료사", "서울 커플 워크숍", "영어 하는 치료사 부산"),
    "he": ("מטפל אונליין", "סדנה לזוגות חיפה", "מטפל דובר אנגלית בתל אביב"),
    "ar": ("معالج أونلاين", "ورشة للأزواج القاهرة", "معالج يتحدث الإنجليزية في دبي"),
}

OF_TWO = {
    "en": ("me and my partner Chicago", "my wife and I, Boston", "my husband lives in Leeds", "my wife had a baby"),
    "de": ("ich und meine Frau, Augsburg", "ich bin in München und meine Frau in Augsburg", "meine Frau Augsburg",
           "mein Mann Berlin", "meine Frau hatte ein Kind"),
    "fr": ("mon mari et moi, Lyon", "ma femme est à Lyon", "ma femme a eu un enfant"),
    "nl": ("mijn man en ik, Utrecht", "mijn vrouw woont in Gent", "mijn vrouw had een kind"),
    "es": ("mi marido y yo, Sevilla", "mi mujer está en Madrid", "mi mujer tuvo un hijo"),
    "da": ("min mand og jeg, Aarhus", "min kone bor i Odense", "min kone har været syg"),
    "ro": ("soțul meu și eu, Cluj", "soția mea este în Iași", "soția a avut un copil"),
    "tr": ("eşim ve ben, İzmir", "kocam Ankara'da", "karımın bir çocuğu oldu",
           "eşim benimle konuşmuyor"),
    "ko": ("남편과 저, 부산", "남편은 부산에 있어요", "저와 아내, 서울", "남편이 말을 안 해요", "아내가 욕을 해요"),
    "he": ("אשתי ואני, חיפה", "בעלי בתל אביב", "אני ובעלי, ירושלים"),
    "ar": ("زوجي وأنا، دبي", "زوجتي في عمان", "أنا وزوجي، القاهرة"),
}  # fmt: skip
"""Who somebody is, and where: of no affair, and of nobody who will not come."""


@pytest.fixture
def titles(session: Session) -> Titles:
    questions.load(session)
    return Titles(questions.all_questions(session))


def test_a_question_is_found_in_the_language_of_the_page(titles: Titles) -> None:
    found = {}
    for language, line in ASKED:
        with speaking(language, f"/{language}"):
            found[language, line] = titles.find(line)

    assert found == ASKED


def test_what_people_say_in_each_language_finds_the_question(titles: Titles) -> None:
    found = {}
    for language, line in NATURAL:
        with speaking(language, f"/{language}"):
            found[language, line] = titles.find(line)

    assert found == NATURAL


def test_a_line_in_german_finds_the_question_by_the_same_box(client: CheckingClient) -> None:
    page = client.get("/de/search?q=mein+Mann+hat+mich+betrogen", follow_redirects=True).text

    assert f'href="/de/questions/{AFFAIR}"' in page and page.index(AFFAIR) < page.index('data-part="list"')


def test_who_looks_for_somebody_is_not_sent_reading(titles: Titles) -> None:
    sent = {line: titles.find(line) for line in NOT_ASKED if titles.find(line)}
    for language, lines in LOOKING.items():
        with speaking(language, f"/{language}"):
            sent |= {line: titles.find(line) for line in lines if titles.find(line)}

    assert sent == {}


def test_who_says_who_they_are_asks_no_question(titles: Titles) -> None:
    sent = {}
    for language, lines in OF_TWO.items():
        with speaking(language, f"/{language}"):
            sent |= {line: titles.find(line) for line in lines if titles.find(line)}

    assert sent == {}


def test_the_search_box_offers_it_first(client: CheckingClient) -> None:
    page = client.get("/search?q=my+partner+refuses", follow_redirects=True).text
    other = client.get("/search?q=how+much+does+it+cost", follow_redirects=True).text

    assert "A question about this" in page and page.index(PARTNER) < page.index('data-part="list"')
    assert page.count(f"/questions/{PARTNER}") == 1
    assert COST in other and "We could not place" not in other
    assert "A question about this" not in client.get("/search?q=Chicago", follow_redirects=True).text
    assert client.get("/api/v1/search?q=my+partner+refuses").json["guidance"][0]["url"].endswith(PARTNER)
