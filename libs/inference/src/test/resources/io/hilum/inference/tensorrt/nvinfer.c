/* Stands for NVIDIA's libnvinfer: a version, and objects that count how often C++ deletes them. */
#include <stdlib.h>

static int deleted;

/* The two destructors that the Itanium C++ ABI puts first: one ends the object, one frees its memory as well. */
static void end(void *object) {
    (void) object;
    abort();
}

static void end_and_free(void *object) {
    deleted++;
    free(object);
}

static void *const table[] = {(void *) end, (void *) end_and_free};

void *createInferRuntime_INTERNAL(void *log, int version) {
    (void) log;
    (void) version;
    void **object = malloc(sizeof(void *) * 4);
    object[0] = (void *) table;
    return object;
}

int getInferLibMajorVersion(void) {
    return deleted;
}

int getInferLibVersion(void) {
    const char *version = getenv("STUB_VERSION");
    return version ? atoi(version) : 0;
}
