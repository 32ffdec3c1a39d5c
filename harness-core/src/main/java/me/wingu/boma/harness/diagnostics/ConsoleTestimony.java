package me.wingu.boma.harness.diagnostics;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a guest's serial console says of its last boot. It is the one witness when nobody gets in any more, so it is read for
 * the reasons why: sshd without a listener, a ruleset that was not loaded, a service that failed or waits for another.
 *
 * @param boot the console's text from the last kernel's first line on, without escape sequences
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record ConsoleTestimony(String boot) {

    private static final Pattern ESCAPE = Pattern.compile("\u001B\\[[0-9;?]*[A-Za-z]");
    private static final Pattern KERNEL = Pattern.compile("^.*\\[ *0\\.000000\\] Linux version ", Pattern.MULTILINE);
    private static final Pattern LOGIN = Pattern.compile("^\\S+ login: ", Pattern.MULTILINE);
    private static final Pattern PANIC = Pattern.compile("Kernel panic - not syncing.*");
    private static final Pattern STALL = Pattern.compile("rcu: (?:INFO: )?\\S+ (?:kthread starved|kthread timer wakeup"
            + " didn't happen|(?:self-)?detected stalls?)|BUG: soft lockup");
    private static final int MOST = 12;

    /** A reason, and how it is told: with the groups of its pattern. */
    private record Reason(Pattern line, String told) {

        static Reason of(String line, String told) {
            return new Reason(Pattern.compile(line), told);
        }
    }

    private static final List<Reason> REASONS = List.of(
            Reason.of("sshd\\[\\d+\\]: error: Bind to port (\\d+) on (\\S+) failed: (.*)", "sshd does not listen on $2, port $1: $3"),
            Reason.of("sshd\\[\\d+\\]: fatal: (.*)", "sshd gave up: $1"),
            Reason.of("nft\\[\\d+\\]: (.*Error: .*)", "the ruleset was not loaded: $1"),
            Reason.of("(\\S+)\\[\\d+\\]: (.*\\bwaiting for\\b.*)", "$1 waits: $2"),
            Reason.of("A start job is running for (.*?)(?: \\(.*)?$", "systemd waits for $1"),
            Reason.of("(?:\\[FAILED\\]|systemd\\[1\\]:) (Failed to start .*)", "$1"),
            Reason.of("\\[DEPEND\\] (Dependency failed for .*)", "$1"),
            Reason.of(".*(" + STALL + ").*", "the kernel stood still: $1"),
            Reason.of("(" + PANIC + "|You are in emergency mode.*|.*Found ordering cycle on.*)", "$1"));

    /**
     * Reads the last boot of a console.
     *
     * @param console everything that a guest has written to it
     */
    public static ConsoleTestimony ofLastBoot(String console) {
        Matcher kernels = KERNEL.matcher(console);
        int start = 0;
        while (kernels.find()) {
            start = kernels.start();
        }
        return new ConsoleTestimony(ESCAPE.matcher(console.substring(start)).replaceAll(""));
    }

    /** Returns whether the boot has come so far that somebody could log in on the console. */
    public boolean asksForLogin() {
        return LOGIN.matcher(boot).find();
    }

    /** Returns how the kernel put its panic, if it panicked. */
    public Optional<String> panic() {
        return PANIC.matcher(boot).results().map(found -> found.group().strip()).findFirst();
    }

    /** Returns how the kernel told first that a processor stood still: a lost timer, a lock that nobody opens. */
    public Optional<String> stall() {
        return STALL.matcher(boot).results().map(found -> found.group().strip()).findFirst();
    }

    /** Returns what may keep people out, one line each, each said once; empty when the console tells of nothing. */
    public List<String> reasons() {
        Set<String> told = new LinkedHashSet<>();
        boot.lines().map(String::strip).forEach(line -> {
            for (Reason reason : REASONS) {
                Matcher matcher = reason.line().matcher(line);
                if (matcher.find()) {
                    told.add(reason.line().matcher(matcher.group()).replaceFirst(reason.told()));
                    return;
                }
            }
        });
        return List.copyOf(new ArrayList<>(told).subList(0, Math.min(MOST, told.size())));
    }
}
