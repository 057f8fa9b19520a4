/* Stands for NVIDIA's libcudart: says what the environment tells it to say. */
#include <stdlib.h>
#include <string.h>

static int number(const char *name) {
    const char *value = getenv(name);
    return value ? atoi(value) : 0;
}

int cudaGetDeviceCount(int *count) {
    *count = number("STUB_DEVICES");
    return *count > 0 ? 0 : 100;
}

const char *cudaGetErrorString(int error) {
    return error == 100 ? "no CUDA-capable device is detected" : "unknown";
}

/* The structure begins with the name; the zeros of the rest are the caller's. */
int cudaGetDeviceProperties(void *properties, int device) {
    strcpy(properties, device == 0 ? "Stub" : "Another");
    return 0;
}
