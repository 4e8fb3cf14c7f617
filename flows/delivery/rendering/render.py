"""Messages from templates. A user's folder goes before the packaged templates, file by file."""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from config.files import Problem
from flows.delivery.rendering.clean import TITLE_LIMIT, clean_line, clean_view
from flows.delivery.rendering.labels import label_of
from flows.delivery.rendering.messages import AlertView, EvidenceView, Message
from flows.delivery.rendering.parts import aim_of, said_of, side_of, speaker_of, trust_of, words_of

PACKAGED = Path(__file__).parent / "templates"
DIGEST_LIMIT = 50
SAMPLE = AlertView(
    alert_id="sample",
    claim_id="sample",
    rule="sample",
    severity=3,
    category="THREAT_UNSPEC",
    polarity="escalatory",
    raised_at=datetime(2000, 1, 1, tzinfo=UTC),
    quote="A sample.",
    targets=("somebody",),
    outlets=("an outlet",),
    evidence=(EvidenceView("sample", "sample"),),
)


class Renderer:
    """Renders messages; texts from outside are values, never templates, and are cleaned before they are filled in."""

    __slots__ = ("_environment", "_report")

    def __init__(self, folder: Path | None = None, report: str = "") -> None:
        """Read templates from ``folder`` before the packaged ones; ``report`` is where people open the report."""
        folders = [PACKAGED] if folder is None else [folder, PACKAGED]
        self._environment = ImmutableSandboxedEnvironment(
            loader=ChoiceLoader([FileSystemLoader(one) for one in folders]),
            autoescape=lambda name: bool(name and name.endswith(".html")),
            undefined=StrictUndefined,
        )
        self._report = report
        self._environment.filters.update(
            label=label_of, side=side_of, aim=aim_of, speaker=speaker_of, said=said_of, trust=trust_of, words=words_of,
            permalink=self.permalink,
        )  # fmt: skip

    def permalink(self, view: AlertView) -> str:
        """Return where the event stands in the report; empty where nobody said where that is."""
        return f"{self._report}#event-{view.event_id}" if self._report and view.event_id else ""

    def message(self, view: AlertView) -> Message:
        """Return the message about one alert."""
        alert = clean_view(view)
        title = self._title("title.txt", alert=alert)
        return Message(
            title=title,
            text=self._fill("alert.txt", alert=alert, title=title),
            html=self._fill("alert.html", alert=alert, title=title),
            key=f"{view.alert_id}.{view.step}",
            severity=view.severity,
            thread=f"{view.alert_id}.0",
            alert_ids=(view.alert_id,),
        )

    def digest(self, views: Sequence[AlertView]) -> Message:
        """Return one message about several alerts, the worst first; its key tells which they are, in any order."""
        if len(views) == 1:
            return self.message(views[0])
        ranked = sorted(views, key=lambda view: (-view.severity, view.raised_at, view.alert_id))
        alerts = [clean_view(view) for view in ranked[:DIGEST_LIMIT]]
        title = self._title("digest_title.txt", alerts=alerts, count=len(ranked))
        keys = sorted(f"{view.alert_id}.{view.step}" for view in ranked)
        key = sha256("\n".join(keys).encode()).hexdigest()[:32]
        return Message(
            title=title,
            text=self._fill("digest.txt", alerts=alerts, count=len(ranked), title=title),
            html=self._fill("digest.html", alerts=alerts, count=len(ranked), title=title),
            key=key,
            severity=ranked[0].severity,
            thread=key,
            alert_ids=tuple(view.alert_id for view in ranked),
        )

    def _title(self, template: str, **values: object) -> str:
        return clean_line(self._fill(template, **values), TITLE_LIMIT)

    def _fill(self, template: str, **values: object) -> str:
        return self._environment.get_template(template).render(**values).strip() + "\n"


def template_problems(folder: Path) -> list[Problem]:
    """Return what is wrong with a user's templates: each is filled with a sample."""
    renderer = Renderer(folder)
    problems: dict[str, Problem] = {}
    for kind, views in (("alert", [SAMPLE]), ("digest", [SAMPLE, SAMPLE])):
        try:
            renderer.digest(views)
        except (TemplateError, TypeError, ValueError) as error:
            name = getattr(error, "filename", None) or str(folder)
            problems.setdefault(str(error), Problem(name, kind, f"template cannot be filled: {error}"))
    return list(problems.values())
