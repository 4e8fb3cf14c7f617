"""Disjoint sets."""


class Forest:
    """Disjoint sets with the smallest member as the root, so that the outcome does not depend on the order."""

    __slots__ = ("_parent",)

    def __init__(self, size: int) -> None:
        """Start with ``size`` singletons."""
        self._parent = list(range(size))

    def find(self, item: int) -> int:
        """Return the root of the item's set."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def unite(self, one: int, other: int) -> None:
        """Make the two sets one."""
        low, high = sorted((self.find(one), self.find(other)))
        self._parent[high] = low

    def groups(self) -> list[list[int]]:
        """Return the sets, each sorted, in the order of their first member."""
        groups: dict[int, list[int]] = {}
        for item in range(len(self._parent)):
            groups.setdefault(self.find(item), []).append(item)
        return list(groups.values())
