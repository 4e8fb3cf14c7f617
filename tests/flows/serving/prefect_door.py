"""Knocking at a Prefect server of ours as somebody else on the machine would, or a page in a browser."""

import base64
import http.client
import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import connect
from websockets.typing import Subprotocol

BUSY_S = 60  # as long as Prefect may have no time
LISTEN = "0A"
LOOPBACK = "0100007F"
FOREIGN_ORIGIN = {"Origin": "http://news.example"}
FOREIGN_HOST = {"Host": "news.example"}
FOREIGN_PAGE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "empty"}
SOCKETS = (
    "/api/events/in",
    "/api/events/out",
    "/api/logs/out",
    "/api/task_runs/subscriptions/scheduled",
    "/api/work_pools/any/workers/connect",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Door:
    """A server's port, and the credential of those who have one (user:secret)."""

    port: int
    credential: str = ""

    def ask(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Send one request with exactly these headers; again where Prefect is busy, as its own client does."""
        ends = time.monotonic() + BUSY_S
        while True:
            answer = self._ask(method, path, body, headers)
            if answer.status != 503 or not path.startswith("/api/") or time.monotonic() > ends:
                return answer
            time.sleep(0.5)

    def _ask(self, method: str, path: str, body: object, headers: Mapping[str, str] | None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Content-Type": "application/json"} | dict(headers or {})
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, sent)
            reply = connection.getresponse()
            return Answer(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
        finally:
            connection.close()

    def key(self) -> dict[str, str]:
        """Return the header with the credential."""
        return {"Authorization": f"Basic {base64.b64encode(self.credential.encode()).decode()}"}

    def keys(self) -> dict[str, str]:
        """Return all headers that a client of ours sends when it changes something."""
        client = str(uuid4())
        token = json.loads(self.ask("GET", f"/api/csrf-token?client={client}", headers=self.key()).body)["token"]
        return self.key() | {"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": client}

    def socket_says(self, path: str, *, token: str = "", headers: Mapping[str, str] | None = None) -> str:
        """Return what a websocket answers to an introduction; nothing where it does not open or closes."""
        url = f"ws://127.0.0.1:{self.port}{path}"
        try:
            with connect(
                url, subprotocols=[Subprotocol("prefect")], additional_headers=dict(headers or {}), open_timeout=30
            ) as opened:
                opened.send(json.dumps({"type": "auth", "token": token}))
                return str(json.loads(opened.recv(30))["type"])
        except (ConnectionClosed, InvalidHandshake):
            return ""


def attempts(deployment_id: str, proof: Path) -> list[tuple[str, str, object]]:
    """Return requests that read, run a command as the user who runs us, start a run, and ask for secrets."""
    step = {"prefect.deployments.steps.run_shell_script": {"script": f"touch {proof}"}}
    return [
        ("GET", f"/api/deployments/{deployment_id}", None),
        ("POST", "/api/deployments/filter", {}),
        ("PATCH", f"/api/deployments/{deployment_id}", {"pull_steps": [step]}),
        ("POST", f"/api/deployments/{deployment_id}/create_flow_run", {}),
        ("POST", "/api/block_documents/filter", {"include_secrets": True}),
    ]


def deployment_in(database: Path) -> str:
    """Return the id of the deployment that runs on a schedule."""
    con = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        ((found,),) = con.execute(
            "SELECT deployment.id FROM deployment JOIN flow ON flow.id = flow_id WHERE flow.name = 'watch on schedule'"
        ).fetchall()
        return str(found)
    finally:
        con.close()


def listening(pid: int) -> Iterator[tuple[str, int]]:
    """Yield the addresses (as the kernel writes them) and ports on which a process listens."""
    inodes = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            inodes.add(str(descriptor.readlink()).removeprefix("socket:[").removesuffix("]"))
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            address, port = fields[1].split(":")
            if fields[3] == LISTEN and fields[9] in inodes:
                yield address, int(port, 16)
