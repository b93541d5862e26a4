/* The programs that run from one folder: who they are, in whose session, and how they are ended. */
#ifndef PROGRAMS_H
#define PROGRAMS_H
#include <windows.h>

#define MOST_PROGRAMS 64
#define LONGEST 1024 /* letters of a path */
#define WINDOW_PROGRAM L"kohtaava-desktop.exe"
#define COMMAND_LINE L"kohtaava.exe"

typedef struct {
    HANDLE process; /* open: it can be waited for, and ended where it is ours to end */
    DWORD session;
    BOOL has_window; /* it is the window program, and worth starting again */
} Program;

/* Finds what runs from `folder` or below it, but this process. Returns how many; 0 as well where nothing can be told. */
int find_programs(const wchar_t *folder, Program *programs);

/* Waits until all of them have ended, for `milliseconds` at most. Whether they have. */
BOOL wait_for(const Program *programs, int count, DWORD milliseconds);

/* Ends them. The program is made for that: every tap is on the disk before it is shown. Whether they have ended. */
BOOL end_programs(const Program *programs, int count);

void forget_programs(Program *programs, int count);

/* Puts `folder`, a backslash where it needs one, and `name` together; FALSE where that is too long. */
BOOL path_of(wchar_t *path, const wchar_t *folder, const wchar_t *name);

#endif
