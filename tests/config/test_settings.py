"""tocsin.toml: what the packaged file says, and what is refused."""

from pathlib import Path

import pytest

from config.files import ConfigError
from config.settings import Settings, settings_of


def test_the_packaged_file_says_what_holds_without_one() -> None:
    """Whoever reads it reads the defaults."""
    assert settings_of(None) == Settings()


@pytest.mark.parametrize("address", ["https://desk.example/report", "http://127.0.0.1:4280/report", ""])
def test_the_report_may_stand_at_any_web_address(address: str, tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text(f'[report]\naddress = "{address}"\n')
    assert settings_of(tmp_path).report.address == address


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "desk.example", "https://", "https://a.example/#b", "x y"]
)
def test_what_leads_nowhere_or_has_a_fragment_of_its_own_is_refused(address: str, tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text(f'[report]\naddress = "{address}"\n')
    with pytest.raises(ConfigError, match=r"report\.address"):
        settings_of(tmp_path)
