#include "programs.h"
#include <tlhelp32.h>
#include <wchar.h>

BOOL path_of(wchar_t *path, const wchar_t *folder, const wchar_t *name) {
    size_t length = wcslen(folder);
    if (length == 0 || length + wcslen(name) + 2 > LONGEST) return FALSE;
    wcscpy(path, folder);
    if (path[length - 1] != L'\\') wcscat(path, L"\\");
    wcscat(path, name);
    return TRUE;
}

/* The long form of `path`: a folder may have been named by its short one. */
static void lengthen(wchar_t *path) {
    wchar_t whole[LONGEST];
    DWORD length = GetLongPathNameW(path, whole, LONGEST);
    if (length > 0 && length < LONGEST) wcscpy(path, whole);
}

/* Whether `process` is one of the two programs in `folder`, which ends with a backslash. */
static BOOL is_ours(HANDLE process, const wchar_t *folder, BOOL *has_window) {
    wchar_t image[LONGEST];
    DWORD length = LONGEST;
    if (!QueryFullProcessImageNameW(process, 0, image, &length)) return FALSE;
    lengthen(image);
    const size_t before = wcslen(folder);
    if (_wcsnicmp(image, folder, before) != 0) return FALSE;
    *has_window = _wcsicmp(image + before, WINDOW_PROGRAM) == 0;
    return *has_window || _wcsicmp(image + before, COMMAND_LINE) == 0;
}

int find_programs(const wchar_t *folder, Program *programs) {
    wchar_t inside[LONGEST];
    if (!path_of(inside, folder, L"")) return 0;
    lengthen(inside);
    HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    if (all == INVALID_HANDLE_VALUE) return 0;
    PROCESSENTRY32W entry = {.dwSize = sizeof entry};
    int count = 0;
    for (BOOL more = Process32FirstW(all, &entry); more && count < MOST_PROGRAMS; more = Process32NextW(all, &entry)) {
        if (entry.th32ProcessID == 0 || entry.th32ProcessID == GetCurrentProcessId()) continue;
        DWORD rights = PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE;
        HANDLE process = OpenProcess(rights | PROCESS_TERMINATE, FALSE, entry.th32ProcessID);
        if (!process) process = OpenProcess(rights, FALSE, entry.th32ProcessID);
        if (!process) continue;
        BOOL has_window;
        if (!is_ours(process, inside, &has_window)) {
            CloseHandle(process);
            continue;
        }
        Program *found = &programs[count++];
        found->process = process;
        found->has_window = has_window;
        if (!ProcessIdToSessionId(entry.th32ProcessID, &found->session)) found->session = (DWORD)-1;
    }
    CloseHandle(all);
    return count;
}

BOOL wait_for(const Program *programs, int count, DWORD milliseconds) {
    HANDLE processes[MOST_PROGRAMS];
    for (int index = 0; index < count; index++) processes[index] = programs[index].process;
    return count == 0 || WaitForMultipleObjects((DWORD)count, processes, TRUE, milliseconds) < WAIT_TIMEOUT;
}

BOOL end_programs(const Program *programs, int count) {
    for (int index = 0; index < count; index++) TerminateProcess(programs[index].process, 0);
    return wait_for(programs, count, 5000);
}

void forget_programs(Program *programs, int count) {
    for (int index = 0; index < count; index++) CloseHandle(programs[index].process);
}
