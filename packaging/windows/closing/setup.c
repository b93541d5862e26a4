/* closing.exe FOLDER: makes the two programs in FOLDER end, for the setup of one user.
 *
 * They are asked first, by `kohtaava.exe quit`; what has not ended ten seconds later is ended. Exit codes: 0 nothing ran;
 * 1 something ran, and now nothing does; 2 something still runs; 3 wrong use. 1 with bit 16 set: the window ran.
 */
#include "programs.h"
#include <shellapi.h>
#include <wchar.h>

#define PATIENCE 10000 /* ms */

static void ask_to_quit(const wchar_t *folder) {
    wchar_t path[LONGEST], line[LONGEST + 16];
    if (!path_of(path, folder, COMMAND_LINE)) return;
    _snwprintf(line, LONGEST + 16, L"\"%ls\" quit", path);
    STARTUPINFOW how = {.cb = sizeof how};
    PROCESS_INFORMATION asked;
    if (!CreateProcessW(path, line, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL, NULL, &how, &asked)) return;
    WaitForSingleObject(asked.hProcess, PATIENCE);
    CloseHandle(asked.hThread);
    CloseHandle(asked.hProcess);
}

static int close_all(const wchar_t *folder) {
    Program programs[MOST_PROGRAMS];
    int had_window = 0;
    BOOL asked = FALSE;
    for (int round = 0; round < MOST_ROUNDS; round++) {
        int count = find_programs(folder, programs); /* again: more than fit, or started meanwhile */
        if (count == 0) return round == 0 ? 0 : 1 | had_window << 4;
        for (int index = 0; index < count; index++) had_window |= programs[index].has_window;
        const BOOL ask = had_window && !asked;
        if (ask) ask_to_quit(folder);
        asked |= ask;
        BOOL ended = wait_for(programs, count, ask ? PATIENCE : 0) || end_programs(programs, count);
        forget_programs(programs, count);
        if (!ended) return 2;
    }
    return 2;
}

int WINAPI wWinMain(HINSTANCE own, HINSTANCE before, PWSTR words, int show) {
    (void)own, (void)before, (void)words, (void)show;
    int count;
    wchar_t **arguments = CommandLineToArgvW(GetCommandLineW(), &count);
    return arguments && count == 2 ? close_all(arguments[1]) : 3;
}
