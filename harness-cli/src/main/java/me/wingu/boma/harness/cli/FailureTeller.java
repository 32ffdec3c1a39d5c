package me.wingu.boma.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import me.wingu.boma.harness.HarnessException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a failed command's reason on standard error and turns it into an exit status. */
final class FailureTeller implements IExecutionExceptionHandler {

    /** {@code EX_SOFTWARE} of sysexits.h: not the reader's fault, so that the stack trace is worth printing. */
    private static final int INTERNAL_ERROR = 70;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult words) {
        Exception known = failure;
        if (failure instanceof UncheckedIOException unread) {
            known = ofFiles(String.valueOf(unread.getMessage()), unread.getCause());
        } else if (failure instanceof IOException trouble) {
            known = ofFiles(trouble.toString(), trouble);
        }
        if (known instanceof HarnessException told) {
            command.getErr().println(told.getMessage());
            return told.kind().exitStatus();
        }
        return internal(failure, command.getErr());
    }

    /** Tells an error of the harness itself; returns its exit status. */
    static int internal(Throwable failure, PrintWriter to) {
        to.println("boma-it itself failed; this is an error in the harness, please report it with:");
        failure.printStackTrace(to);
        return INTERNAL_ERROR;
    }

    /** A file that cannot be read or written is this machine's matter, not an error in the harness. */
    private static HarnessException ofFiles(String told, IOException cause) {
        String doing = told.equals(cause.toString()) ? "working with files" : told;
        return new HarnessException(
                HarnessException.Kind.MACHINE,
                "Failed: " + doing + ".",
                cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                "see whether the file is there and this user may read and write it, and whether the disk has room (df -h)",
                cause);
    }
}
