"""A contract of import-linter: wings are entered by their face."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FaceContract(Contract):
    """What stands in a wing (``package.wing.module``) is imported by that wing alone; others import the wing."""

    packages = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Find the imports that go past a face."""
        packages: list[str] = list(self.packages)  # type: ignore[call-overload]  # a field parses itself
        inside = [one for one in graph.modules if one.split(".")[0] in packages and one != wing_of(one)]
        past = sorted(
            (importer, imported)
            for imported in inside
            for importer in graph.find_modules_that_directly_import(imported)
            if wing_of(importer) != wing_of(imported)
        )
        return ContractCheck(kept=not past, metadata={"past": past})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say where, and which face to use."""
        for importer, imported in check.metadata["past"]:
            output.print_error(f"{importer} imports {imported}; what it needs is for {wing_of(imported)} to offer")


def wing_of(module: str) -> str:
    """Return the wing a module belongs to: the first two parts of its name."""
    return ".".join(module.split(".")[:2])
