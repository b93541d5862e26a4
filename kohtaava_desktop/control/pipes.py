"""Where the named pipe of the control channel is on Windows, whose it is, how it is reached and how it is offered.

Its name is made from the data folder's and the user's, so that both sides know it without asking. Only this user and
the system may open it, and nobody from another computer; the first to offer it is told if the name is taken. The
client makes sure that the pipe is its user's own before it says anything.

Imported on Windows only. ``_winapi`` is part of CPython there; what it lacks of Windows' security comes by ``ctypes``.
"""

import _thread  # threading would cost every command more than all this
import os
import sys
from hashlib import sha256

if sys.platform == "win32":
    import _winapi

    from kohtaava_desktop.control import pipe_owner

    PREFIX = "\\\\.\\pipe\\kohtaava-desktop-"
    PIECE = 1 << 16
    MOST_TRIES = 100
    """How often a pipe that is free again may be snatched away by another client."""

    _FIRST_INSTANCE, _REJECT_REMOTE, _MOST_INSTANCES = 0x0008_0000, 0x0000_0008, 255
    _IDENTIFICATION = 0x0011_0000
    """Whoever offers the pipe may learn who has opened it, but not act in that user's name."""
    _GONE_ALREADY, _ENDED, _BUSY = 232, (109, 232, 233), 231
    """Errors of Windows: the client has come and gone before it was seen; the other end is closed; nobody looks."""

    def name_of(data_folder: str) -> str:
        """The pipe of the program that keeps ``data_folder`` for this user."""
        folder = os.path.normcase(os.path.realpath(data_folder))
        whole = f"{pipe_owner.own()}\n{folder}".encode(errors="surrogatepass")
        return PREFIX + sha256(whole).hexdigest()[:32]

    def connect(data_folder: str, seconds: float) -> "Pipe":
        """The connection to the program that keeps ``data_folder``, which waits for ``seconds`` at each step at most.

        Raises ``BlockingIOError`` where it listens but has not looked at those who came before, ``OSError`` where
        nobody of this user listens.
        """
        pipe = Pipe(_open(name_of(data_folder), seconds), seconds)
        try:
            if not pipe_owner.is_own(pipe.handle):
                raise PermissionError("another user listens there")
        except OSError:
            pipe.close()
            raise
        return pipe

    def _open(name: str, seconds: float) -> int:
        read_and_write = _winapi.GENERIC_READ | _winapi.GENERIC_WRITE
        flags = _winapi.FILE_FLAG_OVERLAPPED | _IDENTIFICATION
        for _try in range(MOST_TRIES):
            try:
                return _winapi.CreateFile(name, read_and_write, 0, 0, _winapi.OPEN_EXISTING, flags, 0)
            except OSError as error:
                if error.winerror != _BUSY:
                    raise
            try:
                _winapi.WaitNamedPipe(name, max(1, round(seconds * 1000)))
            except OSError as error:
                if error.winerror == _winapi.ERROR_SEM_TIMEOUT:
                    break
                raise
        raise BlockingIOError("nobody takes the call")

    class Pipe:
        """One end of a connection. One thread at a time uses it; any thread may call ``stop``."""

        def __init__(self, handle: int, seconds: float | None = None) -> None:
            """Each step waits for ``seconds`` at most, for ever by default."""
            self.handle = handle
            self._wait = _winapi.INFINITE if seconds is None else round(seconds * 1000)
            self._using, self._state = _thread.allocate_lock(), _thread.allocate_lock()
            self._under_way: tuple[_winapi.Overlapped, bool] | None = None
            self._stopped = (False, False)  # hearing, speaking
            self._closed = False

        def sendall(self, data: bytes) -> None:
            """Send ``data``; raises ``TimeoutError``, ``BrokenPipeError`` or another ``OSError``."""
            with self._using:
                try:
                    self._carry_out(*_winapi.WriteFile(self.handle, data, overlapped=True), speaking=True)
                except OSError as error:
                    if error.winerror in _ENDED:
                        raise BrokenPipeError("nobody hears it any more") from error
                    raise

        def recv(self, most: int) -> bytes:
            """What has come, ``most`` bytes at most, nothing at its end; raises ``TimeoutError``, ``OSError``."""
            with self._using:
                try:
                    step, error = _winapi.ReadFile(self.handle, most, overlapped=True)
                    count = self._carry_out(step, error, speaking=False)
                except OSError as error:
                    if error.winerror in _ENDED:
                        return b""
                    raise
            return bytes(step.getbuffer() or b"")[:count]

        def stop(self, speaking: bool) -> None:
            """Hear no more, from now on, and with ``speaking`` say no more: what waits for that ends at once."""
            with self._state:
                self._stopped = (True, self._stopped[1] or speaking)
                if self._under_way is not None and self._stopped[self._under_way[1]]:
                    self._under_way[0].cancel()

        def close(self) -> None:
            """Let go of it. What was sent can still be heard at the other end."""
            self.stop(speaking=True)
            with self._using:
                if not self._closed:
                    self._closed = True
                    _winapi.CloseHandle(self.handle)

        def _carry_out(self, step: "_winapi.Overlapped", error: int, speaking: bool) -> int:
            with self._state:
                self._under_way = step, speaking
                if self._stopped[speaking]:
                    step.cancel()
            try:
                late = error == _winapi.ERROR_IO_PENDING and (
                    _winapi.WaitForSingleObject(step.event, self._wait) == _winapi.WAIT_TIMEOUT
                )
                if late:
                    step.cancel()
                return step.GetOverlappedResult(True)[0]
            except OSError as reason:
                if reason.winerror == _winapi.ERROR_OPERATION_ABORTED:
                    raise TimeoutError("nobody is there in time") from reason
                raise
            finally:
                with self._state:
                    self._under_way = None

    class Listener:
        """The pipe as the program offers it. One thread calls ``accept``, any other ``close``."""

        def __init__(self, data_folder: str) -> None:
            """Offer the pipe; raises ``OSError`` where somebody else has its name already."""
            self.name = name_of(data_folder)
            self._allowed = pipe_owner.for_owner_alone()
            self._state = _thread.allocate_lock()
            self._waiting: _winapi.Overlapped | None = None
            self._closed = False
            self._next = self._offer(_FIRST_INSTANCE)

        def accept(self) -> Pipe | None:
            """The next guest, however long that takes; ``None`` once the listener is closed."""
            if self._has_guest():
                taken, self._next = self._next, self._offer()  # somebody can always come
                return Pipe(taken)
            _winapi.CloseHandle(self._next)
            return None

        def close(self) -> None:
            """Offer it no more."""
            with self._state:
                self._closed = True
                if self._waiting is not None:
                    self._waiting.cancel()

        def _has_guest(self) -> bool:
            try:
                step = _winapi.ConnectNamedPipe(self._next, overlapped=True)
            except OSError as error:
                if error.winerror == _GONE_ALREADY:
                    return not self._closed  # what it has said can still be heard
                raise
            with self._state:
                self._waiting = step
                if self._closed:
                    step.cancel()
            _winapi.WaitForSingleObject(step.event, _winapi.INFINITE)
            try:
                step.GetOverlappedResult(True)
            except OSError as error:
                if error.winerror == _winapi.ERROR_OPERATION_ABORTED:
                    return False
                raise
            return not self._closed

        def _offer(self, first: int = 0) -> int:
            access = _winapi.PIPE_ACCESS_DUPLEX | _winapi.FILE_FLAG_OVERLAPPED | first
            return _winapi.CreateNamedPipe(
                self.name, access, _REJECT_REMOTE, _MOST_INSTANCES, PIECE, PIECE, 0, self._allowed.address
            )
