package me.wingu.boma.harness.cli.nft;

import java.nio.file.Path;
import me.wingu.boma.harness.nftables.proof.Firewall;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The ruleset that a question is about. */
final class RulesetInput {

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "-",
            paramLabel = "FILE",
            description = "The ruleset, as JSON or as text; standard input when left out or -.")
    private String file;

    @Mixin
    private HostOptions host;

    /**
     * Returns the file.
     *
     * @throws IllegalArgumentException when the ruleset comes from elsewhere
     */
    Path path() {
        if (file.equals("-")) {
            throw new IllegalArgumentException("--kernel needs the ruleset in a file, to load it in a network namespace");
        }
        return Path.of(file);
    }

    Firewall read() {
        return host.firewall(file);
    }
}
