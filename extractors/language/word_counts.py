"""How many words a text has, in every script: some write none of the blanks that others part words with."""

import re

# Letters to a word, as segmenters of these languages find on news: Chinese and Japanese 1.7 to 2, Thai, Lao, Khmer and
# Burmese 4 to 5 with their vowel signs. Korean, Vietnamese and Tibetan part words or syllables themselves.
IDEOGRAPHS_TO_A_WORD = 2
LETTERS_TO_A_WORD = 4.5

_IDEOGRAPHS = re.compile(
    "[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_UNPARTED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\uaa60-\uaa7f]")


def count_words(text: str) -> int:
    """Return the number of words: those between blanks, and what scripts without blanks write in their place."""
    if text.isascii():
        return len(text.split())
    parted, n_ideographs = _IDEOGRAPHS.subn(" ", text)
    parted, n_letters = _UNPARTED.subn(" ", parted)
    if not n_ideographs and not n_letters:
        return len(text.split())
    others = sum(any(map(str.isalnum, word)) for word in parted.split())
    return others + round(n_ideographs / IDEOGRAPHS_TO_A_WORD + n_letters / LETTERS_TO_A_WORD)
