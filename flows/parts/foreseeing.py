"""What comparing found, looked up part by part as relating comes to the days that it is of."""

from collections.abc import Sequence
from datetime import datetime

from extractors.claims import Known, Report, Verdict
from flows.parts.comparing import UNDATED, Slice
from warehouse.errors import WarehouseError
from warehouse.parts import compared_in

MOST_HELD = 2_000_000  # verdicts; some 600 MB


class Comparisons:
    """What was found of the reports that wait; the parts of days gone by stay as long as there is room for them."""

    def __init__(self, slices: Sequence[Slice]) -> None:
        """Open nothing yet."""
        self._rest = sorted(slices, reverse=True)
        self._held: dict[Slice, tuple[Sequence[int], Sequence[tuple[int, int]]]] = {}
        self._keys: dict[int, tuple[str, ...]] = {}
        self._verdicts: dict[tuple[int, int], Verdict] = {}

    def known_of(self, reports: Sequence[Report]) -> Known:
        """Return what helps to relate these reports; each call is for later ones than the last."""
        last = max((one.published_at or UNDATED for one in reports), default=None)
        while last is not None and self._rest and self._rest[-1].first <= last:
            self._take(self._rest.pop())
        self._let_go(min(one.published_at or UNDATED for one in reports) if reports else UNDATED)
        return Known(self._keys, self._verdicts)

    def _take(self, one: Slice) -> None:
        try:
            found = compared_in(one.part)
        except WarehouseError:  # gone, or never made: then the writer compares himself
            return
        self._held[one] = tuple(found.keys), tuple(found.verdicts)
        self._keys |= found.keys
        self._verdicts |= found.verdicts

    def _let_go(self, now: datetime) -> None:
        """Forget the parts that end the earliest, of those behind what is related now, until there is room."""
        for one in sorted(self._held, key=lambda held: held.last):
            if len(self._verdicts) <= MOST_HELD or one.last >= now:
                return
            keys, verdicts = self._held.pop(one)
            for digest in keys:
                self._keys.pop(digest, None)
            for pair in verdicts:
                self._verdicts.pop(pair, None)
