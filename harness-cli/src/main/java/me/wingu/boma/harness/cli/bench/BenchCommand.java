package me.wingu.boma.harness.cli.bench;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the harness on this machine. */
@Command(
        name = "bench",
        description = "Measures the harness on this machine.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {BenchBootCommand.class, BenchChecksCommand.class, BenchLoopCommand.class, BenchNftCommand.class})
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Refuses the bare word: it names no measurement. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing what to measure.");
    }
}
