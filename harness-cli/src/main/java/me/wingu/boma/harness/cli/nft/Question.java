package me.wingu.boma.harness.cli.nft;

import java.util.concurrent.Callable;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.nftables.NftablesException;
import me.wingu.boma.harness.nftables.RulesetFormatException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One question about a ruleset; what goes wrong with it is told as a failure of the command. */
abstract class Question implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() {
        try {
            return answer();
        } catch (RulesetFormatException | IllegalArgumentException e) {
            throw told(HarnessException.Kind.USAGE, e);
        } catch (NftablesException e) {
            throw told(HarnessException.Kind.MACHINE, e);
        }
    }

    /** Prints the answer and returns the exit status. */
    abstract int answer();

    CommandSpec spec() {
        return spec;
    }

    void print(Object line) {
        spec.commandLine().getOut().println(line);
    }

    private static HarnessException told(HarnessException.Kind kind, RuntimeException cause) {
        return new HarnessException(kind, String.valueOf(cause.getMessage()), "", "", cause);
    }
}
