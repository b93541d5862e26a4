/* The custom actions of the package for IT: let the running programs go, start them again afterwards, check a property.
 *
 * CloseProgram runs at once, before Windows Installer looks which files are in use. Mostly it runs as SYSTEM, which has
 * no way to a user's own control channel: it ends the programs of all sessions. Nothing is lost by that (see
 * programs.h), and the meeting goes on when the program is started again.
 * StartAgain runs once everything is in its place; as SYSTEM, too. StartAgainAsBefore runs where an installation has
 * failed, as the one who installs: SYSTEM comes by the rights of a user, an administrator does not. Both start the
 * program in the sessions in which it ran and runs no more, with the rights and the surroundings of the user who is
 * signed in there, never with their own.
 * None of them ever stops an installation: what they cannot do, they tell the log.
 * CheckTeamFolder notes a team folder that can be none, for a condition of the package.
 */
#include "programs.h"
#include <msi.h>
#include <msiquery.h>
#include <userenv.h>
#include <wchar.h>
#include <wtsapi32.h>

#define LETTERS_OF_SESSIONS 8192
#define LETTERS_OF_DATA (LETTERS_OF_SESSIONS + LONGEST)
#define LONGEST_TEAM_FOLDER 1000

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
    if (!wcsstr(sessions, one) && wcslen(sessions) + wcslen(one) < LETTERS_OF_SESSIONS) wcscat(sessions, one);
}

/* Ends the programs in `folder`, all of them, and notes the sessions in which there was a window. Whether none is left. */
static BOOL close_all(const wchar_t *folder, wchar_t *sessions, DWORD *ran) {
    Program programs[MOST_PROGRAMS];
    for (int round = 0; round < MOST_ROUNDS; round++) {
        int count = find_programs(folder, programs); /* again: more than fit, or started meanwhile */
        if (count == 0) return TRUE;
        for (int index = 0; index < count; index++)
            if (programs[index].has_window) note_session(sessions, programs[index].session);
        *ran += (DWORD)count;
        BOOL ended = end_programs(programs, count);
        forget_programs(programs, count);
        if (!ended) return FALSE;
    }
    return FALSE;
}

__declspec(dllexport) UINT __stdcall CloseProgram(MSIHANDLE install) {
    static wchar_t sessions[LETTERS_OF_SESSIONS], data[LETTERS_OF_DATA];
    wchar_t folder[LONGEST];
    DWORD length = LONGEST, ran = 0;
    if (MsiGetPropertyW(install, L"INSTALLDIR", folder, &length) != ERROR_SUCCESS || length < 4) return ERROR_SUCCESS;
    sessions[0] = 0;
    BOOL ended = close_all(folder, sessions, &ran);
    if (ran) tell(install, L"%lu programs ran and were ended.", ran);
    if (!ended) tell(install, L"Not all programs could be ended.", 0);
    if (sessions[0] && _snwprintf(data, LETTERS_OF_DATA, L"%ls|%ls", sessions, folder) > 0) {
        MsiSetPropertyW(install, L"StartAgain", data);
        MsiSetPropertyW(install, L"StartAgainAsBefore", data);
    }
    return ERROR_SUCCESS;
}

/* Whether the program's window is there in `session`. */
static BOOL runs_in(DWORD session, const wchar_t *folder) {
    Program programs[MOST_PROGRAMS];
    BOOL runs = FALSE;
    int count = find_programs(folder, programs);
    for (int index = 0; index < count; index++) runs |= programs[index].has_window && programs[index].session == session;
    forget_programs(programs, count);
    return runs;
}

/* Only with the token and the variables of the user of `session`: the caller's own are SYSTEM's or an administrator's. */
static BOOL start_in(DWORD session, const wchar_t *program, const wchar_t *folder) {
    wchar_t line[LONGEST + 2];
    _snwprintf(line, LONGEST + 2, L"\"%ls\"", program);
    STARTUPINFOW how = {.cb = sizeof how, .lpDesktop = L"winsta0\\default"};
    PROCESS_INFORMATION started = {0};
    HANDLE user = NULL;
    void *environment = NULL;
    BOOL done = FALSE;
    if (!WTSQueryUserToken(session, &user)) return FALSE;
    if (CreateEnvironmentBlock(&environment, user, FALSE)) {
        const DWORD flags = CREATE_UNICODE_ENVIRONMENT;
        done = CreateProcessAsUserW(user, program, line, NULL, NULL, FALSE, flags, environment, folder, &how, &started);
        DestroyEnvironmentBlock(environment);
    }
    CloseHandle(user);
    if (started.hThread) CloseHandle(started.hThread);
    if (started.hProcess) CloseHandle(started.hProcess);
    return done;
}

/* Starts the program as the property `name` says: sessions and folder. */
static UINT start_again(MSIHANDLE install, const wchar_t *name) {
    static wchar_t data[LETTERS_OF_DATA];
    wchar_t program[LONGEST];
    DWORD length = LETTERS_OF_DATA;
    if (MsiGetPropertyW(install, name, data, &length) != ERROR_SUCCESS) return ERROR_SUCCESS;
    wchar_t *folder = wcschr(data, L'|');
    if (!folder) return ERROR_SUCCESS;
    *folder++ = 0;
    if (!path_of(program, folder, WINDOW_PROGRAM)) return ERROR_SUCCESS;
    for (wchar_t *session = data, *end; *session; session = end + 1) {
        DWORD number = wcstoul(session, &end, 10);
        if (end == session || *end != L';') break;
        if (runs_in(number, folder)) continue;
        BOOL done = start_in(number, program, folder);
        tell(install, done ? L"Started again in session %lu." : L"Could not be started again in session %lu.", number);
    }
    return ERROR_SUCCESS;
}

/* Within the script of the installation, where this is the one property that there is. */
__declspec(dllexport) UINT __stdcall StartAgain(MSIHANDLE install) { return start_again(install, L"CustomActionData"); }

/* Outside of it. */
__declspec(dllexport) UINT __stdcall StartAgainAsBefore(MSIHANDLE install) {
    return start_again(install, L"StartAgainAsBefore");
}

/* A drive, or a share of another computer: what is written into the policy has to be found from everywhere. */
static BOOL is_whole(const wchar_t *path) {
    const BOOL drive = ((path[0] | 32) >= L'a' && (path[0] | 32) <= L'z') && path[1] == L':' && path[2] == L'\\';
    const BOOL share = path[0] == L'\\' && path[1] == L'\\' && path[2] != 0 && path[2] != L'\\';
    return drive || share;
}

__declspec(dllexport) UINT __stdcall CheckTeamFolder(MSIHANDLE install) {
    wchar_t folder[LONGEST_TEAM_FOLDER + 1];
    DWORD length = LONGEST_TEAM_FOLDER + 1;
    UINT known = MsiGetPropertyW(install, L"TEAMFOLDER", folder, &length);
    BOOL good = known == ERROR_SUCCESS && (length == 0 || wcscmp(folder, L"none") == 0 || is_whole(folder));
    if (!good) MsiSetPropertyW(install, L"TeamFolderIsNone", L"1");
    return ERROR_SUCCESS;
}
