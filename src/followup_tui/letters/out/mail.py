"""The user's own mail account: sending by it, keeping a draft in it, and its password."""

from followup_tui.letters.out.imap import save_to_drafts
from followup_tui.letters.out.passwords import password_of, store_password
from followup_tui.letters.out.smtp import send
from followup_tui.letters.out.trouble import MailTrouble, OutcomeUnknown

__all__ = ["MailTrouble", "OutcomeUnknown", "password_of", "save_to_drafts", "send", "store_password"]
