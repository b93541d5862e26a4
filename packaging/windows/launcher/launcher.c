/* The two programs for Windows: each runs one Python function of the folder it stands in.
 *
 * Compiled twice: kohtaava-desktop.exe without a console, kohtaava.exe (CONSOLE) with one. Python is loaded from
 * runtime\ beside the program by its full path, and no library is looked for in the working folder. runtime\python313._pth
 * says what is imported from where, so that nothing outside the folder is: no environment variable, no registry.
 */
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#ifdef CONSOLE
#define STATEMENT L"import sys;from kohtaava_desktop.cli import main;sys.exit(main())"
#else
#define STATEMENT L"import sys;from kohtaava_desktop.__main__ import window;sys.exit(window())"
#endif
#define LONGEST_PATH 32768
#define NOT_STARTED 70 /* EX_SOFTWARE: no exit code of the programs themselves */

#define UNHANDLED 1 /* what Python ends with after an error that nobody has handled */

typedef int (*PyMain)(int, wchar_t **);
typedef int (__cdecl *PutVariable)(const wchar_t *, const wchar_t *);

static wchar_t library[LONGEST_PATH];

static int fail(const wchar_t *sentence)
{
#ifdef CONSOLE
    DWORD written;
    HANDLE error = GetStdHandle(STD_ERROR_HANDLE);
    if (!WriteConsoleW(error, sentence, (DWORD)wcslen(sentence), &written, NULL)) {
        char text[512];
        int length = WideCharToMultiByte(CP_UTF8, 0, sentence, -1, text, sizeof text, NULL, NULL);
        if (length > 1)
            WriteFile(error, text, (DWORD)length - 1, &written, NULL);
    }
#else
    MessageBoxW(NULL, sentence, L"Kohtaava Desktop", MB_ICONERROR | MB_OK);
#endif
    return NOT_STARTED;
}

static BOOL find_library(void)
{
    static const wchar_t name[] = L"runtime\\" PYTHON_DLL;
    DWORD length = GetModuleFileNameW(NULL, library, LONGEST_PATH);
    wchar_t *end = wcsrchr(library, L'\\');
    if (length == 0 || length >= LONGEST_PATH || end == NULL || end + 1 + sizeof name / sizeof *name > library + LONGEST_PATH)
        return FALSE;
    wcscpy(end + 1, name);
    return TRUE;
}

static PyMain load_python(void)
{
    HMODULE python;
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    python = find_library() ? LoadLibraryExW(library, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32) : NULL;
    return python == NULL ? NULL : (PyMain)(void *)GetProcAddress(python, "Py_Main");
}

#ifndef CONSOLE
/* Python has nowhere to say why it ended: without a console, its error would be seen by nobody. */
static void say_failed(void)
{
    const wchar_t *sentence;
    if (GetStdHandle(STD_ERROR_HANDLE) != NULL)
        return;
    switch (PRIMARYLANGID(GetUserDefaultUILanguage())) {
    case LANG_FINNISH:
        sentence = L"Kohtaava Desktop päättyi virheeseen. Komento kohtaava doctor kertoo, mikä on vialla.";
        break;
    case LANG_SWEDISH:
        sentence = L"Kohtaava Desktop avslutades på grund av ett fel. Kommandot kohtaava doctor visar vad som är fel.";
        break;
    default:
        sentence = L"Kohtaava Desktop has ended because of an error. The command kohtaava doctor tells what is wrong.";
    }
    MessageBoxW(NULL, sentence, L"Kohtaava Desktop", MB_ICONERROR | MB_OK);
}
#endif

/* Qt would load libraries from where these say, before its own. It asks the C library, as Python does: another than ours. */
static void drop_variables(void)
{
    static const wchar_t *const of_qt[] = {L"QT_PLUGIN_PATH", L"QT_QPA_PLATFORM_PLUGIN_PATH"};
    HMODULE c_library = GetModuleHandleW(L"ucrtbase.dll");
    PutVariable put = c_library == NULL ? NULL : (PutVariable)(void *)GetProcAddress(c_library, "_wputenv_s");
    for (size_t i = 0; i < sizeof of_qt / sizeof *of_qt; i++) {
        SetEnvironmentVariableW(of_qt[i], NULL);
        if (put != NULL)
            put(of_qt[i], L"");
    }
}

/* The words given to the program, after those that make Python run STATEMENT: isolated, UTF-8 in pipes, no bytecode written. */
static int run(PyMain python, int count, wchar_t **words)
{
    static wchar_t *own[] = {L"-I", L"-B", L"-X", L"utf8", L"-c", STATEMENT};
    const int more = sizeof own / sizeof *own;
    wchar_t **all = calloc((size_t)count + more + 1, sizeof *all);
    if (all == NULL)
        return fail(L"Kohtaava Desktop: there is not enough memory.\r\n");
    all[0] = words[0];
    memcpy(all + 1, own, sizeof own);
    for (int i = 1; i < count; i++)
        all[more + i] = words[i];
    count = python(count + more, all);
#ifndef CONSOLE
    if (count == UNHANDLED)
        say_failed();
#endif
    return count;
}

int wmain(int count, wchar_t **words)
{
    PyMain python = load_python();
    if (python == NULL)
        return fail(L"Kohtaava Desktop is not installed completely: runtime\\" PYTHON_DLL L" cannot be loaded.\r\n");
    drop_variables();
    return run(python, count, words);
}

#ifndef CONSOLE
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE previous, PWSTR line, int show)
{
    (void)instance, (void)previous, (void)line, (void)show;
    return wmain(__argc, __wargv);
}
#endif
