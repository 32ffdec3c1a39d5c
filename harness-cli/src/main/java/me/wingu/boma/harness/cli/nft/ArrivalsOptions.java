package me.wingu.boma.harness.cli.nft;

import java.util.List;
import me.wingu.boma.harness.nftables.proof.Arrivals;
import picocli.CommandLine.Option;

/** The options that say whose packets a question is about. */
final class ArrivalsOptions {

    @Option(
            names = "--from",
            split = ",",
            paramLabel = "NETWORK",
            description = "Where they come from: interfaces, addresses or prefixes, separated by commas; "
                    + "\"wan\" is the interface with the default route. Anywhere outside when left out.")
    private List<String> networks = List.of();

    Arrivals read() {
        return Arrivals.from(networks.toArray(String[]::new)).newConnections();
    }
}
