"""Hooks of mkdocs: the site shows files that are kept outside docs/, so that the links work on GitHub and here."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

OUTSIDE = ("screenshots/*.png", "screenshots/*.gif", "CONTRIBUTING.md", "CHANGELOG.md")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what the pages show from outside docs/."""
    root = Path(config.docs_dir).parent
    for pattern in OUTSIDE:
        for path in sorted(root.glob(pattern)):
            files.append(File.generated(config, str(path.relative_to(root)), abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Links as seen from docs/, and from the root for pages that are kept there."""
    return markdown.replace("](../", "](").replace("](docs/", "](")
