"""What thousands of topic terms cost: ``python -m tests.bench.topics`` prints the ratio to ten terms on one text."""

import time

from extractors.topics.matching import TermGroup, Topic, compile_topics
from extractors.topics.rules import parse_rule

TEXT = "The harbour master met the crews of nine boats in the old customs house. " * 400
ROUNDS = 20


def seconds(n_terms: int) -> float:
    """Return the processor time of deciding on the text with that many terms."""
    terms = tuple(f"word{n} thing{n}" for n in range(n_terms))
    built = compile_topics([Topic("many", (TermGroup("terms", terms),), parse_rule("terms", {"terms"}))], {})
    start = time.process_time()
    for _ in range(ROUNDS):
        built.decide_article(None, TEXT)
    return time.process_time() - start


def main() -> None:
    """Print the table."""
    few = seconds(10)
    for n_terms in (10, 1_000, 20_000):
        spent = seconds(n_terms)
        print(f"{n_terms:>7} terms  {1000 * spent / ROUNDS:7.2f} ms a text  x{spent / few:.2f}")


if __name__ == "__main__":
    main()
