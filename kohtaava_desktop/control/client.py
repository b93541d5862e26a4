"""The light side of the control channel: one line out, one line back. Imports nothing that a bare Python has not."""

import _socket

from kohtaava_desktop.control import endpoint

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


def _connect(data_folder: str, seconds: float) -> _socket.socket:
    if endpoint.SUPPORTED:
        for where in (endpoint.at_home, endpoint.elsewhere):
            try:
                return _open(where(data_folder), seconds)
            except BlockingIOError as error:  # it listens, but has not looked at those who came before
                raise NoAnswer from error
            except OSError:
                continue
    raise Unreachable


def _open(place: endpoint.Place, seconds: float) -> _socket.socket:
    folder = place.open()
    try:
        connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            connection.settimeout(seconds)
            connection.connect(folder.address(place.name))
            if not endpoint.is_own(connection):
                raise PermissionError("another user listens there")
        except OSError:
            connection.close()
            raise
    finally:
        folder.close()
    return connection


def _send(connection: _socket.socket, line: bytes) -> None:
    try:  # noqa: SIM105 - contextlib is not worth its import here
        connection.sendall(line)
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has heard enough; why, it says in its answer


def _receive(connection: _socket.socket) -> bytes:
    answer = b""
    while len(answer) < _LONGEST_ANSWER and (piece := connection.recv(_PIECE)):
        answer += piece
        if answer.endswith(b"\n"):
            return answer
    raise NoAnswer
