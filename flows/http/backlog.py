"""What was fetched and not taken yet: while that is much, nobody is asked for more."""

import asyncio


class Backlog:
    """Counts results that wait to be taken; ``limit`` of them are enough."""

    def __init__(self, limit: int) -> None:
        """Hold nothing yet."""
        self._limit = limit
        self._held = 0
        self._has_room = asyncio.Event()
        self._has_room.set()

    @property
    def is_full(self) -> bool:
        """Tell whether enough results wait."""
        return self._held >= self._limit

    async def room(self) -> None:
        """Wait until fewer wait."""
        await self._has_room.wait()

    def add(self) -> None:
        """Count a result that is there."""
        self._count(1)

    def take(self, count: int) -> None:
        """Count off results that were taken and dealt with."""
        self._count(-count)

    def _count(self, more: int) -> None:
        self._held += more
        if self.is_full:
            self._has_room.clear()
        else:
            self._has_room.set()
