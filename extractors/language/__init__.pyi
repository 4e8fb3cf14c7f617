from .letters import fold
from .parsing import ParsedParagraph, load_language, parse_articles, parse_paragraphs

__all__ = ["ParsedParagraph", "fold", "load_language", "parse_articles", "parse_paragraphs"]
