// A stand-in for libcuda.so.1 where there is no GPU: the calls that Muster makes, on the memory of this machine, with the
// kernels of kernels.cu compiled by g++. It counts what is allocated and fails a chosen call, so that tests see both.
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string>
#include <xmmintrin.h>

#include "kernels.cu"

namespace {
std::mutex guard;
int setting(const char *name, int otherwise) {
    const char *text = getenv(name);
    return text ? atoi(text) : otherwise;
}

std::map<void *, size_t> device, pinned;
long calls = 0, launched = 0;
// STANDIN_LOST: from which call on the GPU is lost.
long failingCall = setting("STANDIN_LOST", -1);
int failureCode = 719, failForever = 1;
int streams = 0, modules = 0, contexts = 0;
size_t deviceBytes = SIZE_MAX;

// Every call of the driver passes here first.
int enter() {
    std::lock_guard<std::mutex> lock(guard);
    long call = calls++;
    return failingCall >= 0 && (call == failingCall || (failForever && call > failingCall)) ? failureCode : 0;
}

template <typename Arguments, void (*kernel)(const Arguments)>
void run(unsigned blocks, unsigned threads, void **parameters) {
    Arguments arguments = *static_cast<Arguments *>(parameters[0]);
    for (unsigned b = 0; b < blocks; b++) {
        blockIdx.x = b;
        Fibers::block(threads, [](void *a) { kernel(*static_cast<Arguments *>(a)); }, &arguments);
    }
}

using Launcher = void (*)(unsigned, unsigned, void **);
const std::map<std::string, Launcher> kernels = {
        {"layouts", run<LayoutArguments, layouts>},
        {"futures", run<FutureArguments, futures>},
        {"values", run<FutureArguments, values>},
        {"placements", run<PlacementArguments, placements>},
};
}  // namespace

#define CALL(...)               \
    extern "C" int __VA_ARGS__ { \
        if (int code = enter()) return code;

CALL(cuInit(unsigned)) return setting("STANDIN_INIT", 0); }
CALL(cuDriverGetVersion(int *version)) *version = setting("STANDIN_VERSION", 12060); return 0; }
CALL(cuDeviceGetCount(int *count)) *count = setting("STANDIN_DEVICES", 1); return 0; }
CALL(cuDeviceGet(int *d, int)) *d = 0; return 0; }
CALL(cuDeviceGetName(char *name, int length, int)) strncpy(name, "stand-in without a GPU", length); return 0; }
CALL(cuDeviceGetAttribute(int *value, int attribute, int))
    // 13 clock kHz, 16 multiprocessors, 75 and 76 compute capability.
    *value = attribute == 75 ? setting("STANDIN_MAJOR", 9) : attribute == 13 ? 1000000 : attribute == 16 ? 1 : 0;
    return 0;
}
CALL(cuDevicePrimaryCtxRetain(void **context, int)) *context = &contexts; contexts++; return 0; }
CALL(cuDevicePrimaryCtxRelease_v2(int)) contexts--; return 0; }
CALL(cuCtxSetCurrent(void *)) return 0; }
CALL(cuModuleLoadDataEx(void **module, const void *image, unsigned, int *, void **))
    if (strstr(static_cast<const char *>(image), ".visible .entry futures") == nullptr) return 218;
    *module = &modules;
    modules++;
    return 0;
}
CALL(cuModuleUnload(void *)) modules--; return 0; }
CALL(cuModuleGetFunction(void **function, void *, const char *name))
    auto found = kernels.find(name);
    if (found == kernels.end()) return 500;
    *function = reinterpret_cast<void *>(found->second);
    return 0;
}
CALL(cuStreamCreate(void **stream, unsigned)) *stream = &streams; streams++; return 0; }
CALL(cuStreamDestroy_v2(void *)) streams--; return 0; }
CALL(cuStreamSynchronize(void *)) return 0; }
CALL(cuMemAlloc_v2(unsigned long long *address, size_t bytes))
    std::lock_guard<std::mutex> lock(guard);
    size_t used = 0;
    for (auto &block : device) used += block.second;
    if (bytes == 0) return 1;
    if (bytes > deviceBytes - (used < deviceBytes ? used : deviceBytes)) return 2;
    void *memory = malloc(bytes);
    memset(memory, 0xff, bytes);
    device[memory] = bytes;
    *address = reinterpret_cast<unsigned long long>(memory);
    return 0;
}
CALL(cuMemFree_v2(unsigned long long address))
    std::lock_guard<std::mutex> lock(guard);
    void *memory = reinterpret_cast<void *>(address);
    if (device.erase(memory) != 1) return 1;
    free(memory);
    return 0;
}
CALL(cuMemAllocHost_v2(void **memory, size_t bytes))
    std::lock_guard<std::mutex> lock(guard);
    *memory = malloc(bytes);
    pinned[*memory] = bytes;
    return 0;
}
CALL(cuMemFreeHost(void *memory))
    std::lock_guard<std::mutex> lock(guard);
    if (pinned.erase(memory) != 1) return 1;
    free(memory);
    return 0;
}
namespace {
// Whether the range lies inside one allocation.
bool lies(const std::map<void *, size_t> &blocks, const void *start, size_t bytes) {
    for (auto &block : blocks) {
        const char *first = static_cast<const char *>(block.first), *from = static_cast<const char *>(start);
        if (from >= first && from + bytes <= first + block.second) return true;
    }
    return false;
}
}  // namespace
CALL(cuMemcpyHtoDAsync_v2(unsigned long long to, const void *from, size_t bytes, void *))
    std::lock_guard<std::mutex> lock(guard);
    if (!lies(device, reinterpret_cast<void *>(to), bytes) || !lies(pinned, from, bytes)) return 1;
    memcpy(reinterpret_cast<void *>(to), from, bytes);
    return 0;
}
CALL(cuMemcpyDtoHAsync_v2(void *to, unsigned long long from, size_t bytes, void *))
    std::lock_guard<std::mutex> lock(guard);
    if (!lies(device, reinterpret_cast<void *>(from), bytes) || !lies(pinned, to, bytes)) return 1;
    memcpy(to, reinterpret_cast<void *>(from), bytes);
    return 0;
}
CALL(cuLaunchKernel(void *function, unsigned blocks, unsigned y, unsigned z, unsigned threads, unsigned, unsigned,
                    unsigned, void *, void **parameters, void **))
    if (blocks == 0 || y != 1 || z != 1 || threads != 256) return 1;
    reinterpret_cast<Launcher>(function)(blocks, threads, parameters);
    std::lock_guard<std::mutex> lock(guard);
    launched++;
    return 0;
}
extern "C" int cuGetErrorName(int code, const char **name) { return *name = "stand-in", code < 0; }

// What tests ask and set.
extern "C" long standin_calls() { return calls; }
extern "C" long standin_launched() { return launched; }
extern "C" long standin_left() { return (long)device.size() + (long)pinned.size() + streams + modules + contexts; }
extern "C" void standin_fail(long call, int code, int forever) {
    calls = 0;
    failingCall = call;
    failureCode = code;
    failForever = forever;
}
extern "C" void standin_flush(int on) {
    _MM_SET_FLUSH_ZERO_MODE(on ? _MM_FLUSH_ZERO_ON : _MM_FLUSH_ZERO_OFF);
}
extern "C" void standin_memory(long left) {
    std::lock_guard<std::mutex> lock(guard);
    deviceBytes = left;
    for (auto &block : device) deviceBytes += block.second;
    if (left < 0) deviceBytes = SIZE_MAX;
}
