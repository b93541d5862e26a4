"""Whose a named pipe is, and who may open it: the part of Windows' security that the control channel needs.

Imported on Windows only.
"""

import sys
from functools import cache

if sys.platform == "win32":
    import ctypes
    from ctypes import byref, wintypes

    _ADDRESS = ctypes.c_void_p
    _TOKEN_QUERY, _TOKEN_USER, _KERNEL_OBJECT, _OWNER, _REVISION = 0x0008, 1, 6, 1, 1
    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _advapi32 = ctypes.WinDLL("advapi32", use_last_error=True)
    _kernel32.GetCurrentProcess.restype = wintypes.HANDLE
    _kernel32.CloseHandle.argtypes = [wintypes.HANDLE]
    _kernel32.LocalFree.argtypes = [_ADDRESS]
    _advapi32.OpenProcessToken.argtypes = [wintypes.HANDLE, wintypes.DWORD, _ADDRESS]
    _advapi32.GetTokenInformation.argtypes = [wintypes.HANDLE, ctypes.c_int, _ADDRESS, wintypes.DWORD, _ADDRESS]
    _advapi32.ConvertSidToStringSidW.argtypes = [_ADDRESS, _ADDRESS]
    _advapi32.GetSecurityInfo.argtypes = [wintypes.HANDLE, ctypes.c_int, wintypes.DWORD, *[_ADDRESS] * 5]
    _advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW.argtypes = [
        wintypes.LPCWSTR, wintypes.DWORD, _ADDRESS, _ADDRESS
    ]  # fmt: skip

    class _Attributes(ctypes.Structure):
        _fields_ = (("length", wintypes.DWORD), ("descriptor", _ADDRESS), ("inherited", wintypes.BOOL))

    class Allowed:
        """Who may open what is made with it, as ``SECURITY_ATTRIBUTES`` at ``address`` for as long as this lives."""

        def __init__(self, rules: str) -> None:
            self._descriptor = _ADDRESS()
            _check(
                _advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW(
                    rules, _REVISION, byref(self._descriptor), None
                )
            )
            self._attributes = _Attributes(ctypes.sizeof(_Attributes), self._descriptor, False)
            self.address = ctypes.addressof(self._attributes)

        def __del__(self) -> None:
            _kernel32.LocalFree(self._descriptor)

    def for_owner_alone() -> Allowed:
        """This user owns it; nobody but this user and the system may do anything with it."""
        return Allowed(f"O:{own()}D:P(A;;GA;;;{own()})(A;;GA;;;SY)")

    def is_own(handle: int) -> bool:
        """Whether what ``handle`` stands for belongs to this user; raises ``OSError`` where that is not told.

        Without special rights, nobody can make anything in another user's name.
        """
        owner, descriptor = _ADDRESS(), _ADDRESS()
        error = _advapi32.GetSecurityInfo(
            handle, _KERNEL_OBJECT, _OWNER, byref(owner), None, None, None, byref(descriptor)
        )
        if error:
            raise ctypes.WinError(error)
        try:
            return _text_of(owner.value) == own()
        finally:
            _kernel32.LocalFree(descriptor)

    @cache
    def own() -> str:
        """The name that Windows has for this user: a security identifier, ``S-1-5-…``."""
        token, needed = wintypes.HANDLE(), wintypes.DWORD()
        _check(_advapi32.OpenProcessToken(_kernel32.GetCurrentProcess(), _TOKEN_QUERY, byref(token)))
        try:
            _advapi32.GetTokenInformation(token, _TOKEN_USER, None, 0, byref(needed))
            told = ctypes.create_string_buffer(needed.value)
            _check(_advapi32.GetTokenInformation(token, _TOKEN_USER, told, needed, byref(needed)))
            return _text_of(_ADDRESS.from_buffer(told).value)
        finally:
            _kernel32.CloseHandle(token)

    def _text_of(identifier: int | None) -> str:
        text = wintypes.LPWSTR()
        _check(_advapi32.ConvertSidToStringSidW(identifier, byref(text)))
        try:
            return str(text.value)
        finally:
            _kernel32.LocalFree(text)

    def _check(worked: int) -> None:
        if not worked:
            raise ctypes.WinError(ctypes.get_last_error())
