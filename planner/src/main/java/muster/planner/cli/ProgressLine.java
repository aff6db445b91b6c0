package muster.planner.cli;

import java.io.PrintStream;

/** A line on a terminal's stderr that says how long the work has been going on; gone when it ends. */
final class ProgressLine implements AutoCloseable {
    private static final long TICK_MILLIS = 1_000;
    private static final String ERASE = "\r\u001b[K";

    private final Console console;
    private final String doing;
    private final String wayOut;
    private final Thread ticker;

    /** What is told beside, set by the thread that works. */
    private volatile String reached = "";

    /**
     * @param doing what is going on, as in {@code Searching, 3 s}
     * @param wayOut what a person can do about it
     */
    ProgressLine(Console console, String doing, String wayOut) {
        this.console = console;
        this.doing = doing;
        this.wayOut = wayOut;
        this.ticker = Thread.ofPlatform().daemon().name("progress").unstarted(this::tick);
    }

    /** Begins, if there is a terminal to show it on. */
    void show() {
        boolean dumb = console.environment("TERM").filter("dumb"::equals).isPresent();
        if (console.stderrIsTerminal() && !dumb) {
            ticker.start();
        }
    }

    /** Tells from now on how far the work has come. */
    void reached(String words) {
        reached = ", " + words;
    }

    private void tick() {
        PrintStream err = console.err();
        long start = System.nanoTime();
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS);
                err.print(ERASE + doing + ", " + (System.nanoTime() - start) / 1_000_000_000 + " s" + reached + "; "
                        + wayOut);
                err.flush();
            }
        } catch (InterruptedException closed) {
            err.print(ERASE);
            err.flush();
        }
    }

    @Override
    public void close() {
        if (!ticker.isAlive()) {
            return;
        }
        ticker.interrupt();
        try {
            ticker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
