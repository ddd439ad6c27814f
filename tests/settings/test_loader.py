from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.format import English
from followup_tui.domain.model.mail_account import MailAccount, Security
from followup_tui.domain.model.touch import Sender
from followup_tui.settings import Problem, Settings, load_settings
from followup_tui.settings.checks import longest_break
from followup_tui.settings.schema import MAIL_KEYS, SCHEMA
from followup_tui.settings.toml_file import SIZE_LIMIT, key_lines
from followup_tui.tracker.regions import fingerprint_of, is_month_first_at, sender_of
from write_docs import example_settings

ACTIONS = ("advance", "back", "thank")
DEFAULTS = Settings()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def told(file: Path, content: str | bytes) -> tuple[Settings, list[tuple[str, int]], str]:
    """The settings, each problem's key and line, and the problems as one text."""
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    settings, problems = load_settings(
        file, action_ids=ACTIONS, themes=("auto", "followup-dark", "followup-light")
    )
    return settings, [(problem.key, problem.line) for problem in problems], "\n".join(map(str, problems))


def test_a_missing_file_is_all_defaults(file: Path) -> None:
    assert load_settings(file) == (DEFAULTS, ())


@pytest.mark.parametrize("content", ["", "\n", "# nothing\n", "\ufeff"])
def test_an_empty_file_is_all_defaults(file: Path, content: str) -> None:
    assert told(file, content) == (DEFAULTS, [], "")


def test_good_settings_apply(file: Path) -> None:
    settings, problems, _ = told(
        file,
        'theme = "followup-light"\nascii = false\nsort = "company"\nmouse = false\n'
        '[keys]\nadvance = ["L", "f5"]\nback = "H"\nthank = []\n',
    )
    assert problems == []
    assert settings == Settings(
        theme="followup-light",
        ascii=False,
        sort="company",
        mouse=False,
        keys={"advance": ("L", "f5"), "back": ("H",), "thank": ()},
    )


def test_a_bad_setting_keeps_its_default_and_the_good_ones_apply(file: Path) -> None:
    settings, problems, _ = told(file, 'mouse = false\nsort = "loudest"\n\n[keys]\nadvance = "x"\nback = 5\n')
    assert settings == Settings(mouse=False, keys={"advance": ("x",)})
    assert problems == [("sort", 2), ("keys.back", 6)]


def test_a_syntax_error_is_told_by_line_and_everything_is_default(file: Path) -> None:
    settings, problems, sentence = told(file, 'mouse = false\n\ntheme = "unfinished\n')
    assert settings == DEFAULTS
    assert problems == [("", 3)]
    assert "isn't TOML" in sentence


@pytest.mark.parametrize(
    ("content", "line"),
    [("a = 1\na = 2\n", 2), ("x = [1,\n2\n", 2), ('x = """\n', 1), ("mouse\n", 1), ("\n\n[keys\n", 3)],
)
def test_every_syntax_error_has_a_line(file: Path, content: str, line: int) -> None:
    assert told(file, content)[1] == [("", line)]


@pytest.mark.parametrize(
    "content",
    [
        f"x = {'[' * 100_000}",
        f"x = {'9' * 10_000}",
        f"mouse = 0x{'f' * 10_000}",
        f"x = [{{y = [0x{'f' * 99}]}}]",
        f"x = {'{a=' * 50_000}",
    ],
)
def test_a_monstrous_value_is_a_problem_not_a_crash(file: Path, content: str) -> None:
    settings, problems, _ = told(file, content)
    assert settings == DEFAULTS
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ("thme = 'x'", "did you mean theme?"),
        ("[keys]\nadvnace = 'x'", "did you mean advance?"),
        ("zzz = 1", '"zzz"'),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest_known_one(file: Path, content: str, hint: str) -> None:
    assert hint in told(file, content)[2]


def test_without_a_list_of_actions_any_action_is_taken(file: Path) -> None:
    file.write_text("[keys]\nanything = 'x'\n")
    settings, problems = load_settings(file)
    assert settings.keys == {"anything": ("x",)}
    assert problems == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('mouse = "true"', "without quotes"),
        ("mouse = 1", "true or false"),
        ("theme = true", "text in quotes, not true"),
        ("theme = 2026-11-22", "not a date or time"),
        ("theme = {a = 1}", "not a table"),
        ('theme = ""', "empty"),
        ('theme = "followup-drak"', "did you mean followup-dark?"),
        ('sort = "Age"', "age, company, due, newest"),
        ("region = 49", "text in quotes, not 49"),
        ("region = 'Bavaria'", "DE, DE-BY or US-CA"),
        ("region = 'DE-'", "DE, DE-BY or US-CA"),
        ("days_off = '2026-12-24'", 'a list like ["2026-12-24"]'),
        ("days_off = [5]", "5 is no day off"),
        ("days_off = ['24.12.']", '"24.12." is no day'),
        ("days_off = ['2027-02-29']", "is no day"),
        ("days_off = ['2026-12-24..2026-12-23']", "ends before it begins"),
        ("days_off = ['2026-01-01..2026-12-31']", "more than 183 days"),
        ("days_off = ['2026-01-02..2026-05-15', '2026-05-18..2026-08-14']", "183 days in a row"),
        ('theme = "dark\\u001b[2J"', "can't be shown"),
        ("keys = 5", r"[keys]"),
        ("[[keys]]\nadvance = 'L'", r"[keys]"),
        ("keys.advance = {a = 1}", "A table is no key"),
        ("keys.advance = ''", "no key's name"),
        ("keys.advance = ['L', 3]", "3 is no key"),
    ],
)
def test_a_value_that_cannot_be_taken_says_what_would_be(file: Path, content: str, words: str) -> None:
    settings, problems, sentence = told(file, content)
    assert settings == Settings(keys=settings.keys)
    assert settings.keys == {}
    assert len(problems) == 1
    assert words in sentence


@pytest.mark.parametrize(
    ("content", "places"),
    [
        ('theme = """\n\n"""\nnope = 1\n', [("theme", 1), ("nope", 4)]),
        (
            "keys.advance = 1\nkeys.back = [\n 'H', # fine\n\n 5,\n]\nnope = 2",
            [("keys.advance", 1), ("keys.back", 5), ("nope", 7)],
        ),
        ("keys = { advance = 'L', back = [\n'H',\n'<', 7] }\nnope = 1\n", [("keys.back", 3), ("nope", 4)]),
        ("x = '''a\n[keys]\n\"\"\"'''\n[ keys ]\n\"advance\" . nope = 1\n", [("x", 1), ("keys.advance", 5)]),
        (
            '# [keys]\r\n\r\n[keys]\r\n\'ba"ck\' = 1\r\n"adv\\u0061nce" = 2\r\n',
            [('keys.ba"ck', 4), ("keys.advance", 5)],
        ),
        ("mouse = [[1, {a = 1, b = ']'}],\n 2]\n[keys] # [x]\nthank = 1.5\n", [("mouse", 1), ("keys.thank", 4)]),
        ("[[nope]]\na = 1\n[[nope]]\nmouse = 3\n[keys.advance]\nmouse = 1\n", [("nope", 1), ("keys.advance", 5)]),
        ('x = """a""\\""""\nnope = 1', [("x", 1), ("nope", 2)]),
    ],
)
def test_the_line_is_right_for_every_way_toml_can_be_written(
    file: Path, content: str, places: list[tuple[str, int]]
) -> None:
    assert told(file, content)[1] == places


_names = st.sampled_from(["a", "b c", "d.e", 'f"g', "h'i", "ü", "j#k", "l=m", "[n]", "o\\p"])
_texts = st.sampled_from(
    ['"x"', "'''\ny\n'''", '"""\n# z = 1\n"""', "1.5", "2026-11-22T10:00:00Z", "[\n1,\n[2,\n'3']\n]"]
)


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_entries = st.lists(st.tuples(_names, _texts), unique_by=lambda entry: entry[0])
_tables = st.lists(st.tuples(_names, _entries), unique_by=lambda table: table[0])


@given(_tables)
def test_every_key_is_found_on_the_line_it_was_written_on(tables: list[tuple[str, list[tuple[str, str]]]]) -> None:
    text = ""
    expected: dict[tuple[str, ...], int] = {}
    for table, entries in tables:
        expected[(table,)] = text.count("\n") + 1
        text += f"[{_quoted(table)}] # a comment = 1\n"
        for key, value in entries:
            expected[(table, key)] = text.count("\n") + 1
            text += f"{_quoted(key)} = {value}\n\n"
    tomllib.loads(text)
    lines = {path: line for path, line in key_lines(text).items() if len(path) < 3}
    assert lines == expected


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    settings, problems = load_settings(tmp_path)
    assert settings == DEFAULTS
    assert "can't be read" in problems[0].sentence


def test_a_file_that_is_not_utf8_is_told_by_line(file: Path) -> None:
    assert told(file, b"mouse = false\n# caf\xe9\n")[:2] == (DEFAULTS, [("", 2)])


def test_a_file_over_a_megabyte_is_not_read(file: Path) -> None:
    settings, problems, sentence = told(file, "mouse = false\n" + "#" * SIZE_LIMIT)
    assert settings == DEFAULTS
    assert problems == [("", 0)]
    assert "megabyte" in sentence


def test_hostile_names_and_values_reach_no_sentence_raw(file: Path) -> None:
    _, problems, sentence = told(
        file, '"\\u001b]52;c;x\\u0007\\u202e" = 1\nsort = "\\u009b2J"\n[keys]\n"a\\u0000" = "x"'
    )
    assert len(problems) == 3
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", sentence)


def test_a_problem_reads_as_line_key_and_sentence() -> None:
    assert str(Problem(key="sort", line=3, sentence="No.")) == "line 3, sort: No."
    assert str(Problem(key="", line=0, sentence="No.")) == "No."


@given(st.text() | st.from_regex(r"(\[?keys\]?\.?[a-z]* = [\[\]{}'\",a1\n ]*\n)+"))
def test_no_text_at_all_can_stop_the_program_from_starting(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    settings, problems = load_settings(file, action_ids=ACTIONS)
    assert isinstance(settings, Settings)
    assert all(problem.line for problem in problems)


def test_every_setting_has_its_sentence_and_its_check() -> None:
    for setting in fields(Settings):
        assert re.fullmatch(r"[A-Z].*\.", setting.metadata["sentence"])
        assert callable(setting.metadata["check"])
    assert list(SCHEMA) == [setting.name for setting in fields(Settings)]


def test_the_documented_file_changes_nothing_as_it_stands(file: Path) -> None:
    assert told(file, example_settings()) == (DEFAULTS, [], "")


def test_the_documented_file_with_every_line_taken_in_is_the_defaults(file: Path) -> None:
    content = re.sub(r"(?m)^# (?=[a-z_]+ = )", "", example_settings({"advance": ("L", '"', "\\")}))
    settings, problems, _ = told(file, content)
    assert problems == []
    assert settings == Settings(
        ascii=True,
        region="DE-BY",
        days_off=("2026-12-24..2027-01-01",),
        keys={"advance": ("L", '"', "\\")},
        name="Robin Okafor",
        email="robin@okafor.example",
        phone="+49 30 1234567",
        address="Long Street 1\n10115 Berlin\nGermany",
        english=English.AMERICAN,
        colors={"late": "#ff8080", "background": "#101418"},
        mail=MailAccount(
            user="robin@okafor.example",
            smtp_host="smtp.okafor.example",
            imap_host="imap.okafor.example",
            drafts="Drafts",
            password_command="pass show mail/okafor",
            ca_file="~/okafor-ca.pem",
        ),
    )


def test_a_filter_has_a_name_and_the_text_that_one_types(file: Path) -> None:
    settings, problems, _ = told(
        file, '[filters]\nRemote = "#remote -late"\n" They call " = \'stage:awaiting note:"will call"\'\n'
    )
    assert problems == []
    assert settings.filters == {"Remote": "#remote -late", "They call": 'stage:awaiting note:"will call"'}


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ('filters = "late"\n', 1, "a table of their own"),
        ('[filters]\n"" = "late"\n', 2, "at most 40 characters"),
        (f'[filters]\n{"x" * 41} = "late"\n', 2, "at most 40 characters"),
        ('[filters]\n"a\\u001b" = "late"\n', 2, "can be read"),
        ('[filters]\nMine = "late"\nmine = "today"\n', 3, '"Mine" already'),
        ("[filters]\n\nMine = 5\n", 3, "5 is no filter"),
        ("[filters]\nMine = ['late']\n", 2, "A list is no filter"),
        ('[filters]\nMine = " "\n', 2, "1 to 200 characters"),
        (f'[filters]\nMine = "{"x" * 201}"\n', 2, "1 to 200 characters"),
        ('[filters]\nMine = "a\\u0007"\n', 2, "can be shown"),
    ],
)
def test_a_filter_that_cannot_be_taken_is_told_by_its_line_and_the_others_count(
    file: Path, content: str, line: int, words: str
) -> None:
    settings, problems, sentence = told(file, content)
    assert [each for _, each in problems] == [line]
    assert words in sentence
    assert set(settings.filters) <= {"Mine"}
    good = content + 'Other = "late"\n' if content.startswith("[") else ""
    assert not good or told(file, good)[0].filters["Other"] == "late"


def test_days_off_are_dates_and_spans_with_or_without_quotes(file: Path) -> None:
    settings, problems, _ = told(file, "days_off = [2026-11-30, '2026-12-24 .. 2026-12-26', \"2027-05-14\"]\n")
    assert problems == []
    assert settings.days_off == ("2026-11-30", "2026-12-24..2026-12-26", "2027-05-14")
    christmas = {date(2026, 12, day) for day in (24, 25, 26)}
    assert settings.days_off_days() == {date(2026, 11, 30), date(2027, 5, 14), *christmas}


def test_a_bad_day_off_is_told_by_its_line_and_the_others_count(file: Path) -> None:
    settings, problems, sentence = told(file, 'days_off = [\n  "2026-12-24",\n  "someday",\n  "2026-12-31",\n]\n')
    assert settings.days_off == ("2026-12-24", "2026-12-31")
    assert problems == [("days_off", 3)]
    assert "left out" in sentence


@pytest.mark.parametrize("region", ["DE", "de-by", "US-CA", "BR-São Paulo Capital", "AD-07"])
def test_a_region_is_a_country_with_or_without_its_state(file: Path, region: str) -> None:
    settings, problems, _ = told(file, f'region = " {region} "\n')
    assert (settings.region, problems) == (region, [])


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 40), st.integers(0, 5))
def test_the_longest_break_counts_the_weekends_between(start: date, length: int, gap: int) -> None:
    days = {start + timedelta(days=count) for count in range(length + 1)}
    after = max(days) + timedelta(days=gap + 1)
    between = [max(days) + timedelta(days=count + 1) for count in range(gap)]
    joined = all(day.weekday() >= 5 for day in between)
    assert longest_break([*days, after]) == (length + 2 + gap if joined else length + 1)


def test_a_start_without_a_settings_file_loads_no_toml_reader(file: Path) -> None:
    probe = (
        "import sys, pathlib; from followup_tui.settings import load_settings;"
        f"load_settings(pathlib.Path({str(file)!r}));"
        "sys.exit(any(name in sys.modules for name in ('tomllib', 'tomlkit', 'difflib', 'shlex')))"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


def test_the_englishes_and_the_keys_of_the_mail_account_are_all_there_with_their_sentences() -> None:
    names = [key.name for key in fields(MailAccount)]
    assert SCHEMA["english"]["choices"] == tuple(English)
    assert list(MAIL_KEYS) == names
    for check, sentence, _ in MAIL_KEYS.values():
        assert callable(check)
        assert re.fullmatch(r"[A-Z].*\.", sentence)


def test_who_writes_is_told_by_the_settings(file: Path) -> None:
    settings, problems, _ = told(
        file,
        'name = " Robin Okafor "\nemail = "robin@okafor.example"\nphone = "+49 30 1234"\nenglish = "british"\n'
        'address = """\n  Weg 1\n\n10115\tBerlin\n"""\n',
    )
    assert problems == []
    expected = Sender(
        name="Robin Okafor",
        email="robin@okafor.example",
        phone="+49 30 1234",
        address="Weg 1\n10115 Berlin",
        english=English.BRITISH,
    )
    assert sender_of(settings) == expected


def test_a_mail_account_is_a_table_and_starttls_has_its_own_ports(file: Path) -> None:
    settings, problems, _ = told(
        file,
        '[mail]\nuser = "robin"\nsmtp_host = "mail.okafor.example"\nsmtp_security = "starttls"\n'
        'imap_host = "::1"\nimap_security = "starttls"\nimap_port = 1430\ndrafts = "Entwürfe"\n',
    )
    assert problems == []
    assert settings.mail == MailAccount(
        user="robin",
        smtp_host="mail.okafor.example",
        smtp_port=587,
        smtp_security=Security.STARTTLS,
        imap_host="::1",
        imap_port=1430,
        imap_security=Security.STARTTLS,
        drafts="Entwürfe",
    )


def test_a_pipe_in_place_of_the_settings_is_told_and_not_waited_for(file: Path) -> None:
    os.mkfifo(file)
    settings, problems = load_settings(file)
    assert settings == DEFAULTS
    assert "can't be read (it is a pipe); the defaults are in force" in problems[0].sentence
    assert fingerprint_of(file, ZoneInfo("Europe/Berlin"))
    assert not is_month_first_at(file)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ('name = "a\\u001b"\n', 1, "can't be shown"),
        (f'name = "{"x" * 201}"\n', 1, "more than 200 characters"),
        ('phone = "abc"\n', 1, "no phone number, as it has no digit"),
        ('\nemail = "Robin <robin@okafor.example>"\n', 2, "no plain email address"),
        ("email = ['robin@okafor.example']\n", 1, "text in quotes, not a list"),
        ("phone = 4930\n", 1, "text in quotes, not 4930"),
        ("address = 5\n", 1, "three of them for several lines"),
        ("address = '''" + "x\n" * 9 + "'''\n", 1, "at most 8 lines"),
        ('address = "a\\u0007b"\n', 1, "can't be shown"),
        ('english = "britsh"\n', 1, "did you mean british?"),
        ('mail = "robin@okafor.example"\n', 1, "table of its own"),
        ('[mail]\nsmtp_hots = "x"\n', 2, "did you mean smtp_host?"),
        ('[mail]\nsmtp_host = "smtp://x:25"\n', 2, "no server's name"),
        ('[mail]\nsmtp_port = "465"\n', 2, "number from 1 to 65535 without quotes"),
        ("[mail]\nimap_port = true\n", 2, "not true"),
        ("[mail]\nimap_port = 65536\n", 2, "not 65536"),
        ('[mail]\n\nimap_security = "none"\n', 3, "none of starttls, tls"),
        ('[mail]\npassword_command = ["pass"]\n', 2, "text in quotes, not a list"),
        ('[mail]\nca_file = "ca.pem"\n', 2, "begins with / or ~"),
        ('[mail]\nuser = "a\\nb"\n', 2, "can't be shown"),
    ],
)
def test_a_mistake_in_the_sender_or_the_account_is_told_by_its_line(
    file: Path, content: str, line: int, words: str
) -> None:
    settings, problems, sentence = told(file, content)
    assert [at for _, at in problems] == [line]
    assert words in sentence
    assert settings == DEFAULTS


@pytest.mark.parametrize("key", ["password", "Passwd", "secret"])
def test_a_password_in_the_file_is_not_read_and_not_repeated(file: Path, key: str) -> None:
    settings, problems, sentence = told(file, f'[mail]\nuser = "robin"\n{key} = "hunter2"\n')
    assert problems == [(f"mail.{key}", 3)]
    assert settings == Settings(mail=MailAccount(user="robin"))
    assert "keyring" in sentence
    assert "password_command" in sentence
    assert "hunter2" not in sentence + repr(settings)


@pytest.mark.parametrize(
    "address", ["a@b", "robin@okafor", "robin", "robin@okafor@example.com", "Robin <r@o.example>"]
)
def test_an_address_of_ones_own_needs_a_whole_domain(file: Path, address: str) -> None:
    settings, _, problems = told(file, f'email = "{address}"')
    assert settings.email == ""
    assert "is no plain email address" in problems
