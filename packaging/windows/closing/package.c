/* The custom actions of the package for IT: let the running programs go, and start them again afterwards.
 *
 * CloseProgram runs at once, before Windows Installer looks which files are in use. Mostly it runs as SYSTEM, which has
 * no way to a user's own control channel: it ends the programs of all sessions. Nothing is lost by that (see
 * programs.h), and the meeting goes on when the program is started again.
 * StartAgain runs once everything is in its place, or back in it; as SYSTEM, too. It starts the program in the sessions
 * in which it ran, with the rights of the user who is signed in there, never with its own.
 * Neither ever stops an installation: what they cannot do, they tell the log.
 */
#include "programs.h"
#include <msi.h>
#include <msiquery.h>
#include <userenv.h>
#include <wchar.h>
#include <wtsapi32.h>

static void tell(MSIHANDLE install, const wchar_t *format, DWORD number) {
    wchar_t text[128];
    _snwprintf(text, 128, format, number);
    MSIHANDLE record = MsiCreateRecord(1);
    MsiRecordSetStringW(record, 0, L"Kohtaava Desktop: [1]");
    MsiRecordSetStringW(record, 1, text);
    MsiProcessMessage(install, INSTALLMESSAGE_INFO, record);
    MsiCloseHandle(record);
}

static void note_session(wchar_t *sessions, DWORD session) {
    wchar_t one[16];
    _snwprintf(one, 16, L" %lu;", session);
    if (!wcsstr(sessions, one) && wcslen(sessions) < 200) wcscat(sessions, one);
}

__declspec(dllexport) UINT __stdcall CloseProgram(MSIHANDLE install) {
    wchar_t folder[LONGEST], sessions[256] = L"", data[LONGEST + 256];
    DWORD length = LONGEST;
    if (MsiGetPropertyW(install, L"INSTALLDIR", folder, &length) != ERROR_SUCCESS || length < 4) return ERROR_SUCCESS;
    Program programs[MOST_PROGRAMS];
    int count = find_programs(folder, programs);
    for (int index = 0; index < count; index++)
        if (programs[index].has_window) note_session(sessions, programs[index].session);
    if (count) tell(install, L"%lu programs ran and were ended.", (DWORD)count);
    if (!end_programs(programs, count)) tell(install, L"Not all programs could be ended.", 0);
    forget_programs(programs, count);
    if (sessions[0] && _snwprintf(data, LONGEST + 256, L"%ls|%ls", sessions, folder) > 0) {
        MsiSetPropertyW(install, L"StartAgain", data);
        MsiSetPropertyW(install, L"StartAgainAsBefore", data);
    }
    return ERROR_SUCCESS;
}

static BOOL is_system(void) {
    BYTE own[256];
    DWORD size;
    HANDLE token;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return TRUE;
    BOOL known = GetTokenInformation(token, TokenUser, own, sizeof own, &size);
    CloseHandle(token);
    return !known || IsWellKnownSid(((TOKEN_USER *)own)->User.Sid, WinLocalSystemSid);
}

/* Whether this process is nobody but the user of `session`, and may start a program there as it is. */
static BOOL is_own(DWORD session) {
    DWORD own;
    return ProcessIdToSessionId(GetCurrentProcessId(), &own) && own == session && !is_system();
}

static BOOL start_in(DWORD session, const wchar_t *program, const wchar_t *folder) {
    wchar_t line[LONGEST + 2];
    _snwprintf(line, LONGEST + 2, L"\"%ls\"", program);
    STARTUPINFOW how = {.cb = sizeof how, .lpDesktop = L"winsta0\\default"};
    PROCESS_INFORMATION started = {0};
    HANDLE user = NULL;
    void *environment = NULL;
    BOOL done = FALSE;
    if (WTSQueryUserToken(session, &user)) {
        CreateEnvironmentBlock(&environment, user, FALSE);
        DWORD flags = environment ? CREATE_UNICODE_ENVIRONMENT : 0;
        done = CreateProcessAsUserW(user, program, line, NULL, NULL, FALSE, flags, environment, folder, &how, &started);
        if (environment) DestroyEnvironmentBlock(environment);
        CloseHandle(user);
    } else if (is_own(session)) {
        done = CreateProcessW(program, line, NULL, NULL, FALSE, 0, NULL, folder, &how, &started);
    }
    if (started.hThread) CloseHandle(started.hThread);
    if (started.hProcess) CloseHandle(started.hProcess);
    return done;
}

__declspec(dllexport) UINT __stdcall StartAgain(MSIHANDLE install) {
    wchar_t data[LONGEST + 256], program[LONGEST];
    DWORD length = LONGEST + 256;
    if (MsiGetPropertyW(install, L"CustomActionData", data, &length) != ERROR_SUCCESS) return ERROR_SUCCESS;
    wchar_t *folder = wcschr(data, L'|');
    if (!folder) return ERROR_SUCCESS;
    *folder++ = 0;
    if (!path_of(program, folder, WINDOW_PROGRAM)) return ERROR_SUCCESS;
    for (wchar_t *session = data, *end; *session; session = end + 1) {
        DWORD number = wcstoul(session, &end, 10);
        if (end == session || *end != L';') break;
        BOOL done = start_in(number, program, folder);
        tell(install, done ? L"Started again in session %lu." : L"Could not be started again in session %lu.", number);
    }
    return ERROR_SUCCESS;
}
