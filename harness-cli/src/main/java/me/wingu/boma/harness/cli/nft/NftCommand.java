package me.wingu.boma.harness.cli.nft;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Questions about an nftables ruleset, from a file or standard input. */
@Command(
        name = "nft",
        description = "Answers questions about any nftables ruleset.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "A ruleset is what \"nft -j list ruleset\" or \"nft list ruleset\" prints, or a file for \"nft -f\".",
            "Text is loaded in a network namespace of its own to be translated, which changes nothing on this machine."
        },
        subcommands = {
            ExplainCommand.class,
            ExposureCommand.class,
            ProveCommand.class,
            DiffCommand.class,
            CheckKernelCommand.class
        })
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class NftCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Refuses the bare word: it asks nothing. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing a question.");
    }
}
