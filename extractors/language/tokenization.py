"""Words the model's tokenizer glues together or takes apart: quote marks without a blank, shortened titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.util import compile_infix_regex

if TYPE_CHECKING:
    from spacy.language import Language

# "said,“We" and "(yes)”(applause)": left whole, the cue is lost in a word of its own.
INFIXES = (
    r"[“”„«»]",
    r'(?<=[\w,:;.?!)])"(?=[\w(])',
    r"(?<=[^\W\d])[,:;](?=[\"“”„«‘(])",
    r"(?<=[^\W\d])\((?=[\"“„«])",
    r"(?<=[”\"»])[—–]",
)
# Taken apart, the dot ends the sentence before the name.
TITLES = (
    *(
        "Capt.",
        "Lt.",
        "Col.",
        "Maj.",
        "Brig.",
        "Cmdr.",
        "Cdr.",
        "Comdr.",
        "Sgt.",
        "Cpl.",
        "Pvt.",
        "Maj.-Gen.",
        "Lt.-Gen.",
    ),
    *("Lt.-Col.", "Brig.-Gen.", "Amb.", "Supt.", "Det.", "Insp.", "Hon.", "Atty.", "Asst.", "Dep.", "Msgr.", "Pres."),
    *("Fr.", "Ft."),
)


def mend_tokenizer(language: Language) -> Language:
    """Teach the pipeline's tokenizer the marks and titles, if it is spaCy's own kind."""
    tokenizer = language.tokenizer
    if hasattr(tokenizer, "infix_finditer") and hasattr(tokenizer, "add_special_case"):
        infixes = [*(language.Defaults.infixes or ()), *INFIXES]
        tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
        for title in TITLES:
            tokenizer.add_special_case(title, [{"ORTH": title}])
    return language
