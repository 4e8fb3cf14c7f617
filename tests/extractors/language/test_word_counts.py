"""Words are counted in scripts that part them with blanks and in those that do not."""

import pytest

from extractors.language.word_counts import count_words

COUNTED = {
    "The minister's boats — eleven in all — left.": 7,
    "Министр заявил, что паром вернётся.": 5,
    "وزير الخارجية: السفن لن تعود": 5,
    "장관은 월요일 배가 돌아온다고 말했다": 5,
}
UNPARTED = {
    "部长星期一表示，渡轮不会在春季之前返回北部港口。": (9, 14),
    "大臣は月曜日、フェリーは春まで北港に戻らないと述べた。": (11, 15),
    "รัฐมนตรีกล่าวเมื่อวันจันทร์ว่าเรือจะไม่กลับมา": (7, 13),
    "ລັດຖະມົນຕີກ່າວວ່າເຮືອຈະບໍ່ກັບຄືນມາ": (6, 11),
    "ဝန်ကြီးက သင်္ဘောသည် ပြန်မလာဟု ပြောသည်": (6, 12),
}


@pytest.mark.parametrize("text", COUNTED)
def test_parted_words_are_counted_as_they_stand(text: str) -> None:
    marks = sum(not any(map(str.isalnum, word)) for word in text.split())
    assert count_words(text) - marks == COUNTED[text]


@pytest.mark.parametrize("text", UNPARTED)
def test_words_without_blanks_are_counted_by_their_letters(text: str) -> None:
    low, high = UNPARTED[text]
    assert low <= count_words(text) <= high


def test_a_text_in_two_scripts_has_the_words_of_both() -> None:
    both = "The KCNA said: 部长星期一表示渡轮不会返回"
    assert count_words(both) == 3 + count_words("部长星期一表示渡轮不会返回")
    assert count_words("") == 0
