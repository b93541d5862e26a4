/* Stands in for both programs where a test is about installers: small, and compiled in a second.
 *
 * The window program leaves `running-VERSION` in its data folder while it runs, and ends when `kohtaava.exe quit` says
 * so; where there is a file `deaf` in the folder, it does not hear that.
 */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

#define QUIT L"Local\\kohtaava-standin-quit"

static const wchar_t *data(const wchar_t *name) {
    static wchar_t path[1024], folder[900];
    DWORD length = GetEnvironmentVariableW(L"KOHTAAVA_DATA_DIR", folder, 900);
    if (length == 0 || length >= 900) {
        GetEnvironmentVariableW(L"LOCALAPPDATA", folder, 850);
        wcscat(folder, L"\\Kohtaava Desktop");
    }
    CreateDirectoryW(folder, NULL);
    _snwprintf(path, 1024, L"%ls\\%ls", folder, name);
    return path;
}

static void leave(const wchar_t *name) {
    HANDLE file = CreateFileW(data(name), GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    if (file != INVALID_HANDLE_VALUE) CloseHandle(file);
}

#ifdef CONSOLE
int wmain(int count, wchar_t **words) {
    if (count > 1 && wcscmp(words[1], L"quit") == 0) {
        HANDLE event = OpenEventW(EVENT_MODIFY_STATE, FALSE, QUIT);
        if (event == NULL) return 4;
        leave(L"asked-to-quit");
        return SetEvent(event) ? 0 : 3;
    }
    if (count > 1 && wcscmp(words[1], L"delete-everything") == 0) leave(L"deleted-everything");
    if (count > 4 && wcscmp(words[1], L"settings") == 0) {
        wchar_t name[64];
        _snwprintf(name, 64, L"%ls-%ls", words[3], words[4]);
        leave(name);
    }
    return 0;
}
#else
int WINAPI wWinMain(HINSTANCE own, HINSTANCE before, PWSTR words, int show) {
    (void)own, (void)before, (void)words, (void)show;
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, QUIT);
    ResetEvent(event);
    leave(L"running-" VERSION);
    while (WaitForSingleObject(event, 60000) == WAIT_OBJECT_0 && GetFileAttributesW(data(L"deaf")) != INVALID_FILE_ATTRIBUTES)
        Sleep(100);
    DeleteFileW(data(L"running-" VERSION));
    return 0;
}
#endif
