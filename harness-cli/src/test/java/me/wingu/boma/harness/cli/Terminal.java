package me.wingu.boma.harness.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Where a test runs the command line, in this process; what all runs write is kept. */
public final class Terminal {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Runs {@code boma-it} with some words. Returns its exit status. */
    public int run(String... words) {
        return run(BomaIt.commandLine(), words);
    }

    /** Runs a command with some words. Returns its exit status. */
    public int run(CommandLine command, String... words) {
        return command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(words);
    }

    /** Returns what was written to standard output. */
    public String out() {
        return out.toString();
    }

    /** Returns what was written to standard error. */
    public String err() {
        return err.toString();
    }
}
