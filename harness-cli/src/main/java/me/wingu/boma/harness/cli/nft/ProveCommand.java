package me.wingu.boma.harness.cli.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.evaluation.Evaluation;
import me.wingu.boma.harness.nftables.kernel.KernelCheck;
import me.wingu.boma.harness.nftables.kernel.KernelCheckResult;
import me.wingu.boma.harness.nftables.proof.Arrivals;
import me.wingu.boma.harness.nftables.proof.Finding;
import me.wingu.boma.harness.nftables.proof.Firewall;
import me.wingu.boma.harness.nftables.proof.Prover;
import me.wingu.boma.harness.nftables.proof.Traffic;
import me.wingu.boma.harness.nftables.proof.TrafficParser;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Proves properties for all packets, or shows one that breaks them. */
@Command(
        name = "prove",
        description = "Proves a property for all packets, or shows one packet that breaks it.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {" 0:everything was proved", " 1:something was refuted, or cannot be known"},
        footer = {
            "",
            "WHAT is 443/tcp, 80,443/tcp, 6000-6010/udp, ping, \"icmp type 8\", with \"from 198.51.100.0/24\""
                    + " or \"through wt0\" behind it; options may be given several times.",
            "",
            "Example: nft list ruleset | boma-it nft prove --from eth0 --only 80,443/tcp --only ping --always 443/tcp"
        })
final class ProveCommand extends Question {

    private static final Pattern PUBLISHED = Pattern.compile("(?<what>\\S+)=(?<address>\\S+):(?<port>\\d{1,5})");

    @Mixin
    private RulesetInput input;

    @Mixin
    private ArrivalsOptions arrivals;

    @Option(names = "--only", paramLabel = "WHAT", description = "Of new connections, only these are accepted.")
    private List<String> only = List.of();

    @Option(
            names = "--always",
            paramLabel = "WHAT",
            description = "New connections of this kind to the host always get through, for every client address.")
    private List<String> always = List.of();

    @Option(names = "--never", paramLabel = "WHAT", description = "New connections of this kind are never accepted.")
    private List<String> never = List.of();

    @Option(
            names = "--published",
            paramLabel = "WHAT=ADDRESS:PORT",
            description = "New connections of this kind always reach a container, such as 443/tcp=172.18.0.2:443.")
    private List<String> published = List.of();

    @Option(names = "--nothing", description = "No new connection is accepted, whatever it is.")
    private boolean nothing;

    @Option(names = "--no-dead-rules", description = "Every rule can match some packet.")
    private boolean noDeadRules;

    @Option(
            names = "--kernel",
            description = "Try the answers on this machine's kernel: the packet that refutes, and packets made from each "
                    + "rule, go through the ruleset in a network namespace. Needs root or user namespaces.")
    private boolean kernel;

    @Option(names = "--json", description = "Answer for machines.")
    private boolean json;

    @Override
    int answer() {
        Firewall firewall = input.read();
        Prover prover = firewall.prover();
        Arrivals from = arrivals.read();
        List<Result> results = new ArrayList<>();
        if (!only.isEmpty()) {
            results.add(Result.of(prover.acceptsOnly(from, traffic(only))));
        }
        if (!always.isEmpty()) {
            results.add(Result.of(prover.alwaysAccepts(from, traffic(always))));
        }
        if (!never.isEmpty()) {
            results.add(Result.of(prover.neverAccepts(from, traffic(never))));
        }
        if (nothing) {
            results.add(Result.of(prover.acceptsNothing(from)));
        }
        published.forEach(each -> results.add(Result.of(reaches(prover, from, each))));
        if (noDeadRules) {
            results.add(Result.of(prover.deadRules()));
        }
        if (results.isEmpty()) {
            throw new ParameterException(
                    spec().commandLine(),
                    "Nothing to prove: give --only, --always, --never, --nothing, --published or --no-dead-rules.");
        }
        if (kernel) {
            results.add(Result.of(new KernelCheck(1).check(
                    input.path(), results.stream().flatMap(result -> result.example().stream()).toList())));
        }
        if (json) {
            print(Json.text(results.stream().map(Result::json).toList()));
        } else {
            results.forEach(result -> print(result.text()));
        }
        return results.stream().allMatch(Result::passed) ? 0 : 1;
    }

    /** How one of the properties came out. */
    private record Result(boolean passed, String text, Map<String, Object> json, Optional<Evaluation> example) {

        static Result of(Finding finding) {
            return new Result(finding.proved(), finding.describe(), Json.of(finding), finding.example());
        }

        static Result of(List<RuleMeaning> dead) {
            List<String> rules =
                    dead.stream().map(rule -> rule.id() + ": " + rule.rule().text()).toList();
            String kind = (dead.isEmpty() ? Finding.Kind.PROVED : Finding.Kind.REFUTED).name();
            String property = "every rule can match some packet";
            String text = kind + ": " + property
                    + rules.stream().map(rule -> "\n  never matches: " + rule).collect(Collectors.joining());
            return new Result(
                    dead.isEmpty(), text, Map.of("answer", kind, "property", property, "deadRules", rules), Optional.empty());
        }

        static Result of(KernelCheckResult checked) {
            boolean compared = checked.agrees() && checked.rulesets() > 0;
            String property = "this machine's kernel does the same with " + checked.packets() + " packets, the examples among them";
            String details = checked.details().stream().map(detail -> "\n  " + detail).collect(Collectors.joining());
            String kind = compared ? "AGREED" : "NOT AGREED";
            return new Result(compared, kind + ": " + property + details,
                    Map.of("answer", kind, "property", property, "details", checked.details()), Optional.empty());
        }
    }

    private static List<Traffic> traffic(List<String> words) {
        return words.stream().map(TrafficParser::parse).toList();
    }

    private static Finding reaches(Prover prover, Arrivals from, String words) {
        Matcher parts = PUBLISHED.matcher(words);
        if (!parts.matches()) {
            throw new IllegalArgumentException("\"" + words + "\" publishes nothing: write 443/tcp=172.18.0.2:443");
        }
        String address = parts.group("address").replaceAll("[\\[\\]]", "");
        return prover.alwaysReaches(
                from,
                TrafficParser.parse(parts.group("what")),
                IpAddress.of(address),
                Integer.parseInt(parts.group("port")));
    }
}
