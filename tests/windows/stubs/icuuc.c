/* A stand-in for the ICU library that Windows has and Wine 8 lacks: for tests only, never shipped.
 * Qt asks it for text encodings beyond Unicode; it says that there are none. */
#define SHOWN __declspec(dllexport)
#define NO_SUCH_FILE 4 /* U_FILE_ACCESS_ERROR */
typedef int Error;

static void none(Error *error)
{
    if (error)
        *error = NO_SUCH_FILE;
}

SHOWN void *ucnv_open(const char *name, Error *error) { (void)name; none(error); return 0; }
SHOWN void ucnv_close(void *converter) { (void)converter; }
SHOWN void ucnv_reset(void *converter) { (void)converter; }
SHOWN signed char ucnv_getMaxCharSize(const void *converter) { (void)converter; return 1; }
SHOWN const char *ucnv_getName(const void *converter, Error *error) { (void)converter; none(error); return ""; }
SHOWN int ucnv_countAvailable(void) { return 0; }
SHOWN const char *ucnv_getAvailableName(int number) { (void)number; return 0; }
SHOWN const char *ucnv_getStandardName(const char *name, const char *standard, Error *error)
{
    (void)name, (void)standard;
    none(error);
    return 0;
}
SHOWN void ucnv_getToUCallBack(const void *converter, void **action, const void **context)
{
    (void)converter;
    if (action) *action = 0;
    if (context) *context = 0;
}
SHOWN void ucnv_getFromUCallBack(const void *converter, void **action, const void **context)
{
    ucnv_getToUCallBack(converter, action, context);
}
SHOWN void ucnv_setToUCallBack(void *c, void *n, const void *x, void **oa, const void **ox, Error *error)
{
    (void)c, (void)n, (void)x, (void)oa, (void)ox;
    none(error);
}
SHOWN void ucnv_setFromUCallBack(void *c, void *n, const void *x, void **oa, const void **ox, Error *error)
{
    (void)c, (void)n, (void)x, (void)oa, (void)ox;
    none(error);
}
SHOWN void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
SHOWN void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
SHOWN void ucnv_cbToUWriteUChars(void *a, const void *s, int l, int o, Error *error) { (void)a, (void)s, (void)l, (void)o; none(error); }
SHOWN void ucnv_cbFromUWriteUChars(void *a, const void **s, const void *l, int o, Error *error) { (void)a, (void)s, (void)l, (void)o; none(error); }
SHOWN void ucnv_toUnicode(void *c, void *t, const void *tl, void *s, const void *sl, void *o, char f, Error *error)
{
    (void)c, (void)t, (void)tl, (void)s, (void)sl, (void)o, (void)f;
    none(error);
}
SHOWN void ucnv_fromUnicode(void *c, void *t, const void *tl, void *s, const void *sl, void *o, char f, Error *error)
{
    ucnv_toUnicode(c, t, tl, s, sl, o, f, error);
}
SHOWN int ucnv_toUCountPending(const void *converter, Error *error) { (void)converter; none(error); return 0; }
SHOWN int ucnv_fromUCountPending(const void *converter, Error *error) { (void)converter; none(error); return 0; }
