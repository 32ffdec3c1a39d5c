package me.wingu.boma.harness.diagnostics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Judges a boot by what must never happen in one, whatever the host: failed units, and on the console a panic, an oops,
 * an out-of-memory kill or an ordering cycle. The list follows the boot checks of Fedora CoreOS's {@code kola}.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class BootHealth {

    private static final Pattern BAD_LINE = Pattern.compile(
            "Kernel panic - not syncing"
                    + "|\\bBUG: "
                    + "|\\bOops: "
                    + "|Out of memory: Killed process"
                    + "|oom-kill:"
                    + "|Found ordering cycle on"
                    + "|You are in emergency mode"
                    + "|Give root password for maintenance"
                    + "|soft lockup - CPU"
                    + "|EXT4-fs error");

    private BootHealth() {}

    /**
     * Finds what is wrong with a boot.
     *
     * @param failedUnits the units in state failed
     * @param console the console's text of this boot
     * @param unitExcused whether a unit's failure is a known one
     * @param lineExcused whether a console line is a known one
     * @return one line a fault; empty when the boot was healthy
     */
    public static List<String> faults(
            List<String> failedUnits, String console, Predicate<String> unitExcused, Predicate<String> lineExcused) {
        List<String> faults = new ArrayList<>();
        failedUnits.stream()
                .filter(unitExcused.negate())
                .map(unit -> "unit " + unit + " failed")
                .forEach(faults::add);
        console.lines()
                .filter(line -> BAD_LINE.matcher(line).find())
                .filter(lineExcused.negate())
                .map(line -> "console: " + line.strip())
                .forEach(faults::add);
        return faults;
    }
}
