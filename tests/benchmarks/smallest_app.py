"""The smallest possible Textual app, which every first paint is measured against."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class SmallestApp(App[None]):
    """One Static."""

    def compose(self) -> ComposeResult:
        yield Static("Employer")


if __name__ == "__main__":
    SmallestApp().run()
