"""Which language a text is in, by a small model that ships with its package."""

from functools import cache
from typing import Any

SAMPLE = 800  # characters; the verdict on news text does not change after a few sentences
MIN_LETTERS = 40  # below this a guess is worse than none
MIN_PROBABILITY = 0.8


@cache
def _identifier() -> Any:  # noqa: ANN401 (an untyped library's object)
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify_language(text: str) -> str | None:
    """Return the ISO 639-1 code, None where the text is too short or mixed to tell."""
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= MIN_PROBABILITY else None
