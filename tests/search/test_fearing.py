"""Fear of a thing is no alarm, in all ten languages and ours; fear of a person is, whatever stands beside it."""

import pytest

from referral.search.fits import alarm
from referral.search.urls import Help

THINGS = {
    "en": "scared of commitment; fear of flying; fear of intimacy; my partner is afraid of the wedding; "
    "scared of commitment Denver; fear of flying ruins our trips; I'm so afraid of getting hurt again; "
    "afraid of having kids",
    "de": "Angst vor Nähe; Angst vor der Hochzeit; Angst vor der Hochzeit München; angst vor bindung; "
    "Angst zu versagen; meine Frau hat Angst vor einer Schwangerschaft; angst und depression; "
    "Angst vor Nähe, Angst vor Bindung",
    "fr": "peur de l'engagement; peur de l'avion; j'ai peur de m'engager; peur du mariage; peur d'aimer; "
    "peur de l'intimité",
    "es": "miedo al compromiso; miedo a volar; miedo a la intimidad; miedo a casarme; "
    "tiene miedo al compromiso; miedo al futuro",
    "nl": "bang voor vliegen; bang om te trouwen; bang voor nabijheid; ben bang om me te binden; bang voor de bruiloft",
    "da": "bange for at flyve; bange for at binde mig; bange for nærhed; angst for brylluppet; min kæreste har angst",
    "ro": "frică de angajament; frica de zbor; frica de intimitate; mi-e frică să mă căsătoresc; frică de nuntă",
    "tr": "evlilikten korkuyorum; uçmaktan korkuyorum; bağlanmaktan çok korkuyorum; gelecekten korkuyorum",
    "he": "פוחדת מהחתונה; מפחד ממחויבות; מפחדת מאינטימיות; מפחד לטוס",
    "ar": "الخوف من الالتزام; أخاف من الزواج; خائفة من الولادة; اخاف من الطيران",
    "ko": "결혼이 무서워요; 비행기가 무서워요; 출산이 두려워요; 관계가 무서워요",
}
PERSONS = {
    "en": "scared of my husband; afraid of him; scared of sex with him; afraid of my partner's anger; "
    "scared of flying, scared of him; "
    "afraid of the wedding because he hits me; I'm scared; afraid to go home; "
    "scared of commitment because he will kill me",
    "de": "Angst vor meinem Mann; hab angst vor ihm; Angst vor Nähe zu meinem Mann; "
    "Angst vor der Hochzeit, er schlägt mich; "
    "Angst vor der Hochzeit weil er droht; ich habe Angst; Angst vor Gewalt",
    "fr": "j'ai peur de mon mari; peur de lui; peur de l'avion avec lui; j'ai peur; peur du mariage si je parle",
    "es": "tengo miedo de mi marido; le tengo miedo; miedo a la intimidad con él; tengo miedo",
    "nl": "bang voor mijn man; ik ben bang voor hem; bang voor seks met hem; ik ben bang",
    "da": "bange for min mand; jeg er bange for ham; jeg har angst for min mand; bange for sex med ham",
    "ro": "mi-e frică de soțul meu; mi-e frica de el; frica de sex cu el; mi-e teamă de el",
    "tr": "kocamdan korkuyorum; ondan korkuyorum; korkuyorum; eşimden korkuyorum",
    "he": "אני מפחדת מבעלי; אני פוחדת ממנו; מפחדת; פוחדת מבעלי",
    "ar": "اخاف من زوجي; أنا خائفة منه; أخاف منه; خائفة",
    "ko": "남편이 무서워요; 그가 무서워요; 남자친구가 무서워요; 무서워요",
}


def lines(said: dict[str, str]) -> list[str]:
    return [line for some in said.values() for line in some.split("; ")]


@pytest.mark.parametrize("line", lines(THINGS))
def test_fear_of_a_thing_is_no_alarm(line: str) -> None:
    assert alarm(line) == alarm(line.lower()) == Help.NONE


@pytest.mark.parametrize("line", lines(PERSONS))
def test_fear_of_a_person_is_an_alarm(line: str) -> None:
    assert alarm(line) == alarm(line.lower()) == Help.FEAR
