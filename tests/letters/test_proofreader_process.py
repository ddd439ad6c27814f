"""Harper's process: it may die, hang or be missing, and the proofreader goes on."""

from __future__ import annotations

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
from followup_tui.letters.proofreader import checkers
from followup_tui.letters.proofreader.background import BackgroundProofreader
from followup_tui.letters.proofreader.proofreader import Proofreader
from followup_tui.letters.proofreader.worker import COMMAND, Worker

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
print(sorted(one.rule for one in found), "harper" in sys.modules, reader._worker.process_id, flush=True)
sys.stdin.read()
"""


_IS_CALLED = "import pickle, sys; pickle.load(sys.stdin.buffer); pickle.load(sys.stdin.buffer)\n"
"""Code that waits for the set-up and the first call."""


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


def _reader(command: tuple[str, ...], timeout: float = 10.0) -> tuple[Proofreader, Worker]:
    worker = Worker(checkers.prepare, command=command, timeout=timeout)
    return Proofreader(worker), worker


def test_it_is_started_when_it_is_needed(own_reader: Proofreader) -> None:
    assert {OWN, HARPERS} <= _rules(own_reader.proof(TEXT, ProofContext()))


def test_after_it_was_killed_the_next_letter_is_read_as_before() -> None:
    reader, worker = _reader(COMMAND)
    before = reader.proof(TEXT, ProofContext())
    killed = worker.process_id
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    assert reader.proof(TEXT, ProofContext()) == before
    assert worker.process_id != killed
    reader.close()


def test_a_letter_in_the_middle_of_which_it_dies_is_read_all_the_same(tmp_path: Path) -> None:
    dies_once = (
        "import os, pathlib, signal, sys\n"
        "marker = pathlib.Path(sys.argv[1])\n"
        "if not marker.exists():\n"
        "    import pickle; pickle.load(sys.stdin.buffer); pickle.load(sys.stdin.buffer)\n"
        "    marker.touch()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "from followup_tui.letters.proofreader import worker\n"
        "worker.main()\n"
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
        (_python(_IS_CALLED), "stopped unexpectedly"),
        (_python(_IS_CALLED + "print('debug noise', flush=True)"), "stopped unexpectedly"),
        (
            _python(_IS_CALLED + "import os; os.write(int(sys.argv[-1]), b'debug noise')"),
            "stopped unexpectedly",
        ),
        (
            _python(
                "import sys; sys.modules['harper'] = None\n"
                "from followup_tui.letters.proofreader import worker; worker.main()"
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
    hangs = _IS_CALLED + "import threading; threading.Event().wait()"
    reader, worker = _reader(_python(hangs), timeout=0.1)
    proof = reader.proof(TEXT, ProofContext())
    assert "doesn't answer" in proof.missing
    assert OWN in _rules(proof)
    assert worker.process_id is None
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
    hangs = _IS_CALLED + "import threading; open(sys.argv[1], 'w').close(); threading.Event().wait()"
    reader, worker = _reader(_python(hangs, str(fifo)), timeout=60)
    proofs: list[Proof] = []
    context = threading.Thread(target=lambda: proofs.append(reader.proof(TEXT, ProofContext())))
    context.start()
    fifo.read_text()  # until it has been asked
    reader.close()
    context.join(timeout=20)
    assert not context.is_alive()
    assert proofs[0].missing
    assert worker.process_id is None


def test_a_closed_proofreader_can_be_started_again(own_reader: Proofreader) -> None:
    own_reader.start()
    own_reader.close()
    assert own_reader.proof(TEXT, ProofContext()).missing
    own_reader.start()
    assert not own_reader.proof(TEXT, ProofContext()).missing


def test_ctrl_c_in_the_terminal_leaves_it_alone() -> None:
    reader, worker = _reader(COMMAND)
    reader.proof(TEXT, ProofContext())
    pid = worker.process_id
    assert pid is not None
    assert os.getpgid(pid) != os.getpgid(0)
    os.kill(pid, signal.SIGINT)
    assert not reader.proof(TEXT, ProofContext()).missing
    assert worker.process_id == pid
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
    reader, worker = _reader(COMMAND)
    reader.proof(TEXT, ProofContext())
    process = Path(f"/proc/{worker.process_id}")
    assert b"recieved" not in (process / "cmdline").read_bytes()
    assert b"secret" not in (process / "environ").read_bytes()
    reader.close()


def test_what_it_answers_has_plain_texts_to_put() -> None:
    worker = Worker()
    result = worker.call(checkers.check, "I saw the the cat. I recieved it.", "american", ["zzyx", "cat"])
    worker.close()
    assert result.known == {"cat"}
    assert [lint.suggestions[0] for lint in result.lints if lint.rule == "SpellCheck"] == ["received"]


def test_in_the_background_the_findings_are_the_same(own_reader: Proofreader) -> None:
    background = BackgroundProofreader()
    background.start()
    context = ProofContext(company="Acme", people=("Dana Ruiz",), ignored=frozenset({"doubled_space: "}))
    proof = background.proof(TEXT, context, subject="I recieved it")
    background.close()
    assert proof == own_reader.proof(TEXT, context, subject="I recieved it")
    assert proof.subject_findings


@pytest.mark.parametrize(
    ("command", "why"),
    [(("/nonexistent/python",), "can't be started"), (_python(_IS_CALLED), "stopped unexpectedly")],
)
def test_in_the_background_a_crash_loses_only_harper(command: tuple[str, ...], why: str) -> None:
    background = BackgroundProofreader(Worker(command=command))
    background.start()
    proof = background.proof(TEXT, ProofContext())
    assert why in proof.missing
    assert proof.missing.endswith("; the other checks are on.")
    assert OWN in _rules(proof)
    background.close()
    assert background.proof(TEXT, ProofContext()).missing.startswith("Nothing was checked: ")


def test_what_harper_prints_is_seen_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    worker = Worker()
    assert worker.call(os.write, 1, b"noise") == 5
    assert worker.call(os.write, 2, b"noise") == 5
    worker.close()
    assert capfd.readouterr() == ("", "")


def test_a_closed_worker_leaves_no_process_and_no_open_file() -> None:
    files = len(os.listdir("/proc/self/fd"))
    worker = Worker()
    pid = worker.call(os.getpid)
    assert pid == worker.process_id
    worker.close()
    assert not Path(f"/proc/{pid}").exists()
    assert len(os.listdir("/proc/self/fd")) == files
