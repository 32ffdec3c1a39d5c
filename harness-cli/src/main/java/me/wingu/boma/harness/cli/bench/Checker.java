package me.wingu.boma.harness.cli.bench;

import java.time.Duration;
import java.util.List;

/** A tool that checks a host. */
interface Checker {

    /** Returns the tool's name. */
    String name();

    /**
     * Checks, and says how long that took once the tool was connected.
     *
     * @throws AssertionError when a check fails, or the tool did not make all of them
     */
    Duration time(List<Check> checks);
}
