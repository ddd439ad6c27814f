"""The shape of a Python package, read from its syntax trees; nothing of it is run.

As a script, `python tests/house/shape.py [FOLDER]` prints the figures.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "followup_tui"
Function = ast.FunctionDef | ast.AsyncFunctionDef
Import = ast.Import | ast.ImportFrom


@dataclass(frozen=True)
class Module:
    """One file: its dotted name, its path and its text."""

    name: str
    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def comment_lines(self) -> frozenset[int]:
        """The lines with a comment that tells a reader something; directives to tools don't count."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        directives = ("# noqa", "# type:", "# fmt:")
        return frozenset(
            token.start[0]
            for token in tokens
            if token.type == tokenize.COMMENT and not token.string.startswith(directives)
        )

    @property
    def package(self) -> str:
        """The package that relative imports start from."""
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]


@dataclass(frozen=True)
class OwnClass:
    """A class of the package, with the names of its bases."""

    module: str
    node: ast.ClassDef

    @property
    def name(self) -> str:
        return self.node.name

    @property
    def bases(self) -> list[str]:
        return [name for name in map(_last_name, self.node.bases) if name]

    @property
    def methods(self) -> set[str]:
        return {one.name for one in self.node.body if isinstance(one, Function)}


@dataclass(frozen=True)
class DeferredImport:
    """An import inside a function, and whether a comment beside it says why."""

    place: str
    has_reason: bool


class Package:
    """All modules below a folder, and what can be measured about them."""

    def __init__(self, folder: Path) -> None:
        self.modules = [
            Module(_module_name(path, folder), path, path.read_text(encoding="utf-8"))
            for path in sorted(folder.rglob("*.py"))
        ]
        self._names = frozenset(module.name for module in self.modules)

    @property
    def line_count(self) -> int:
        return sum(len(module.text.splitlines()) for module in self.modules)

    # Imports

    @cached_property
    def imports(self) -> dict[str, set[str]]:
        """The modules of the package that each one imports: at the top, inside functions, and for types alone."""
        return {module.name: set(self._imported(module)) - {module.name} for module in self.modules}

    def _imported(self, module: Module) -> Iterator[str]:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names if alias.name in self._names)
            elif isinstance(node, ast.ImportFrom):
                base = _absolute(node, module.package)
                for alias in node.names:
                    target = f"{base}.{alias.name}"
                    if (found := target if target in self._names else base) in self._names:
                        yield found

    @cached_property
    def import_circles(self) -> list[list[str]]:
        """Groups of modules that import each other, directly or by others, the largest first."""
        return circles(self.imports)

    @cached_property
    def deferred_imports(self) -> list[DeferredImport]:
        """Every import inside a function."""
        return [
            DeferredImport(f"{module.name}:{node.lineno}", _has_reason(node, block, module.comment_lines))
            for module in self.modules
            for node, block in _imports_in_functions(module.tree)
        ]

    # Classes

    @cached_property
    def classes(self) -> dict[str, list[OwnClass]]:
        """Every class, nested ones too, by its name."""
        found: dict[str, list[OwnClass]] = defaultdict(list)
        for module in self.modules:
            for node in ast.walk(module.tree):
                if isinstance(node, ast.ClassDef):
                    found[node.name].append(OwnClass(module.name, node))
        return dict(found)

    def parents(self, one: OwnClass) -> list[OwnClass]:
        """The bases that are classes of the package; of several with one name the one that its module can see."""
        found = []
        for base in one.bases:
            known = [each for each in self.classes.get(base, ()) if each.node is not one.node]
            seen = [each for each in known if each.module in {one.module, *self.imports[one.module]}]
            found += (seen or known)[:1]
        return found

    def family(self, one: OwnClass) -> list[OwnClass]:
        """A class with all its own ancestors."""
        return [one, *(each for parent in self.parents(one) for each in self.family(parent))]

    def depth(self, one: OwnClass) -> int:
        """How many own classes stand above one another, itself included."""
        return 1 + max((self.depth(parent) for parent in self.parents(one)), default=0)

    def method_count(self, one: OwnClass) -> int:
        """How many methods a class has with those of its own ancestors."""
        return len(set().union(*(each.methods for each in self.family(one))))

    @cached_property
    def depths(self) -> dict[str, int]:
        return self._largest(self.depth)

    @cached_property
    def method_counts(self) -> dict[str, int]:
        return self._largest(self.method_count)

    def _largest(self, figure: Callable[[OwnClass], int]) -> dict[str, int]:
        every = [one for group in self.classes.values() for one in group]
        figures = {f"{one.module}.{one.name}": figure(one) for one in every}
        return dict(sorted(figures.items(), key=lambda item: -item[1]))

    # Names

    @cached_property
    def reused_stems(self) -> list[str]:
        """File names, without their ending, that are used in several folders."""
        stems = Counter(module.path.stem for module in self.modules)
        return sorted(name for name, count in stems.items() if count > 1 and not name.startswith("__"))

    @cached_property
    def reused_class_names(self) -> list[str]:
        """Names of public classes that are used for several."""
        return sorted(name for name, group in self.classes.items() if len(group) > 1 and not name.startswith("_"))


@cache
def package(folder: Path = SOURCE) -> Package:
    """The package below a folder, read once."""
    return Package(folder)


def circles(graph: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The strongly connected components of two nodes or more, the largest first."""
    reach = {node: _reachable(node, graph) for node in graph}
    groups = {
        frozenset(other for other in reach[node] if node in reach.get(other, ()))
        for node in graph
        if node in reach[node]
    }
    return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))


def _reachable(start: str, graph: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = set(graph.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found


def _module_name(path: Path, folder: Path) -> str:
    parts = path.relative_to(folder.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _absolute(node: ast.ImportFrom, package_name: str) -> str:
    """The dotted name of what is imported from, also where it is relative."""
    if not node.level:
        return node.module or ""
    parts = package_name.split(".")
    return ".".join([*parts[: len(parts) - node.level + 1], *([node.module] if node.module else [])])


def _last_name(node: ast.expr) -> str:
    """The last name of a base class: "Base" of `module.Base[int]`."""
    if isinstance(node, ast.Subscript):
        node = node.value
    return getattr(node, "attr", getattr(node, "id", ""))


def _imports_in_functions(tree: ast.AST, inside: bool = False) -> Iterator[tuple[Import, list[ast.stmt]]]:
    """Every import inside a function, with the statements of its block."""
    inside = inside or isinstance(tree, Function)
    for _, value in ast.iter_fields(tree):
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, Import) and inside:
                yield node, value
            elif isinstance(node, ast.AST):
                yield from _imports_in_functions(node, inside)


def _has_reason(node: Import, block: list[ast.stmt], comment_lines: frozenset[int]) -> bool:
    """Whether a comment is on the import's lines, on the line above, or at the first of the imports it follows."""
    first: ast.stmt = node
    for statement in reversed(block[: block.index(node)]):
        if not isinstance(statement, Import):
            break
        first = statement
    lines = {*range(node.lineno - 1, (node.end_lineno or node.lineno) + 1), first.lineno - 1, first.lineno}
    return bool(lines & comment_lines)


def main() -> None:
    shape = package(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else SOURCE)
    deferred = shape.deferred_imports
    print(f"files: {len(shape.modules)}, lines: {shape.line_count}")
    print(f"import circles: {[len(group) for group in shape.import_circles]}")
    print(f"deepest classes: {list(shape.depths.items())[:3]}")
    print(f"most methods with inherited ones: {list(shape.method_counts.items())[:3]}")
    print(
        f"imports in functions: {len(deferred)}, without a reason: {sum(not one.has_reason for one in deferred)}"
    )
    print(f"file names in several folders: {len(shape.reused_stems)} {shape.reused_stems}")
    print(f"class names used for several: {len(shape.reused_class_names)} {shape.reused_class_names}")


if __name__ == "__main__":
    main()
