package me.wingu.boma.harness.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import me.wingu.boma.harness.cli.bench.BenchCommand;
import me.wingu.boma.harness.cli.nft.NftCommand;
import me.wingu.boma.harness.cli.rehearse.ApplyCommand;
import me.wingu.boma.harness.cli.rehearse.AssertCommand;
import me.wingu.boma.harness.cli.rehearse.CheckpointCommand;
import me.wingu.boma.harness.cli.rehearse.ConsoleCommand;
import me.wingu.boma.harness.cli.rehearse.CycleCommand;
import me.wingu.boma.harness.cli.rehearse.DownCommand;
import me.wingu.boma.harness.cli.rehearse.DriftCommand;
import me.wingu.boma.harness.cli.rehearse.ImageCommand;
import me.wingu.boma.harness.cli.rehearse.ListCommand;
import me.wingu.boma.harness.cli.rehearse.PruneCommand;
import me.wingu.boma.harness.cli.rehearse.ReachCommand;
import me.wingu.boma.harness.cli.rehearse.RebootCommand;
import me.wingu.boma.harness.cli.rehearse.SabotageCommand;
import me.wingu.boma.harness.cli.rehearse.SshCommand;
import me.wingu.boma.harness.cli.rehearse.StandbyCommand;
import me.wingu.boma.harness.cli.rehearse.StateCommand;
import me.wingu.boma.harness.cli.rehearse.UpCommand;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code boma-it}; every word that can follow it is a sub-command.
 *
 * <p>Exit status: 0 passed, 1 an assertion failed, 2 wrong usage or profile, 3 the machine cannot run it, 4 a step
 * failed, 70 an error of the harness itself.
 */
@Command(
        name = "boma-it",
        description = "Rehearses a host's change on a throwaway VM, and answers questions about firewalls.",
        mixinStandardHelpOptions = true,
        version = "boma-it 0.1",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ImageCommand.class,
            UpCommand.class,
            ApplyCommand.class,
            RebootCommand.class,
            AssertCommand.class,
            CycleCommand.class,
            SabotageCommand.class,
            DownCommand.class,
            PruneCommand.class,
            CheckpointCommand.class,
            StandbyCommand.class,
            ConsoleCommand.class,
            SshCommand.class,
            ListCommand.class,
            StateCommand.class,
            DriftCommand.class,
            ReachCommand.class,
            NftCommand.class,
            BenchCommand.class,
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:passed",
            " 1:an assertion failed, or an answer was no",
            " 2:wrong usage or profile",
            " 3:this machine cannot run it",
            " 4:a step failed (boot, apply, reboot)",
            "70:an error of the harness itself"
        },
        footer = {
            "",
            "./boma-it alone knows, because they need no Java: setup (makes this machine ready), doctor (every check of it, with"
                    + " its remedy), test (all tests; further words go to Maven)."
        })
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class BomaIt implements Runnable {

    @Spec
    private CommandSpec spec;

    /**
     * Runs the command and ends the Java machine with its exit status.
     *
     * @param args the words after {@code boma-it}
     */
    public static void main(String[] args) {
        int status;
        try {
            status = commandLine().execute(args);
        } catch (Error e) { // picocli hands on exceptions only; Java's own status would say that an assertion failed
            status = FailureTeller.internal(e, new PrintWriter(System.err, true, UTF_8));
        }
        System.exit(status);
    }

    /** Returns the whole command, ready to execute; a test may point its output elsewhere first. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new BomaIt());
        line.getSubcommands().get("ssh").setStopAtPositional(true); // the options behind it are the guest's command's
        return line
                .setExecutionExceptionHandler(new FailureTeller())
                .setOut(new PrintWriter(System.out, true, UTF_8))
                .setErr(new PrintWriter(System.err, true, UTF_8));
    }

    /** Refuses the bare command: it names no work. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing a command.");
    }
}
