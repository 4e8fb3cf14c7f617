"""Print the processor time of labelling bare statements, against that of the language pipeline in the same run.

python -m tests.bench.speed_escalation [STATEMENTS]
"""

import resource
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice

from extractors.escalation import ClassifyInput, classify_all
from extractors.language.parsing import load_language
from tests.bench.quality_escalation import load_cases, load_lexicon


def inputs(count: int) -> Iterator[ClassifyInput]:
    """Yield the labelled cases over and over, each a little different."""
    cases = load_cases("tune") + load_cases("measure")
    for number, case in enumerate(islice(cycle(cases), count)):
        yield ClassifyInput(str(number), f"{case['text']} ({number})", case["speaker"])


def main(arguments: Sequence[str]) -> None:
    """Time parsing alone, then labelling."""
    count = int(arguments[0]) if arguments else 10_000
    lexicon = load_lexicon()
    language = load_language()
    started = time.process_time()
    for _ in language.pipe((one.text for one in inputs(count)), batch_size=256):
        pass
    parsing = time.process_time() - started
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    for _ in classify_all(inputs(count), language, lexicon):
        pass
    labelling = time.process_time() - started
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{count} statements: parsing alone {parsing:.1f} s, labelled {labelling:.1f} s")
    print(
        f"ratio {labelling / parsing:.2f}, {count / labelling:.0f} a second, peak memory grew by {grown / 1024:.0f} MB"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
