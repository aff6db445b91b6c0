// Lets g++ compile kernels.cu unchanged: one GPU block after the other, its threads as fibers that meet at barriers.
// Every thread of a block must reach every barrier.
#pragma once
#include <setjmp.h>
#include <ucontext.h>

#include <cmath>
#include <vector>

#define __global__
#define __device__
#define __forceinline__ inline
#define __launch_bounds__(...)
#define __shared__ static thread_local

using std::fma;

struct Dimensions {
    unsigned x;
};
static thread_local Dimensions threadIdx, blockIdx;

// A fiber is entered once, by setcontext, and serves one block after the other; all later switches are jumps, which make no
// system call.
class Fibers {
    struct Fiber {
        ucontext_t context;
        jmp_buf place;
        std::vector<char> stack = std::vector<char>(64 * 1024);
        bool entered = false, finished = true;
    };
    std::vector<Fiber> fibers;
    jmp_buf scheduler;
    void (*body)(void *);
    void *argument;
    unsigned current;

    static Fibers &mine() {
        static thread_local Fibers fibers;
        return fibers;
    }

    static void serve() {
        for (;;) {
            mine().body(mine().argument);
            mine().fibers[mine().current].finished = true;
            barrier();
        }
    }

    __attribute__((noinline)) void resume(Fiber &fiber) {
        if (_setjmp(scheduler) == 0) {
            if (fiber.entered) _longjmp(fiber.place, 1);
            fiber.entered = true;
            getcontext(&fiber.context);
            fiber.context.uc_stack.ss_sp = fiber.stack.data();
            fiber.context.uc_stack.ss_size = fiber.stack.size();
            fiber.context.uc_link = nullptr;
            makecontext(&fiber.context, serve, 0);
            setcontext(&fiber.context);
        }
    }

public:
    __attribute__((noinline)) static void barrier() {
        Fibers &all = mine();
        if (_setjmp(all.fibers[all.current].place) == 0) _longjmp(all.scheduler, 1);
    }

    static void block(unsigned threads, void (*body)(void *), void *argument) {
        Fibers &all = mine();
        if (all.fibers.size() < threads) all.fibers = std::vector<Fiber>(threads);
        all.body = body;
        all.argument = argument;
        for (unsigned t = 0; t < threads; t++) all.fibers[t].finished = false;
        for (bool running = true; running;) {
            running = false;
            for (unsigned t = 0; t < threads; t++) {
                if (all.fibers[t].finished) continue;
                all.current = t;
                threadIdx.x = t;
                all.resume(all.fibers[t]);
                running |= !all.fibers[t].finished;
            }
        }
    }
};

static inline void __syncthreads() { Fibers::barrier(); }
