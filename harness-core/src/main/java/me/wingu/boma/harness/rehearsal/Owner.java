package me.wingu.boma.harness.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.wingu.boma.harness.HarnessException;

/**
 * A process that works on a guest, told apart from any later process with the same number.
 *
 * @param pid the process id
 * @param startTicks when the process started, in clock ticks since this machine's boot
 * @param bootId this machine's boot
 */
record Owner(long pid, String startTicks, String bootId) {

    private static final Path PROC = Path.of("/proc");
    private static final int START_TIME_FIELD = 22; // proc(5), /proc/pid/stat

    /** Returns this process. */
    static Owner self() {
        long pid = ProcessHandle.current().pid();
        try {
            return new Owner(pid, ticks(pid), thisBoot());
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    "Reading " + PROC + " failed.",
                    e.toString(),
                    "run on Linux with /proc mounted",
                    e);
        }
    }

    /** Returns whether the process still runs. */
    boolean alive() {
        try {
            return thisBoot().equals(bootId) && ticks(pid).equals(startTicks);
        } catch (IOException e) {
            return false; // no such process
        }
    }

    private static String thisBoot() throws IOException {
        return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    }

    private static String ticks(long pid) throws IOException {
        String stat = Files.readString(PROC.resolve(pid + "/stat"));
        // The second field, the program's name, may hold spaces and parentheses.
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return afterName[START_TIME_FIELD - 3];
    }
}
