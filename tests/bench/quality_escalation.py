"""Print how well the classifier labels the project's own cases.

python -m tests.bench.quality_escalation [tune|measure|unseen_tune|unseen|field] [--rules] [--list] [--confusions]

Rules and network are tuned on ``tune`` and ``unseen_tune``; ``measure``, ``unseen`` and ``field`` are only counted.
``unseen_tune`` and ``unseen`` are the odd and the even half of unseen.jsonl, written before the rules were run on it.
``--rules`` leaves the network out.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from config.escalation import load_escalation
from config.files import ConfigError
from config.network import load_network
from extractors.escalation import ClassifyInput, EscalationLexicon, classify_all
from extractors.language.parsing import load_language
from extractors.model import Escalation

CASES = Path(__file__).parent.parent / "cases" / "escalation"
FILES = ("tune", "measure", "unseen_tune", "unseen", "field")
TUNED = ("tune", "unseen_tune")
POLARITIES = ("escalatory", "de-escalatory", "neutral")


@dataclass(frozen=True, slots=True)
class Result:
    """A case with the label it got."""

    case: dict[str, Any]
    got: Escalation


def load_cases(name: str) -> list[dict[str, Any]]:
    """Return one set of cases: a file, or a half of the unseen ones."""
    file = "unseen" if name == "unseen_tune" else name
    cases = [json.loads(line) for line in (CASES / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()]
    if file != "unseen":
        return cases
    return [one for one in cases if int(one["id"][1:]) % 2 == (name == "unseen_tune")]


def load_lexicon(*, rules_only: bool = False) -> EscalationLexicon:
    """Return the packaged lexicon with its network, or without."""
    lexicon, problems = load_escalation(None)
    if lexicon is None:
        raise ConfigError(problems)
    return lexicon if rules_only else replace(lexicon, network=load_network())


def run(name: str, *, rules_only: bool = False) -> list[Result]:
    """Classify one file of cases."""
    lexicon = load_lexicon(rules_only=rules_only)
    cases = load_cases(name)
    inputs = [ClassifyInput(case["id"], case["text"], case["speaker"]) for case in cases]
    labels = [label for _, label in classify_all(inputs, load_language(), lexicon)]
    return [Result(case, label) for case, label in zip(cases, labels, strict=True)]


def f1(hits: int, predicted: int, wanted: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * hits / (predicted + wanted) if predicted + wanted else 1.0


def score(results: Sequence[Result]) -> dict[str, float]:
    """Return the figures the project sets itself targets for."""
    by_polarity = [
        f1(
            sum(one.case["polarity"] == polarity == one.got.polarity for one in results),
            sum(one.got.polarity == polarity for one in results),
            sum(one.case["polarity"] == polarity for one in results),
        )
        for polarity in POLARITIES
    ]
    wanted = [one.case["category"].startswith("THREAT_") for one in results]
    got = [one.got.category.startswith("THREAT_") for one in results]
    negated = [one for one in results if one.case.get("negated")]
    denials = [one for one in results if one.case["category"] == "DENIAL"]
    return {
        "polarity macro-F1": sum(by_polarity) / len(by_polarity),
        "category accuracy": share(one.case["category"] == one.got.category for one in results),
        "THREAT_* F1": f1(sum(a and b for a, b in zip(wanted, got, strict=True)), sum(got), sum(wanted)),
        "negation: polarity": share(one.case["polarity"] == one.got.polarity for one in negated),
        "negation: category": share(one.case["category"] == one.got.category for one in negated),
        "denials not escalatory": share(one.got.polarity != "escalatory" for one in denials),
        "severity within one": share(abs(one.case["severity"] - one.got.severity) <= 1 for one in results),
        "severity exact": share(one.case["severity"] == one.got.severity for one in results),
        "condition": share(one.case["conditional"] == one.got.conditional for one in results),
    }


def share(values: Any) -> float:
    """Return the part of the values that are true."""
    counted = list(values)
    return sum(counted) / len(counted) if counted else 1.0


def list_errors(results: Sequence[Result]) -> None:
    """Print every case with another category than the codebook's, and the reason it was given."""
    for one in results:
        if one.case["category"] != one.got.category:
            reason = next(iter(one.got.evidence), None)
            print(f"{one.case['id']} want {one.case['category']} got {one.got.category} {one.got.severity}")
            print(f"     {one.case['speaker']}: {one.case['text']}")
            print(f"     {reason.rule}: {reason.words}" if reason else "     no reason")


def main(arguments: Sequence[str]) -> None:
    """Print the table; --list adds the errors of the tuning file."""
    names = [name for name in FILES if name in arguments] or FILES
    for name in names:
        results = run(name, rules_only="--rules" in arguments)
        print(f"{name}: {len(results)} statements")
        for figure, value in score(results).items():
            print(f"  {figure:24} {value:.3f}")
        if "--list" in arguments and name in TUNED:
            list_errors(results)
        if "--confusions" in arguments:
            pairs = Counter(
                (r.case["category"], r.got.category) for r in results if r.case["category"] != r.got.category
            )
            for (want, got), count in pairs.most_common(30):
                print(f"    {want} -> {got}: {count}")


if __name__ == "__main__":
    main(sys.argv[1:])
