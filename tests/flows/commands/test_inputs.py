"""What a line of JSON tells of an article."""

import json

from config.settings import Settings
from extractors.model import Article
from flows.commands.inputs import read_json_lines


def test_a_line_names_the_outlet_and_the_issuer() -> None:
    """Whoever publishes a document speaks in it, so its outlet is not lost; what is no name is left out."""
    line = {"id": "a", "text": "We condemn the raid.", "outlet": "Ministry of Ore", "issuer": 4}
    (document,) = read_json_lines([json.dumps(line).encode()], Settings().limits)
    assert isinstance(document.outcome, Article)
    assert (document.outcome.outlet, document.outcome.issuer) == ("Ministry of Ore", None)
