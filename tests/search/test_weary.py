"""Who cannot go on is helped, with a town or other words beside it too; who cannot sleep is not taken for them."""

import pytest

from referral.search.weary import is_weary
from tests.client import CheckingClient

DESPAIR = "/questions/what-if-i-do-not-want-to-live-any-more"

SAID = {
    "en": "I can't go on anymore", "de": "ich kann nicht mehr", "fr": "je n'en peux plus", "nl": "ik kan niet meer",
    "es": "no puedo más", "da": "jeg kan ikke mere", "ro": "nu mai pot", "tr": "artık dayanamıyorum",
    "he": "אני לא יכולה יותר", "ko": "더 이상 못 하겠어요", "ar": "لم أعد أحتمل",
}  # fmt: skip


def nowhere(words: str) -> bool:
    return False


@pytest.mark.parametrize("language", SAID)
def test_who_cannot_go_on_is_helped_alone_and_beside_a_town(client: CheckingClient, language: str) -> None:
    at = "" if language == "en" else f"/{language}"
    said = SAID[language]
    alone = client.get(f"{at}/search", query_string={"q": said}).headers["Location"]
    beside = [f"{said}, Chicago", f"Chicago, {said}", f"{said} Chicago"]

    assert alone == at + DESPAIR
    for line in beside:
        there = client.get(f"{at}/search", query_string={"q": line}).headers["Location"]
        assert there == f"{at}/search?place=4887398&help=2", line


@pytest.mark.parametrize(
    "line",
    ["I can't go on, please help", "ich kann nicht mehr weil er trinkt", "je n'en peux plus, mon mari boit",
     "ik kan niet meer help", "ya no puedo más y mi marido bebe", "jeg kan ikke mere og vi skændes",
     "nu mai pot pentru că bea", "wir streiten nur, ich kann nicht mehr", "ich kann nicht mehr!",
     "no quiero seguir viviendo",
     "je n'ai plus envie de vivre", "jeg vil dø", "أنا لم أعد أستطيع، دبي", "이제 더는 못 버티겠어요"],
)  # fmt: skip
def test_other_words_beside_it_do_not_hide_it(line: str) -> None:
    assert is_weary(line, nowhere)


@pytest.mark.parametrize(
    "line",
    ["ich kann nicht mehr schlafen", "ich kann ihm nicht mehr vertrauen", "je n'en peux plus de ses mensonges",
     "je ne peux plus lui faire confiance", "no puedo más con mi suegra", "ik kan niet meer met hem praten",
     "nu mai pot avea încredere în el", "jeg kan ikke mere stole på ham", "we can't go on like this",
     "I can't go on holiday with him", "wir können nicht mehr reden", "vil dog gerne mødes", "no puedo dormir",
     "더 이상 못 하겠어요라는 말을 자주 해요", "seguir viviendo juntos", "can't afford much, Chicago"],
)  # fmt: skip
def test_who_can_no_longer_do_one_thing_is_not_taken_for_them(line: str) -> None:
    assert not is_weary(line, nowhere)
