"""The light side of the control channel: one line out, one line back. Imports nothing that a bare Python has not."""

import sys

if sys.platform == "win32":
    from kohtaava_desktop.control import pipes as way
else:
    from kohtaava_desktop.control import endpoint as way

TYPE_CHECKING = False  # importing typing would cost more than all this
if TYPE_CHECKING:
    from typing import Protocol

    class Line(Protocol):
        """A connection: a socket, or a pipe."""

        def sendall(self, data: bytes, /) -> None: ...
        def recv(self, most: int, /) -> bytes: ...
        def close(self) -> None: ...


ANSWER_SECONDS = 10.0
DONE = b'{"ok":true}\n'
"""The answer to nearly every command, byte for byte: it is understood without reading JSON."""

_LONGEST_ANSWER = 1 << 20
_PIECE = 1 << 16


class Unreachable(Exception):
    """No program listens: nothing was asked of anybody."""


class NoAnswer(Exception):
    """The program listens but did not answer in time, or not wholly: what was asked may or may not have been done."""


def ask(data_folder: str, line: bytes, seconds: float = ANSWER_SECONDS) -> bytes:
    """Send ``line`` to the program that keeps ``data_folder`` and return the line it answers.

    Raises ``Unreachable`` or ``NoAnswer``; waits for ``seconds`` at each step at most.
    """
    connection = _connect(data_folder, seconds)
    try:
        _send(connection, line)
        return _receive(connection)
    except OSError as error:
        raise NoAnswer from error
    finally:
        connection.close()


def _connect(data_folder: str, seconds: float) -> "Line":
    try:
        return way.connect(data_folder, seconds)
    except BlockingIOError as error:  # it listens, but has not looked at those who came before
        raise NoAnswer from error
    except OSError as error:
        raise Unreachable from error


def _send(connection: "Line", line: bytes) -> None:
    try:  # noqa: SIM105 - contextlib is not worth its import here
        connection.sendall(line)
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has heard enough; why, it says in its answer


def _receive(connection: "Line") -> bytes:
    answer = b""
    while len(answer) < _LONGEST_ANSWER and (piece := connection.recv(_PIECE)):
        answer += piece
        if answer.endswith(b"\n"):
            return answer
    raise NoAnswer
