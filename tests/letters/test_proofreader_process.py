"""Harper's process: it may die, hang or be missing, and the proofreader goes on."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from followup_tui.domain.letters.finding import Proof, ProofContext
from followup_tui.letters.proofreader.harper import COMMAND, Grammar
from followup_tui.letters.proofreader.proofreader import Proofreader

TEXT = "I recieved it  twice, and I look forward to hear from you."
OWN, HARPERS = "doubled_space", "harper:SpellCheck"
ENDS_WITHIN_MS = 20_000

_STARTED_BY_TEST = """
import sys
from followup_tui.domain.letters.finding import ProofContext
from followup_tui.letters.proofreader.proofreader import Proofreader
reader = Proofreader()
reader.start()
found = reader.proof("I'm looking forward to hear from you. I recieved it.", ProofContext()).findings
print(sorted(one.rule for one in found), "harper" in sys.modules, reader._grammar.process_id, flush=True)
sys.stdin.read()
"""


def _python(code: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code, *arguments)


def _rules(proof: Proof) -> set[str]:
    return {one.rule for one in proof.findings}


def _ends(pid: int) -> bool:
    """Whether a process that is no child of ours ends, soon."""
    handle = os.pidfd_open(pid)
    try:
        return bool(select.select([handle], [], [], ENDS_WITHIN_MS / 1_000)[0])
    finally:
        os.close(handle)


@pytest.fixture
def own_reader() -> Iterator[Proofreader]:
    reader = Proofreader()
    yield reader
    reader.close()


def _reader(command: tuple[str, ...], answers_within: float = 10.0) -> tuple[Proofreader, Grammar]:
    grammar = Grammar(command, answers_within)
    return Proofreader(grammar), grammar


def test_it_is_started_when_it_is_needed(own_reader: Proofreader) -> None:
    assert {OWN, HARPERS} <= _rules(own_reader.proof(TEXT, ProofContext()))


def test_after_it_was_killed_the_next_letter_is_read_as_before() -> None:
    reader, grammar = _reader(COMMAND)
    before = reader.proof(TEXT, ProofContext())
    killed = grammar.process_id
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    assert reader.proof(TEXT, ProofContext()) == before
    assert grammar.process_id != killed
    reader.close()


def test_a_letter_in_the_middle_of_which_it_dies_is_read_all_the_same(tmp_path: Path) -> None:
    dies_once = (
        "import os, pathlib, signal, sys\n"
        "marker = pathlib.Path(sys.argv[1])\n"
        "if not marker.exists():\n"
        "    sys.stdin.buffer.readline()\n"
        "    marker.touch()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "from followup_tui.letters.proofreader import harper\n"
        "harper.main()\n"
    )
    reader, _ = _reader(_python(dies_once, str(tmp_path / "died")))
    proof = reader.proof(TEXT, ProofContext())
    reader.close()
    assert (tmp_path / "died").exists()
    assert not proof.missing
    assert {OWN, HARPERS} <= _rules(proof)


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (("/nonexistent/python",), "can't be started"),
        (_python("import sys; sys.stdin.readline()"), "stopped unexpectedly"),
        (_python("import sys; sys.stdin.readline(); print('debug noise', flush=True)"), "stopped unexpectedly"),
        (
            _python(
                "import sys; sys.modules['harper'] = None\n"
                "from followup_tui.letters.proofreader import harper; harper.main()"
            ),
            "harper-py isn't installed",
        ),
    ],
)
def test_without_it_a_sentence_says_so_and_the_other_checks_are_on(command: tuple[str, ...], why: str) -> None:
    reader, _ = _reader(command)
    reader.start()
    for _ in range(3):
        proof = reader.proof(TEXT, ProofContext())
        assert proof.missing.startswith("Spelling and grammar can't be checked: ")
        assert why in proof.missing
        assert proof.missing.endswith("; the other checks are on.")
        assert OWN in _rules(proof)
    reader.close()


def test_one_that_doesnt_answer_is_given_up(tmp_path: Path) -> None:
    hangs = "import sys, threading; sys.stdin.readline(); threading.Event().wait()"
    reader, grammar = _reader(_python(hangs), answers_within=0.1)
    proof = reader.proof(TEXT, ProofContext())
    assert "doesn't answer" in proof.missing
    assert OWN in _rules(proof)
    assert grammar.process_id is None
    reader.close()


def test_one_that_dies_again_and_again_is_left_alone_until_started_anew(tmp_path: Path) -> None:
    counts = "import sys; open(sys.argv[1], 'a').write('x')"
    reader, _ = _reader(_python(counts, str(tmp_path / "starts")))
    for _ in range(9):
        reader.proof(TEXT, ProofContext())
    assert len((tmp_path / "starts").read_text()) == 3
    reader.start()
    reader.proof(TEXT, ProofContext())
    reader.close()
    assert len((tmp_path / "starts").read_text()) > 3


def test_closing_ends_a_reading_that_is_on(tmp_path: Path) -> None:
    fifo = tmp_path / "asked"
    os.mkfifo(fifo)
    hangs = "import sys, threading; sys.stdin.readline(); open(sys.argv[1], 'w').close(); threading.Event().wait()"
    reader, grammar = _reader(_python(hangs, str(fifo)), answers_within=60)
    proofs: list[Proof] = []
    reading = threading.Thread(target=lambda: proofs.append(reader.proof(TEXT, ProofContext())))
    reading.start()
    fifo.read_text()  # until it has been asked
    reader.close()
    reading.join(timeout=20)
    assert not reading.is_alive()
    assert proofs[0].missing
    assert grammar.process_id is None


def test_a_closed_proofreader_can_be_started_again(own_reader: Proofreader) -> None:
    own_reader.start()
    own_reader.close()
    assert own_reader.proof(TEXT, ProofContext()).missing
    own_reader.start()
    assert not own_reader.proof(TEXT, ProofContext()).missing


def test_ctrl_c_in_the_terminal_leaves_it_alone() -> None:
    reader, grammar = _reader(COMMAND)
    reader.proof(TEXT, ProofContext())
    pid = grammar.process_id
    assert pid is not None
    assert os.getpgid(pid) != os.getpgid(0)
    os.kill(pid, signal.SIGINT)
    assert not reader.proof(TEXT, ProofContext()).missing
    assert grammar.process_id == pid
    reader.close()


def test_many_may_ask_at_once(own_reader: Proofreader) -> None:
    texts = [f"{TEXT} {'It is nice. ' * times}" for times in range(12)]
    alone = [own_reader.proof(text, ProofContext()) for text in texts]
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(lambda text: own_reader.proof(text, ProofContext()), texts)) == alone


def test_it_prints_nothing_isnt_loaded_here_and_ends_with_the_program_that_is_killed() -> None:
    program = subprocess.Popen(
        _python(_STARTED_BY_TEST),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert program.stdout is not None
    line = program.stdout.readline()
    assert line.startswith("['harper:SpellCheck', "), line
    assert " False " in line
    helper = int(line.split()[-1])
    program.kill()
    assert program.wait() == -signal.SIGKILL
    assert program.stdout.read() == ""
    assert _ends(helper)


def test_a_letter_is_in_no_argument_and_the_environment_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "secret")
    reader, grammar = _reader(COMMAND)
    reader.proof(TEXT, ProofContext())
    process = Path(f"/proc/{grammar.process_id}")
    assert b"recieved" not in (process / "cmdline").read_bytes()
    assert b"secret" not in (process / "environ").read_bytes()
    reader.close()


def test_what_it_answers_has_plain_texts_to_put() -> None:
    request = json.dumps(
        {"text": "I saw the the cat. I recieved it.", "english": "american", "words": ["zzyx", "cat"]}
    )
    run = subprocess.run(COMMAND, input=request + "\n", capture_output=True, text=True, check=True, cwd="/")
    told = json.loads(run.stdout)
    assert told["known"] == ["cat"]
    assert [lint[4][0] for lint in told["lints"] if lint[2] == "SpellCheck"] == ["received"]
