/* The two programs for Linux: each runs one Python function of the folder it stands in.
 *
 * Compiled twice: kohtaava-desktop, and kohtaava (CONSOLE). Python is the library in lib/ beside the program. It is told
 * where it is and from which three folders it imports, and looks for neither: no environment variable, no pyvenv.cfg
 * in the folder or the one above, no folder of the user's has a say, and the folder can lie anywhere.
 */
#include <Python.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef RUN /* something else: for measuring */
#define STATEMENT L"import sys;" RUN
#elif defined CONSOLE
#define STATEMENT L"import sys;from kohtaava_desktop.cli import main;sys.exit(main())"
#else
#define STATEMENT L"import sys;from kohtaava_desktop.__main__ import window;sys.exit(window())"
#endif
#define MODULES "/lib/python" Py_STRINGIFY(PY_MAJOR_VERSION) "." Py_STRINGIFY(PY_MINOR_VERSION)
#define LONGEST_PATH PATH_MAX
#define FAILED 70 /* EX_SOFTWARE: no exit code of the programs themselves */

static const char *const FOLDERS[] = {MODULES, MODULES "/lib-dynload", MODULES "/site-packages"};

/* Qt would load libraries from where these say, before its own. */
static const char *const OF_QT[] = {"QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH"};

static int fail(const char *reason)
{
    fprintf(stderr, "Kohtaava Desktop cannot start: %s.\n", reason);
    return FAILED;
}

/* Puts the path of this program into `program`, and that of its folder into `folder`. */
static int find_itself(char *program, char *folder)
{
    const ssize_t length = readlink("/proc/self/exe", program, LONGEST_PATH - 1);
    if (length <= 0 || length >= LONGEST_PATH - 1)
        return 0;
    program[length] = 0;
    strcpy(folder, program);
    *strrchr(folder, '/') = 0;
    return 1;
}

/* Isolated, no bytecode written, without the module site; all else as Python does it by itself. */
static PyStatus prepare(PyConfig *config)
{
    PyPreConfig before;
    PyPreConfig_InitPythonConfig(&before);
    before.isolated = 1;
    before.use_environment = 0;
    before.parse_argv = 0;
    const PyStatus status = Py_PreInitialize(&before);
    PyConfig_InitPythonConfig(config);
    config->isolated = 1;
    config->use_environment = 0;
    config->user_site_directory = 0;
    config->safe_path = 1;
    config->site_import = 0;
    config->write_bytecode = 0;
    config->parse_argv = 0;
    config->module_search_paths_set = 1;
    return status;
}

/* Tells Python where it is and from where it imports; `program` and `folder` as this system writes paths. */
static PyStatus place(PyConfig *config, const char *program, const char *folder)
{
    wchar_t **const homes[] = {&config->home, &config->prefix, &config->exec_prefix, &config->base_prefix,
                               &config->base_exec_prefix};
    PyStatus status = PyConfig_SetBytesString(config, &config->executable, program);
    for (size_t i = 0; !PyStatus_Exception(status) && i < sizeof homes / sizeof *homes; i++)
        status = PyConfig_SetBytesString(config, homes[i], folder);
    for (size_t i = 0; !PyStatus_Exception(status) && i < sizeof FOLDERS / sizeof *FOLDERS; i++) {
        char path[LONGEST_PATH + 64];
        snprintf(path, sizeof path, "%s%s", folder, FOLDERS[i]);
        wchar_t *decoded = Py_DecodeLocale(path, NULL);
        status = decoded ? PyWideStringList_Append(&config->module_search_paths, decoded) : PyStatus_NoMemory();
        PyMem_RawFree(decoded);
    }
    return status;
}

int main(int count, char **words)
{
    static char program[LONGEST_PATH], folder[LONGEST_PATH], command[] = "-c";
    char *nothing[] = {command, NULL};
    PyConfig config;

    if (!find_itself(program, folder))
        return fail("its own place cannot be found out; is /proc mounted?");
    for (size_t i = 0; i < sizeof OF_QT / sizeof *OF_QT; i++)
        unsetenv(OF_QT[i]);
    if (count > 0)
        words[0] = command; /* what Python calls a program that is a statement */
    PyStatus status = prepare(&config);
    if (!PyStatus_Exception(status))
        status = place(&config, program, folder);
    if (!PyStatus_Exception(status))
        status = PyConfig_SetBytesArgv(&config, count > 0 ? count : 1, count > 0 ? words : nothing);
    if (!PyStatus_Exception(status))
        status = PyConfig_SetString(&config, &config.run_command, STATEMENT);
    if (!PyStatus_Exception(status))
        status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status))
        return fail(status.err_msg ? status.err_msg : "Python does not run");
    return Py_RunMain();
}
