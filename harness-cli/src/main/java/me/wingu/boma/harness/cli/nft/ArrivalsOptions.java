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

    @Option(
            names = "--to",
            paramLabel = "WHOM",
            description = "Whom they are addressed to, before any translation: \"host\" for the host itself, published "
                    + "ports included, \"others\" for what it could only forward. Both when left out.")
    private String destination = "";

    Arrivals read() {
        Arrivals all = Arrivals.from(networks.toArray(String[]::new)).newConnections();
        return switch (destination) {
            case "" -> all;
            case "host" -> all.toThisHost();
            case "others" -> all.toOthers();
            default -> throw new IllegalArgumentException(
                    "\"" + destination + "\" is nobody that packets go to: write --to host or --to others");
        };
    }
}
