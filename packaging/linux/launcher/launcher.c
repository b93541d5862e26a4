/* The two programs for Linux: each runs one Python function of the folder it stands in.
 *
 * Compiled twice: kohtaava-desktop, and kohtaava (CONSOLE). Python is the library in lib/ beside the program, and finds
 * its modules in lib/python3.x from the program's own path, so that the folder can lie anywhere and nothing outside it
 * is imported: no environment variable, no folder of the user's.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PACKAGES "import sys;sys.path.append(sys.path[-1].replace('lib-dynload','site-packages'));"
#ifdef RUN /* something else: for measuring */
#define STATEMENT PACKAGES RUN
#elif defined CONSOLE
#define STATEMENT PACKAGES "from kohtaava_desktop.cli import main;sys.exit(main())"
#else
#define STATEMENT PACKAGES "from kohtaava_desktop.__main__ import window;sys.exit(window())"
#endif
#define LONGEST_PATH 4096
#define FAILED 70 /* EX_SOFTWARE: no exit code of the programs themselves */

int Py_BytesMain(int count, char **words);

static char program[LONGEST_PATH];

static int fail(const char *reason)
{
    fprintf(stderr, "Kohtaava Desktop cannot start: %s.\n", reason);
    return FAILED;
}

int main(int count, char **words)
{
    /* isolated, without the module site, no bytecode written; then the words given to the program */
    static char *own[] = {program, "-I", "-S", "-B", "-c", STATEMENT};
    const size_t more = sizeof own / sizeof *own;
    const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    char **all = calloc(more + (size_t)(count > 0 ? count : 1), sizeof *all);

    if (length <= 0 || (size_t)length >= sizeof program - 1)
        return fail("its own place cannot be found out; is /proc mounted?");
    if (all == NULL)
        return fail("there is not enough memory");
    memcpy(all, own, sizeof own);
    for (int i = 1; i < count; i++)
        all[more + (size_t)i - 1] = words[i];
    return Py_BytesMain((int)more + (count > 0 ? count : 1) - 1, all);
}
