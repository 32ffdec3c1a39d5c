package me.wingu.boma.harness.cli.nft;

import java.util.List;
import me.wingu.boma.harness.nftables.evaluation.Evaluation;
import me.wingu.boma.harness.nftables.proof.Exposure;
import me.wingu.boma.harness.nftables.proof.Firewall;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists everything that a network can reach. */
@Command(
        name = "exposure",
        description = "Lists everything that a network can reach, at the host and behind it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: nft list ruleset | boma-it nft exposure --from eth0"})
final class ExposureCommand extends Question {

    private static final String ROW = "%-4s %-12s %-24s %-40s %s";

    @Mixin
    private RulesetInput input;

    @Mixin
    private ArrivalsOptions arrivals;

    @Option(names = "--json", description = "Answer for machines.")
    private boolean json;

    @Override
    int answer() {
        Firewall firewall = input.read();
        List<Exposure> exposures = firewall.exposures(arrivals.read());
        if (json) {
            print(Json.text(Json.of(exposures)));
            return 0;
        }
        print(arrivals.read() + " can reach:");
        if (exposures.isEmpty()) {
            print("nothing");
            return 0;
        }
        print(ROW.formatted("IP", "PROTOCOL", "PORTS OR TYPES", "FROM", "WHERE").stripTrailing());
        exposures.forEach(exposure -> print(row(firewall, exposure)));
        return 0;
    }

    private static String row(Firewall firewall, Exposure exposure) {
        Evaluation example = firewall.evaluate(exposure.example());
        String where = example.outcome().forwarded()
                ? "forwarded to " + example.outcome().last().destination()
                : "this host";
        return ROW.formatted(
                        "v" + exposure.version(),
                        exposure.protocol(),
                        String.join(",", exposure.numbers()),
                        String.join(",", exposure.sources()),
                        exposure.certain() ? where : where + ", perhaps")
                .stripTrailing();
    }
}
