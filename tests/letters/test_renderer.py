"""A template can say little, reach nothing, and come to an end; facts are never read as code."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.letters.template_fields import FIELDS
from followup_tui.domain.model.touch import Channel, LetterKind
from followup_tui.letters.renderer import (
    FILTERS,
    MAX_ROUNDS,
    OUTPUT_LIMIT,
    render,
    require_valid,
    tidy_spaces,
    used_fields,
)
from followup_tui.letters.template import BrokenTemplate, Template

KNOWN = {"my_name": "Alex Kim", "company": "Acme", "others": ("Ann", "Ben", "Cem"), "round": 2, "panel_size": 4}


def template(body: str, subject: str = "Hello") -> Template:
    return Template(
        name="own",
        title="Own",
        kind=LetterKind.CHECK_IN,
        channel=Channel.EMAIL,
        words=100,
        subject=subject,
        body=body,
        subject_line=5,
        body_line=7,
        file="own.txt",
        is_own=True,
    )


def refusal(body: str) -> tuple[int, str]:
    with pytest.raises(BrokenTemplate) as refused:
        render(template(body), KNOWN)
    return refused.value.line, refused.value.sentence


def test_all_missing_fields_are_known_at_once() -> None:
    made = render(
        template("{{ my_phone }} {{ my_name }} {{ thing }}{% if topic %}, {{ topic }}{% endif %}", "{{ role }}"),
        KNOWN,
    )
    assert made.missing == ("role", "my_phone", "thing")
    assert made.unused == ("topic",)
    assert made.body == "[your phone number] Alex Kim [what they asked for]"
    assert made.subject == "[the position]"


def test_an_unknown_fact_is_a_no_in_every_question() -> None:
    asked = ("topic", "topic == 'x'", "round_words in ('a', 'b')", "'a' in topic", "position > 1", "position < 1",
             "position % 2", "topic is defined", "topic|length")  # fmt: skip
    for question in asked:
        made = render(template("{% if " + question + " %}yes{% else %}no{% endif %}"), KNOWN)
        assert (made.body, made.missing) == ("no", ())


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("{{ others|in_words }}", "Ann, Ben and Cem"),
        ("{{ others|join(' / ') }}", "Ann / Ben / Cem"),
        ("{{ others|first }} {{ others|last }} {{ others|length }}", "Ann Cem 3"),
        ("{{ company|upper }} {{ company|lower }} {{ 'a b'|capitalize }} {{ ' x '|trim }}", "ACME acme A b x"),
        ("{{ topic|default('the work') }}", "the work"),
        ("{{ 'it is done'|sentence }}", "It is done."),
        (
            "{% for one in others %}{{ loop.index }} {{ one }}{% if not loop.last %}, {% endif %}{% endfor %}",
            "1 Ann, 2 Ben, 3 Cem",
        ),
        ("{{ round + 1 }} {{ round - 1 }} {{ 'even' if round is even else 'odd' }}", "3 1 even"),
        ("{% if round in (1, 2) and not topic %}x{% endif %}", "x"),
        ("{# nobody reads this #}x", "x"),
    ],
)
def test_what_a_template_can_do(written: str, made: str) -> None:
    assert render(template(written), KNOWN).body == made


@pytest.mark.parametrize(
    "written",
    [
        "{{ company.__class__ }}",
        "{{ company.upper() }}",
        "{{ company['__class__'] }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ company|attr('__class__') }}",
        "{{ '%s'.format }}",
        "{% for x in others %}{{ x.__class__ }}{{ loop.__class__ }}{% endfor %}",
        "{% for x in others recursive %}{{ loop(others) }}{% endfor %}",
        "{{ range(10) }}",
        "{{ lipsum() }}",
        "{{ cycler }}",
        "{{ self }}",
        "{{ the sheet }}",
        "{% set x = 1 %}",
        "{% set x %}y{% endset %}",
        "{% macro x() %}{% endmacro %}",
        "{% include '/etc/passwd' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% block x %}{% endblock %}",
        "{% filter upper %}x{% endfilter %}",
        "{% call x() %}{% endcall %}",
        "{% with x = 1 %}{% endwith %}",
        "{{ 'x' * 1000000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ company ~ company }}",
        "{{ [company, company]|join }}",
        "{{ others[0] }}",
        "{{ company|replace('A', 'B') }}",
        "{{ company|center(1000000000) }}",
        "{{ others|counted }}",
        "{% for a, b in others %}{% endfor %}",
    ],
)
def test_everything_else_is_refused_by_its_line(written: str) -> None:
    with pytest.raises(BrokenTemplate) as refused:
        require_valid(template("One\n\n" + written))
    assert refused.value.line == 9
    assert refused.value.sentence.endswith((".", "?"))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Dear {{ nmae }},", "There is no field “nmae”; did you mean “name”?"),
        ("{{ zzzzzz }}", "There is no field “zzzzzz”."),
        ("{{ company|uper }}", "There is no filter “uper”; did you mean “upper”?"),
        ("{% if name is oddd %}{% endif %}", "There is no test “oddd”; did you mean “odd”?"),
        ("{{ name.first }}", "A field has nothing behind a dot, so “.first” can't be used."),
        ("{% set x = 1 %}", "A letter's template can't use “set”."),
        ("{{ name", "This can't be read: unexpected end of template, expected 'end of print statement'."),
    ],
)
def test_a_mistake_is_told_in_a_sentence(written: str, told: str) -> None:
    assert refusal(written) == (7, told)


def test_a_mistake_in_the_subject_is_told_by_its_own_line() -> None:
    with pytest.raises(BrokenTemplate) as refused:
        require_valid(template("x", subject="{{ rolle }}"))
    assert (refused.value.line, refused.value.sentence) == (5, "There is no field “rolle”; did you mean “role”?")


def test_a_name_of_a_loop_is_known_only_inside_it() -> None:
    assert refusal("{% for one in others %}{{ one }}{% endfor %}\n{{ one }}")[0] == 8


def test_loops_in_loops_come_to_an_end() -> None:
    depth = 12
    loops = "".join(f"{{% for x{n} in others %}}" for n in range(depth)) + "{% endfor %}" * depth
    assert refusal("\n" + loops) == (
        8,
        f"This can't be filled in: its loops take more than {MAX_ROUNDS:,} rounds.",
    )


def test_a_letter_has_an_end() -> None:
    loops = "{% for x in others %}{% for y in others %}{% for z in others %}" + "word " * 2_000
    told = f"This can't be filled in: it makes more than {OUTPUT_LIMIT:,} characters."
    assert refusal(loops + "{% endfor %}{% endfor %}{% endfor %}") == (7, told)


@pytest.mark.parametrize(
    "deep",
    [
        "(" * 5_000 + "1" + ")" * 5_000,
        "not " * 5_000 + "1",
        "1 + " * 5_000 + "1",
        "1 and " * 3_000 + "1",
    ],
)
def test_what_is_nested_too_deeply_is_refused(deep: str) -> None:
    assert refusal("{{ " + deep + " }}") == (7, "It is nested too deeply.")


@pytest.mark.parametrize("nested", ["{% if round %}", "{% for x in others %}"])
def test_blocks_nested_too_deeply_are_refused(nested: str) -> None:
    end = "{% endif %}" if "if" in nested else "{% endfor %}"
    for depth in (15, 17, 18, 19, 20, 21, 100, 500):
        body = nested * depth + "x" + end * depth
        if "if" in nested and depth < 17:
            assert render(template(body), KNOWN).body == "x"
        else:
            refusal(body)


@pytest.mark.parametrize(
    "sum", ["company + company", "company % 5", "round % 0", "others + others", "round < company"]
)
def test_only_whole_numbers_are_reckoned_with(sum: str) -> None:
    line, sentence = refusal("One\n{{ " + sum + " }}")
    assert line == 8
    assert sentence.startswith("This can't be filled in: ")


@given(st.text(max_size=200), st.sampled_from(tuple(FIELDS)))
def test_facts_are_never_code(text: str, field: str) -> None:
    made = render(template("a{{ " + field + " }}b"), {field: text})
    assert made.body == tidy_spaces(f"a{text}b")


PIECES = st.sampled_from(
    ("{{", "}}", "{%", "%}", "{#", "#}", "if ", "endif", "for x in others", "endfor", "name", "others", "|upper",
     "==", " 1 ", "%", "+", ".", "(", ")", "'", "\n", " ", "else", "elif round", "\\", "{% raw %}",
     "{% endraw %}", "-")
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_template_is_filled_or_told(body: str) -> None:
    told: BrokenTemplate | None = None
    try:
        made = render(template(body), KNOWN)
    except BrokenTemplate as trouble:
        told = trouble
    if told is None:
        assert len(made.body) <= OUTPUT_LIMIT
    else:
        assert told.sentence.endswith((".", "?"))
        assert 7 <= told.line <= 7 + body.count("\n")


def test_lines_of_nothing_but_tags_leave_nothing_behind() -> None:
    made = render(
        template(
            "A\n{% if topic %}\nB\n{% endif %}\nC{% if round %}\n{% endif %}\nD {% if round %}e{% endif %}\nF"
        ),
        KNOWN,
    )
    assert made.body == "A\nC\nD e\nF"


def test_a_letter_is_tidied() -> None:
    assert tidy_spaces("\n\n a  b \t c \n\n\n\n d \n\n") == "a b c\n\nd"


def test_the_fields_of_a_template_are_told_in_the_order_of_its_text() -> None:
    assert used_fields(template("{{ name }} {{ role }} {% if topic %}{% endif %}", "{{ role }}")) == (
        "role",
        "name",
        "topic",
    )


def test_every_filter_takes_a_fact_that_is_not_known() -> None:
    for name in FILTERS:
        assert render(template("{{ topic|" + name + " }}"), {}).missing in ((), ("topic",))
    assert render(template("{{ topic|upper }}"), {}).missing == ("topic",)


def test_one_letter_leaves_no_trace_in_the_next() -> None:
    one = template("{{ topic }}{{ name }}")
    assert render(one, {}).missing == ("topic", "name")
    assert render(one, {"topic": "x"}).missing == ("name",)
    assert render(replace(one, body="{{ name }}"), {"name": "y"}).missing == ()
