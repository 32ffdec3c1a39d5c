package me.wingu.boma.harness.cli.nft;

import me.wingu.boma.harness.nftables.evaluation.Evaluation;
import me.wingu.boma.harness.nftables.proof.Finding;
import me.wingu.boma.harness.nftables.proof.Firewall;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares what two rulesets accept. */
@Command(
        name = "diff",
        description = "Says whether two rulesets accept the same packets; if not, shows one.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {" 0:they accept the same packets", " 1:they differ, or it cannot be known"},
        footer = {"", "Example: boma-it nft diff before.json after.json --from eth0"})
final class DiffCommand extends Question {

    @Parameters(index = "0", paramLabel = "A", description = "One ruleset; - for standard input.")
    private String one;

    @Parameters(index = "1", paramLabel = "B", description = "The other ruleset; - for standard input.")
    private String other;

    @Mixin
    private HostOptions host;

    @Mixin
    private ArrivalsOptions arrivals;

    @Option(names = "--json", description = "Answer for machines.")
    private boolean json;

    @Override
    int answer() {
        if (one.equals("-") && other.equals("-")) {
            throw new IllegalArgumentException("Only one of the two rulesets can come from standard input: give the other's file");
        }
        Firewall first = host.firewall(one);
        Firewall second = host.firewall(other);
        Finding finding = first.prover().acceptsTheSameAs(second.prover(), arrivals.read());
        if (json) {
            print(Json.text(Json.of(finding)));
        } else {
            print(finding.describe());
            finding.example().ifPresent(example -> explainSecond(second.evaluate(example.packet())));
        }
        return finding.proved() ? 0 : 1;
    }

    private void explainSecond(Evaluation evaluation) {
        print("with " + other + ":");
        evaluation.explain().lines().forEach(line -> print("  " + line));
    }
}
