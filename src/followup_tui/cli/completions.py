"""Teaching a shell the commands: `completions`."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from followup_tui.cli import COMPLETE_VARIABLE, FINE
from followup_tui.cli.kinds import Command
from followup_tui.cli.saying import say
from followup_tui.cli.words import Word

SHELLS = ("bash", "zsh", "fish")


@click.command(cls=Command)
@click.argument("shell", type=Word(SHELLS))
@click.pass_context
def completions(context: click.Context, shell: str) -> int:
    """Print the script that lets a shell complete commands, options, IDs and companies.

    \b
    bash:  followup-tui completions bash >> ~/.bashrc
    zsh:   followup-tui completions zsh >> ~/.zshrc
    fish:  followup-tui completions fish > ~/.config/fish/completions/followup-tui.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None
    program = context.find_root()
    complete = kind(program.command, {}, program.info_name or "", COMPLETE_VARIABLE)
    # The class of its parent: bash's own would start a bash to ask for its version.
    say(ShellComplete.source(complete), end="")
    return FINE
