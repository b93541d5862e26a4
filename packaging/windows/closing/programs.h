/* The programs that run in one folder: who they are, in whose session, and how they are ended. */
#ifndef PROGRAMS_H
#define PROGRAMS_H
#include <windows.h>

#ifndef MOST_PROGRAMS
#define MOST_PROGRAMS 64 /* at a time: no more can be waited for */
#endif
#define MOST_ROUNDS 64 /* how often there may be more of them; a program that somebody else starts again and again ends it */
#define LONGEST 1024   /* letters of a path */
#define WINDOW_PROGRAM L"kohtaava-desktop.exe"
#define COMMAND_LINE L"kohtaava.exe"

typedef struct {
    HANDLE process; /* open: it can be waited for, and ended where it is ours to end */
    DWORD session;
    BOOL has_window; /* it is the window program, and worth starting again */
} Program;

/* Finds the two programs in `folder` as often as they run, MOST_PROGRAMS at most, and nothing else that runs from there:
 * others may have a program in the folder. Returns how many; 0 as well where nothing can be told. */
int find_programs(const wchar_t *folder, Program *programs);

/* Waits until all of them have ended, for `milliseconds` at most. Whether they have. */
BOOL wait_for(const Program *programs, int count, DWORD milliseconds);

/* Ends them. The program is made for that: every tap is on the disk before it is shown. Whether they have ended. */
BOOL end_programs(const Program *programs, int count);

void forget_programs(Program *programs, int count);

/* Puts `folder`, a backslash where it needs one, and `name` together; FALSE where that is too long. */
BOOL path_of(wchar_t *path, const wchar_t *folder, const wchar_t *name);

#endif
