"""One table of actions: footer, help, palette, docs and the user's keymap all come from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from followup_tui.domain.model.application import STAGES


class Place(StrEnum):
    """A screen on which an action can be used."""

    BOARD = "board"
    DETAIL = "detail"
    REVIEW = "review"
    LETTER = "letter"
    CALL = "call"
    IMPORT = "import screen"


class Group(StrEnum):
    """What an action is for; the headings of help and docs."""

    STAGES = "Move an application on"
    HAPPENED = "Record what happened"
    DATES = "Set your own dates"
    REACH = "Get in touch"
    LETTER = "In a letter"
    CALL = "On the phone"
    IMPORT = "On the import screen"
    WRITE = "Add, edit and undo"
    SELECT = "Find and select"
    MOVE = "Move around"
    PROGRAM = "The program"


BOARD = frozenset({Place.BOARD})
REVIEW = frozenset({Place.REVIEW})
BOTH = frozenset({Place.BOARD, Place.DETAIL})
LETTER = frozenset({Place.LETTER})
CALL = frozenset({Place.CALL})
IMPORT = frozenset({Place.IMPORT})
LISTS = BOTH | IMPORT
EVERYWHERE = BOTH | REVIEW
"""Wherever applications are looked at."""
ANYWHERE = frozenset(Place)


@dataclass(frozen=True, slots=True)
class Action:
    """A verb: its keys, where it works, its word in the footer, its sentence in help, its command in the shell.

    `typed` has its keys with a space between. `footer` orders the actions of the footer, lowest first; None leaves
    it to help and palette. `twin` is the command line that does the same, empty where an action changes no data.
    `flow` is the module of `flows` whose function of the same name asks its questions, and `family` the file of
    `cli/commands` with its command.
    """

    id: str
    typed: str
    label: str
    help: str
    group: Group
    places: frozenset[Place] = EVERYWHERE
    footer: int | None = None
    twin: str = ""
    flow: str = ""
    family: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys until the user sets others."""
        return tuple(self.typed.split())


G = Group
ACTIONS: tuple[Action, ...] = (
    Action("down", "j down", "Down", "To the next card.", G.MOVE, LISTS),
    Action("up", "k up", "Up", "To the card above.", G.MOVE, LISTS),
    Action("left", "h left shift+tab", "Left", "To the column on the left.", G.MOVE, BOARD),
    Action("right", "l right tab", "Right", "To the column on the right.", G.MOVE, BOARD),
    Action("page_down", "pagedown ctrl+d", "Page down", "Down one screen.", G.MOVE, ANYWHERE),
    Action("page_up", "pageup ctrl+u", "Page up", "Up one screen.", G.MOVE, ANYWHERE),
    Action("first", "g home", "First", "To the first card of the column.", G.MOVE, ANYWHERE),
    Action("last", "G end", "Last", "To the last card of the column.", G.MOVE, ANYWHERE),
    *(
        Action(f"column_{number}", str(number), stage.label, f"To the column {stage.label}.", G.MOVE, BOARD)
        for number, stage in enumerate(STAGES, 1)
    ),
    Action("open", "enter", "Open", "Open the application: its people, rounds and history.", G.MOVE,
            frozenset({Place.BOARD, Place.REVIEW}), 8, "show ID", family="show"),
    Action("review", "r", "Review",
            "Go through everything due today, one application at a time.",
            G.MOVE, footer=1, twin="review", family="overview"),
    Action("skip", "x j l right tab", "Skip",
            "Decide later: it comes back at the end; skipped twice, it's left until tomorrow.", G.MOVE, REVIEW, 1),
    Action("earlier", "k h left shift+tab", "Previous",
            "Back to the one before, to look at it or decide again.", G.MOVE, REVIEW, 7),
    Action("scroll_down", "down", "Scroll down", "Down one line.", G.MOVE, REVIEW),
    Action("scroll_up", "up", "Scroll up", "Up one line.", G.MOVE, REVIEW),
    Action("advance", "L > shift+right", "Advance",
            "Move to the next stage: Thanked, Awaiting, then Moved on with how it ended.",
            G.STAGES, footer=2, twin="advance ID", flow="record", family="stages"),
    Action("back", "H < shift+left", "Step back", "Move back one stage; the history stays.", G.STAGES,
            footer=13, twin="back ID", flow="record", family="stages"),
    Action("move_to", "m", "Move to", "Move to any stage, by its number.", G.STAGES, twin="move ID STAGE",
            flow="record", family="stages"),
    Action("close", "d", "Close",
            "Say how it ended: accepted, declined, rejected, withdrew or no reply.",
            G.STAGES, footer=8, twin="close ID OUTCOME", flow="record", family="stages"),
    Action("reopen", "R", "Reopen", "Reopen a closed application, in the stage it was in.", G.STAGES,
            twin="reopen ID", flow="record", family="stages"),
    Action("thank", "t", "Thanked",
            "Record that you sent a thank-you: to whom, how and when.",
            G.HAPPENED, footer=3, twin="thank ID", flow="touches", family="record"),
    Action("answer", "a", "Answered",
            "Record what they said about the next step, or a reply; it sets the dates.",
            G.HAPPENED, footer=4, twin="answer ID ANSWER", flow="record", family="record"),
    Action("log", "f", "Followed up",
            "Record an email, a call, a voicemail, a letter or their reply.",
            G.HAPPENED, footer=8, twin="log ID KIND", flow="touches", family="record"),
    Action("interview", "i", "Interview",
            "Add another interview, or move or cancel the one that is booked.",
            G.HAPPENED, footer=12, twin="interview ID WHEN", flow="record", family="record"),
    Action("offer", "dollar_sign", "Offer", "Record an offer: when they want an answer, pay, start, notes.",
            G.HAPPENED, twin="offer ID", flow="offers", family="stages"),
    Action("more_time", "T", "More time", "Record that you asked for more time to answer an offer.",
            G.HAPPENED, twin="more-time ID", flow="offers", family="stages"),
    Action("accept_offer", "A", "Accept", "Accept an offer: asks once, then about the letter and the others.",
            G.STAGES, twin="accept ID", flow="offers", family="stages"),
    Action("decline_offer", "minus", "Decline", "Decline an offer: asks once, then about the letter.", G.STAGES,
            twin="decline ID", flow="offers", family="stages"),
    Action("seen", "b", "Seen", "You know about today's interview: no more reminders today; it stays on the card.",
            G.HAPPENED, twin="seen ID", flow="record", family="record"),
    Action("note", "N", "Note", "Add a note to the history.", G.HAPPENED, footer=15, twin="note ID TEXT",
            flow="record", family="record"),
    Action("snooze", "s", "Snooze", "Snooze until a date; “off” wakes it.", G.DATES, footer=5,
            twin="snooze ID WHEN", flow="record", family="stages"),
    Action("pin", "p", "Pin", "Set your own date and why; it overrides the playbook. “off” unpins.",
            G.DATES, footer=11, twin="pin ID WHEN --why TEXT", flow="record", family="stages"),
    Action("pace", "P", "Pace", "How fast they decide: waits are longer for a slow employer.", G.DATES,
            twin="pace ID PACE", flow="record", family="stages"),
    Action("region", "W", "Region", "Whose public holidays count for them, such as DE or US-CA.", G.DATES,
            twin="region ID CODE", flow="record", family="stages"),
    Action("new", "n", "New", "Add an application in one line; Tab opens the full form.", G.WRITE, footer=9,
            twin="add COMPANY ROLE", family="add_edit_remove"),
    Action("edit", "e", "Edit", "Edit an application: job, people, interview, notes.", G.WRITE, footer=14,
            twin="edit ID", family="add_edit_remove"),
    Action("edit_notes", "E", "Notes in your editor",
            "Edit the notes in your own editor ($VISUAL or $EDITOR).", G.WRITE, twin="edit ID --notes TEXT"),
    Action("undo", "u", "Undo", "Undo the last change, even after a restart.", G.WRITE, ANYWHERE, footer=7,
            twin="undo", family="stages"),
    Action("redo", "U", "Redo", "Redo what was undone.", G.WRITE, ANYWHERE, twin="redo",
            family="stages"),
    Action("delete", "delete", "Delete", "Delete an application that was added by mistake; undo brings it back.",
           G.WRITE, twin="delete ID", flow="removing", family="add_edit_remove"),
    Action("merge", "M", "Merge", "Merge a job that was entered twice: select both, or pick the other one.",
           G.WRITE, twin="merge ID ID", flow="removing", family="add_edit_remove"),
    Action("forget", "F", "Forget", "Erase it for good, from the journal too. Asks first; can't be undone.",
           G.WRITE, twin="forget ID", flow="removing", family="add_edit_remove"),
    Action("repeat", "full_stop", "Repeat", "Do the last command again, on this application.", G.WRITE),
    Action("letter", "w", "Write",
            "A draft with the blanks left to fill: thank-you, check-in, withdrawal and more.",
            G.REACH, footer=4, twin="letter ID", flow="letter", family="letters"),
    Action("call", "c", "Call", "What to say on the phone or on their voicemail, with the number.",
            G.REACH, footer=10, twin="letter ID --template call", flow="letter"),
    Action("open_link", "o", "Open link", "Open the job's link in the browser.", G.REACH,
            twin="open ID", family="add_edit_remove"),
    Action("copy", "y", "Copy", "Copy an email address, a phone number, the link or a name.", G.REACH,
            twin="copy ID WHAT", family="add_edit_remove"),
    Action("filter", "slash", "Filter",
            "Show only cards with these words, or: late, due:tomorrow, due:week, stage:awaiting, -not.",
            G.SELECT, BOARD, 10, "list TEXT"),
    Action("sort", "S", "Sort", "Change the order: most urgent, company, longest in stage, newest.",
            G.SELECT, BOARD, twin="list --sort ORDER"),
    Action("select", "space", "Select", "Select or deselect this card; commands then take all selected.",
            G.SELECT, BOARD, 16),
    Action("select_range", "v", "Select range", "Select from the last selected card to this one.", G.SELECT,
            BOARD),
    Action("select_all", "asterisk", "Select all", "Select or deselect the whole column.", G.SELECT,
            BOARD),
    Action("send", "s ctrl+s", "Send", "Send it: mail program, file, clipboard, paper, or email right away.",
            G.LETTER, LETTER, 1, "letter ID --draft --format eml"),
    Action("write", "e tab", "Edit", "Edit the text; Tab for the next field, Esc when done.",
            G.LETTER, LETTER, 2),
    Action("write_subject", "S shift+tab", "Subject", "Edit the subject; Tab for the text, Esc when done.",
            G.LETTER, LETTER),
    Action("next_finding", "n j down", "Next", "Next finding, or a line down.", G.LETTER, LETTER, 3,
            "proof FILE --for ID"),
    Action("previous_finding", "N k up", "Previous", "Previous finding, or a line up.", G.LETTER, LETTER),
    Action("take", "enter", "Apply", "Use the first suggestion; 1 to 9 use another one.", G.LETTER,
            LETTER, 4),
    Action("ignore", "i", "Ignore", "Never flag this again in any letter; undo flags it again.", G.LETTER, LETTER,
            5, "proof FILE --ignore TEXT"),
    Action("template", "t", "Template", "Start over from another template; your text is kept as a draft.",
            G.LETTER, LETTER, 6, "letter ID --template NAME"),
    Action("addressee", "p", "Recipient", "Send it to somebody else.", G.LETTER, LETTER, 8, "letter ID --to NAME"),
    Action("attach", "a", "Attach", "Attach a file, or remove one.", G.LETTER, LETTER, 9,
            "letter ID --attach FILE"),
    Action("edit_letter", "E", "In your editor", "Edit it in your own editor ($VISUAL or $EDITOR).", G.LETTER,
            LETTER, 10),
    Action("discard", "D", "Discard", "Discard this draft; undo brings it back.", G.LETTER, LETTER, 11,
            "letter ID --discard"),
    Action("spoke", "s", "We spoke", "You spoke: record it, and what they said.", G.CALL, CALL, 1,
            "log ID call --outcome spoke"),
    Action("voicemail", "v", "Voicemail", "No answer: what to say after the beep; again once you've left it.",
            G.CALL, CALL, 2, "letter ID --template voicemail"),
    Action("no_answer", "x", "No answer", "Nobody answered, and you left no message.", G.CALL, CALL, 3,
            "log ID call --outcome no_answer"),
    Action("import", "O", "Import…",
            "Import a spreadsheet, an invitation or contacts; you see each row first.",
            G.WRITE, BOARD, twin="import FILE", family="import_export"),
    Action("export", "x", "Export…", "Save everything to a file: full copy, spreadsheet, report or calendar.",
            G.WRITE, BOARD, twin="export --format FORMAT"),
    Action("accept", "enter", "Import", "Import it all as one change that one undo takes back.", G.IMPORT,
            IMPORT, 1, "import FILE"),
    Action("take_all", "a", "All rows",
            "Also import rows without an interview, as applied; again to leave them out.", G.IMPORT, IMPORT, 2,
            "import FILE --all"),
    Action("look_at", "v", "Rows to check", "Show only the rows to check; again for all.", G.IMPORT,
            IMPORT, 3),
    Action("columns", "m", "Columns", "Say what each column means, or whose invitation it is.",
            G.IMPORT, IMPORT, 4, "import FILE --map FIELD=COLUMN"),
    Action("statuses", "s", "Statuses", "Say which stage each status of the file means.", G.IMPORT, IMPORT, 5,
            "import FILE --status STATUS=STAGE"),
    Action("date_order", "d", "Day or month first",
            "How to read dates like 03/04/2026, or times without a zone.", G.IMPORT, IMPORT, 6,
            "import FILE --day-first"),
    Action("role", "r", "Role", "Give one role to all rows that have none.", G.IMPORT, IMPORT,
            twin="import FILE --role ROLE"),
    Action("sheets", "t", "Sheets", "Choose which sheets of a workbook are read.", G.IMPORT, IMPORT,
            twin="import FILE --sheet NAME"),
    Action("other_file", "f", "Other file", "Pick another file.", G.IMPORT, IMPORT, 7),
    Action("help", "question_mark", "Help", "All keys of this screen; / searches them.", G.PROGRAM, ANYWHERE,
            twin="--help"),
    Action("decides", "K", "Playbook", "The rules behind every date, with reasons and sources.",
            G.PROGRAM),
    Action("offers", "percent_sign", "Compare offers", "The offers waiting for an answer, side by side.",
            G.MOVE, twin="offers", family="stages"),
    Action("insights", "I", "Insights", "How your search is going: stages reached, thank-yous, replies, dates.",
            G.MOVE, twin="stats", family="overview"),
    Action("settings", "comma", "Settings", "Every setting, to see and change: theme, region, name, keys, mail.",
            G.PROGRAM, footer=18, twin="settings", family="program"),
    Action("palette", "colon ctrl+p", "Palette", "Find any command, theme or saved filter by name.", G.PROGRAM,
            ANYWHERE),
    Action("history", "J", "Journal", "All changes, newest first.", G.PROGRAM, BOARD, twin="history",
            family="show"),
    Action("backup", "B", "Back up", "Back up everything now; this also happens by itself every half hour.",
           G.PROGRAM, BOARD, twin="backup", family="import_export"),
    Action("restore", "V", "Restore", "Go back to a backup; the current data is backed up first.",
           G.PROGRAM, BOARD, twin="restore BACKUP", family="import_export"),
    Action("check", "C", "Check", "Check the whole database for damage.", G.PROGRAM, BOARD,
           twin="check", family="import_export"),
    Action("leave", "escape", "Back out", "Clear the filter, then the selection; close what is open.",
            G.PROGRAM, ANYWHERE),
    Action("suspend", "ctrl+z", "Suspend", "Go to the shell; `fg` comes back.",
            G.PROGRAM, ANYWHERE),
    Action("quit", "q", "Quit", "Back to the board, or quit from it.", G.PROGRAM, ANYWHERE, footer=17),
)  # fmt: skip

COACH = "coach"
"""What the program begins with to show the boards of all seekers; no action, since it is no key of a board."""

FLOWS: Mapping[str, str] = {action.id: action.flow for action in ACTIONS if action.flow}
"""The module of each action's flow, by the action's id, which is also the name of the flow's function."""
BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}

_LOOKING = frozenset({"open_link", "copy", "help", "decides", "palette", "history", "leave", "quit"})
WRITING: frozenset[str] = frozenset(
    action.id
    for action in ACTIONS
    if action.id not in _LOOKING and (action.group not in (Group.MOVE, Group.SELECT) or action.id == "skip")
)
"""The ids of the actions that write something or lead there; a window that only looks refuses them."""


def actions_at(place: Place) -> tuple[Action, ...]:
    """The actions of one screen, in the order of the table."""
    return tuple(action for action in ACTIONS if place in action.places)


@cache
def footer_actions(place: Place) -> tuple[Action, ...]:
    """The actions of one screen's footer, the most useful first."""
    chosen = [action for action in actions_at(place) if action.footer is not None]
    return tuple(sorted(chosen, key=lambda action: action.footer or 0))


class ActionText(NamedTuple):
    """An action's name and sentence at a place, and its word in the footer; empty where the usual one does."""

    label: str = ""
    help: str = ""
    footer: str = ""


IN_PLACE: Mapping[tuple[str, Place], ActionText] = {
    ("down", Place.DETAIL): ActionText(help="A line down."),
    ("up", Place.DETAIL): ActionText(help="A line up."),
    ("first", Place.DETAIL): ActionText(help="To the top."),
    ("last", Place.DETAIL): ActionText(help="To the end."),
    ("leave", Place.DETAIL): ActionText(help="Back."),
    ("quit", Place.DETAIL): ActionText(label="Back", help="Back."),
    ("first", Place.LETTER): ActionText(help="To the top of the letter."),
    ("last", Place.LETTER): ActionText(help="To the end of the letter."),
    ("undo", Place.LETTER): ActionText(help="Undo the last change to this letter."),
    ("leave", Place.LETTER): ActionText(help="Back; your changes are kept as a draft."),
    ("quit", Place.LETTER): ActionText(label="Back", help="Back; your changes are kept."),
    ("first", Place.CALL): ActionText(help="To the top of the script."),
    ("last", Place.CALL): ActionText(help="To the end of the script."),
    ("leave", Place.CALL): ActionText(help="Back; nothing is recorded."),
    ("quit", Place.CALL): ActionText(label="Back", help="Back; nothing is recorded."),
    ("down", Place.IMPORT): ActionText(help="To the next row."),
    ("up", Place.IMPORT): ActionText(help="To the row above."),
    ("first", Place.IMPORT): ActionText(help="To the first row."),
    ("last", Place.IMPORT): ActionText(help="To the last row."),
    ("date_order", Place.IMPORT): ActionText(footer="Dates"),
    ("look_at", Place.IMPORT): ActionText(footer="To check"),
    ("leave", Place.IMPORT): ActionText(help="Back to the board; nothing is imported."),
    ("quit", Place.IMPORT): ActionText(label="Back", help="Back to the board; nothing is imported."),
    ("first", Place.REVIEW): ActionText(help="To the top."),
    ("last", Place.REVIEW): ActionText(help="To the end."),
    ("leave", Place.REVIEW): ActionText(help="Dismiss a message, else leave the review."),
    ("quit", Place.REVIEW): ActionText(label="Back", help="Back to the board; you can continue the review later."),
    ("review", Place.REVIEW): ActionText(label="Left for later", help="Go through what was left for later."),
    ("undo", Place.REVIEW): ActionText(help="Undo the last decision or skip of this review, and return to it."),
    ("earlier", Place.REVIEW): ActionText(footer="Previous"),
    ("close", Place.REVIEW): ActionText(footer="Close"),
}


def text_at(action: Action, place: Place) -> Action:
    """The action as it is called and told at a place."""
    told = IN_PLACE.get((action.id, place), ActionText())
    return replace(action, label=told.label or action.label, help=told.help or action.help)


def footer_label(action: Action, place: Place) -> str:
    """The action's word in the footer of a place."""
    told = IN_PLACE.get((action.id, place), ActionText())
    return told.footer or told.label or action.label
