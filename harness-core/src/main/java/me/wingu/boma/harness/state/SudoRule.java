package me.wingu.boma.harness.state;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Something that an account may run through sudo, as sudo itself understood its configuration.
 *
 * @param runAs the accounts as which it may run it; {@code ALL} for any
 * @param needsPassword whether sudo asks for the account's password
 * @param commands the commands; {@code ALL} for any, with {@code !} before what is excepted
 * @param source the file that says so
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SudoRule(List<String> runAs, boolean needsPassword, List<String> commands, String source) {

    /** Copies the lists. */
    public SudoRule {
        runAs = List.copyOf(runAs);
        commands = List.copyOf(commands);
    }

    /** Returns whether the rule gives anything, not only takes away. */
    public boolean grants() {
        return commands.stream().anyMatch(command -> !command.startsWith("!"));
    }

    /**
     * Returns whether an entry is about a command. What takes away may be wider than it can be told from its text: a
     * directory, a pattern, a command with whatever arguments.
     */
    static boolean isAbout(String entry, String command) {
        String text = entry.replaceFirst("^!", "").replaceFirst("^sha\\d+:\\S+ ", "");
        boolean takesAway = entry.startsWith("!");
        return text.equals("ALL")
                || text.equals(command)
                || (takesAway && (text.matches(".*[*?\\[^].*") || command.startsWith(text.endsWith("/") ? text : text + " ")));
    }

    /** Returns the rule as sudoers would have it: {@code (ALL) NOPASSWD: ALL, from /etc/sudoers.d/claude}. */
    @Override
    public String toString() {
        return "(" + String.join(", ", runAs) + ") " + (needsPassword ? "" : "NOPASSWD: ") + String.join(", ", commands)
                + (source.isBlank() ? "" : ", from " + source);
    }
}
