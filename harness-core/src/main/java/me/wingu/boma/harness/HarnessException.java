package me.wingu.boma.harness;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * A failure told so that its reader can act: what was being done, what was seen, and what to do next.
 *
 * <p>The message has one line for the first part and an indented block for each of the others:
 *
 * <pre>{@code
 * Starting the VM boma-it-askari failed: too little free memory.
 *   seen: 812 MiB available, 3584 MiB needed
 *   next: end another program, or lower "memoryMiB" in profiles/askari/profile.json
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class HarnessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Whose turn it is to act on a failure; the command's exit status follows from it. */
    public enum Kind {
        /** The words of the call, or a file that the user wrote, are wrong. Exit status 2. */
        USAGE(2),
        /** This machine cannot run a rehearsal as it is. Exit status 3. */
        MACHINE(3),
        /** A step of the rehearsal failed: boot, apply, reboot. Exit status 4. */
        STEP(4);

        private final int exitStatus;

        Kind(int exitStatus) {
            this.exitStatus = exitStatus;
        }

        /** Returns the exit status of a command that ends with such a failure: 2, 3 or 4. */
        public int exitStatus() {
            return exitStatus;
        }
    }

    private final Kind kind;

    /**
     * Creates a failure.
     *
     * @param kind whose turn it is
     * @param what what was being done, on what, and why it failed, as one sentence
     * @param seen what was observed; several lines are allowed; empty when the sentence says it all
     * @param next what the reader can do about it; several lines are allowed
     */
    public HarnessException(Kind kind, String what, String seen, String next) {
        this(kind, what, seen, next, null);
    }

    /**
     * Creates a failure that another one caused.
     *
     * @param kind whose turn it is
     * @param what what was being done, on what, and why it failed, as one sentence
     * @param seen what was observed; several lines are allowed; empty when the sentence says it all
     * @param next what the reader can do about it; several lines are allowed
     * @param cause the failure below, or null
     */
    public HarnessException(Kind kind, String what, String seen, String next, @Nullable Throwable cause) {
        super(what + block("seen", seen) + block("next", next), cause);
        this.kind = kind;
    }

    /** Returns whose turn it is to act. */
    public Kind kind() {
        return kind;
    }

    private static String block(String label, String text) {
        if (text.isBlank()) {
            return "";
        }
        String indent = "\n  " + " ".repeat(label.length() + 2);
        return "\n  " + label + ": " + text.strip().replace("\n", indent);
    }
}
