"""What a verb asks before it is carried out, one file a question; each is loaded when its key is pressed first."""
