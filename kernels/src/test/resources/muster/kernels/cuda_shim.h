// Lets g++ compile kernels.cu unchanged: one GPU block after the other, its threads as fibers that meet at barriers.
// Every thread of a block must reach every barrier.
#pragma once
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

class Fibers {
    struct Fiber {
        ucontext_t context;
        std::vector<char> stack = std::vector<char>(64 * 1024);
        bool finished;
    };
    std::vector<Fiber> fibers;
    ucontext_t scheduler;
    void (*body)(void *);
    void *argument;
    unsigned current;

    static Fibers &mine() {
        static thread_local Fibers fibers;
        return fibers;
    }

    static void enter() {
        mine().body(mine().argument);
        mine().fibers[mine().current].finished = true;
        swapcontext(&mine().fibers[mine().current].context, &mine().scheduler);
    }

public:
    static void barrier() { swapcontext(&mine().fibers[mine().current].context, &mine().scheduler); }

    static void block(unsigned threads, void (*body)(void *), void *argument) {
        Fibers &all = mine();
        if (all.fibers.size() < threads) all.fibers = std::vector<Fiber>(threads);
        all.body = body;
        all.argument = argument;
        for (unsigned t = 0; t < threads; t++) {
            Fiber &fiber = all.fibers[t];
            getcontext(&fiber.context);
            fiber.context.uc_stack.ss_sp = fiber.stack.data();
            fiber.context.uc_stack.ss_size = fiber.stack.size();
            fiber.context.uc_link = nullptr;
            makecontext(&fiber.context, enter, 0);
            fiber.finished = false;
        }
        for (bool running = true; running;) {
            running = false;
            for (unsigned t = 0; t < threads; t++) {
                if (all.fibers[t].finished) continue;
                all.current = t;
                threadIdx.x = t;
                swapcontext(&all.scheduler, &all.fibers[t].context);
                running |= !all.fibers[t].finished;
            }
        }
    }
};

static inline void __syncthreads() { Fibers::barrier(); }
