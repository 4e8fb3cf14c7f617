from dataclasses import replace

import pytest

from extractors.claims import Report
from extractors.claims.comparing.voices import can_be_one, voice_of

PERSON = Report(
    "s", "a", "words", speaker_id="spokeswoman", speaker_name="Jelena Vuković", speaker_kind="person",
    speaker_country="SRB", speaks_for=("mfa-srb", "SRB"),
)  # fmt: skip
MINISTRY = replace(
    PERSON, speaker_id="mfa-srb", speaker_name="Foreign Ministry", speaker_kind="ministry", speaks_for=("SRB",)
)
COUNTRY = replace(PERSON, speaker_id="SRB", speaker_name="Serbia", speaker_kind="country", speaks_for=())
MEDIA = replace(PERSON, speaker_id="agency", speaker_name="State agency", speaker_kind="media", speaks_for=("SRB",))
UNNAMED = replace(PERSON, speaker_id=None, speaker_name=None, speaker_text="a ministry official")
UNNAMED_STATE = replace(UNNAMED, speaker_text="an official", speaks_for=("SRB",))
DEFENCE = replace(MINISTRY, speaker_id="mod-srb", speaker_name="Defence Ministry")
COLLEAGUE = replace(PERSON, speaker_id="minister", speaker_name="Goran Petrović")
VARIANT = replace(PERSON, speaker_id="text:jelena-vukovic", speaker_name="Yelena Vukovic", speaks_for=())
NAMESAKE = replace(VARIANT, speaker_name="Milena Vukovic", speaker_id="text:milena-vukovic")
ANALYSTS = replace(PERSON, speaker_id=None, speaker_name=None, speaker_text="analysts", speaks_for=())
TOGETHER = replace(
    ANALYSTS, speaker_text="Belgrade and Zagreb", speaker_country=None, speaks_for=("HRV+SRB", "HRV", "SRB")
)
TOGETHER_TOO = replace(TOGETHER, speaker_text="the leaders of Croatia and Serbia")
OPPOSITION = replace(COLLEAGUE, speaker_id="deputy", speaks_for=("party-srb",))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PERSON, PERSON),
        (PERSON, MINISTRY),
        (PERSON, COUNTRY),
        (PERSON, MEDIA),
        (MINISTRY, COUNTRY),
        (PERSON, UNNAMED),
        (MINISTRY, UNNAMED),
        (UNNAMED_STATE, MINISTRY),
        (UNNAMED_STATE, COUNTRY),
        (replace(MINISTRY, speaks_for=()), COUNTRY),
        (PERSON, VARIANT),
        (ANALYSTS, ANALYSTS),
        (TOGETHER, TOGETHER_TOO),
        (TOGETHER, PERSON),
        (TOGETHER, MINISTRY),
    ],
)
def test_voices_that_can_carry_one_utterance(one: Report, other: Report) -> None:
    assert can_be_one(voice_of(one), voice_of(other))
    assert can_be_one(voice_of(other), voice_of(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PERSON, COLLEAGUE),
        (MINISTRY, DEFENCE),
        (PERSON, DEFENCE),
        (VARIANT, NAMESAKE),
        (PERSON, replace(VARIANT, speaker_country="HRV")),
        (ANALYSTS, COUNTRY),
        (TOGETHER, replace(COLLEAGUE, speaker_country="BIH", speaks_for=("BIH",))),
        (TOGETHER, ANALYSTS),
        (ANALYSTS, replace(ANALYSTS, speaker_text="observers")),
        (OPPOSITION, COUNTRY),
        (COUNTRY, replace(COUNTRY, speaker_id="HRV")),
    ],
)
def test_voices_that_never_can(one: Report, other: Report) -> None:
    assert not can_be_one(voice_of(one), voice_of(other))
    assert not can_be_one(voice_of(other), voice_of(one))
