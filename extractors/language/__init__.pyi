from .encodings import encoding_of
from .letters import fold
from .parsing import ParsedParagraph, load_language, parse_articles, parse_paragraphs
from .word_counts import count_words

__all__ = [
    "ParsedParagraph",
    "count_words",
    "encoding_of",
    "fold",
    "load_language",
    "parse_articles",
    "parse_paragraphs",
]
