package me.wingu.boma.harness.cli;

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
        if (failure instanceof HarnessException told) {
            command.getErr().println(told.getMessage());
            return told.kind().exitStatus();
        }
        command.getErr().println("boma-it itself failed; this is an error in the harness, please report it with:");
        failure.printStackTrace(command.getErr());
        return INTERNAL_ERROR;
    }
}
