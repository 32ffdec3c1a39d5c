package me.wingu.boma.harness.cli.nft;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.NftablesException;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.RulesetFormatException;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.collection.NetworkReader;
import me.wingu.boma.harness.nftables.proof.Firewall;
import picocli.CommandLine.Option;

/** What is told of the host besides its ruleset: translated packets and "fib" rules depend on it. */
final class HostOptions {

    @Option(names = "--this-host", description = "The ruleset is this machine's: read its addresses and routes.")
    private boolean thisHost;

    @Option(names = "--addresses", paramLabel = "FILE", description = "What \"ip -j addr\" printed on the host.")
    private Optional<String> addresses = Optional.empty();

    @Option(
            names = "--routes",
            paramLabel = "FILE",
            description = "What \"ip -4 -j route show table all\" printed on the host.")
    private Optional<String> routes = Optional.empty();

    @Option(
            names = "--routes6",
            paramLabel = "FILE",
            description = "What \"ip -6 -j route show table all\" printed on the host.")
    private Optional<String> routes6 = Optional.empty();

    private final RulesetText texts = new RulesetText(System.in);

    Firewall firewall(String file) {
        String text = texts.of(file);
        String place = file.equals("-") ? "on standard input" : "in " + file;
        if (text.isBlank()) { // what is left of an "nft list ruleset" that failed looks the same
            throw new IllegalArgumentException(
                    "The ruleset " + place + " is empty. If the host has no rules, \"nft -j list ruleset\" says so");
        }
        Ruleset ruleset = text.stripLeading().startsWith("{") ? listed(text, place) : new ScratchNamespace(place).ruleset(text);
        return new Firewall(ruleset, network());
    }

    private static Ruleset listed(String text, String place) {
        try {
            return new RulesetReader().read(text);
        } catch (RulesetFormatException e) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "The ruleset " + place + " cannot be read.",
                    String.valueOf(e.getMessage()),
                    "give what \"nft -j list ruleset\" printed, whole",
                    e);
        }
    }

    private HostNetwork network() {
        if (thisHost && Stream.of(addresses, routes, routes6).anyMatch(Optional::isPresent)) {
            throw new IllegalArgumentException("--this-host reads addresses and routes by itself:"
                    + " leave out either it or --addresses, --routes and --routes6");
        }
        return thisHost ? ThisHost.network() : given();
    }

    private HostNetwork given() {
        String addressText = text("--addresses", addresses);
        String routeText = text("--routes", routes);
        String route6Text = text("--routes6", routes6);
        try {
            return new NetworkReader().read(addressText, routeText, route6Text, "", "", Map.of());
        } catch (NftablesException e) { // what a file says is the caller's matter, not this machine's
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "What --addresses, --routes or --routes6 names cannot be read.",
                    String.valueOf(e.getMessage()),
                    "give what \"ip -j …\" printed on the host; --help has the words",
                    e);
        }
    }

    private String text(String option, Optional<String> file) {
        String text = file.map(texts::of).orElse("");
        if (file.isPresent() && text.isBlank()) { // what is left of an "ip" that failed; of no routes it says []
            throw new IllegalArgumentException("What " + option + " names, " + file.get() + ", is empty");
        }
        return text;
    }
}
