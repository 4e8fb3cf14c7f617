"""The report as it is served: made when somebody asks and the snapshot is newer, in a process that ends afterwards."""

import asyncio
import os
import sys
from pathlib import Path

from config.settings import settings_of

MAKE_LIMIT_S = 120.0
LAST_WORDS = 400
NOTHING_YET = "nothing is published yet: the first cycle makes the snapshot"


class ServedReport:
    """The page of one warehouse; several who ask at once wait for one making.

    It stands apart from the page of `tocsin report`, for which "new" means since that was last made.
    """

    def __init__(self, warehouse: Path, config_folder: Path | None, home: Path) -> None:
        self._warehouse, self._config_folder = warehouse, config_folder
        self._own = home / "report.html"
        self._making = asyncio.Lock()

    async def fresh(self) -> Path | str:
        """Return the page that is as new as the snapshot, or why there is none."""
        from warehouse.upkeep import published_path

        snapshot_at = _changed_at(published_path(self._warehouse))
        if not snapshot_at:
            return NOTHING_YET
        async with self._making:
            for page in self._pages():
                if _changed_at(page) >= snapshot_at:
                    return page
            return await self._make()

    def _pages(self) -> list[Path]:
        """Return where a page may stand: that which runs make, where they do, and our own."""
        from flows.reporting import report_path

        made_by_runs = settings_of(self._config_folder).report.after_runs
        return [report_path(self._warehouse), self._own] if made_by_runs else [self._own]

    async def _make(self) -> Path | str:
        call = [sys.executable, "-P", "-m", "flows.serving.pages.report_process", str(os.getpid())]
        call += [str(one) for one in (self._warehouse, self._own, self._config_folder) if one]
        process = await asyncio.create_subprocess_exec(
            *call, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        try:
            _, said = await asyncio.wait_for(process.communicate(), MAKE_LIMIT_S)
        except TimeoutError:
            process.kill()
            await process.wait()
            return f"the report could not be made within {MAKE_LIMIT_S:.0f} seconds"
        if process.returncode:
            return f"the report could not be made: {said.decode(errors='replace').strip()[-LAST_WORDS:]}"
        return self._own


def _changed_at(path: Path) -> float:
    """Return when a file changed, 0 where there is none."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
