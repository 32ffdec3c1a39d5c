package me.wingu.boma.harness.nftables.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.NftablesException;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.collection.ListedText;
import me.wingu.boma.harness.nftables.evaluation.Evaluation;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.SetContents;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Compares the model with the kernel: loads a ruleset in a network namespace of its own, sends packets made from each
 * rule's condition (hits and near misses) and random ones, and compares the sequence of matched rules and the verdicts,
 * packet by packet, with what the evaluator says.
 *
 * <p>Needs {@code nft}, {@code ip}, {@code python3} and {@code unshare}, and either root or unprivileged user namespaces.
 * The machine's own rules and interfaces are never touched.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class KernelCheck {

    /** What nft refuses to load unless the interface exists: iif and oif, and the devices of chains and flow tables. */
    private static final Pattern NEEDED = Pattern.compile(
            "\\b(?:iif|oif|device|devices|\"dev\":)\\s*(?:[!=]=?\\s*)?(?:[{\\[]([^}\\]]*)[}\\]]|(\"?[\\w.:@+-]{1,15}\"?))");
    private static final Pattern WORD = Pattern.compile("[\\w.:@+-]{1,15}");
    private static final Pattern MISSING = Pattern.compile(":(\\d+):(\\d+)-(\\d+): Error: Interface does not exist");
    private static final int ATTEMPTS = 50;
    private static final int MOST_INTERFACES = 60;

    private final long seed;
    private final Judge.Factory judges;
    private final Function<String, Optional<TraceLine>> parser;

    /**
     * Creates a check.
     *
     * @param seed makes the packets: the same seed, the same packets
     */
    public KernelCheck(long seed) {
        this(seed, Judge::model, TraceLine::parse);
    }

    KernelCheck(long seed, Judge.Factory judges, Function<String, Optional<TraceLine>> parser) {
        this.seed = seed;
        this.judges = judges;
        this.parser = parser;
    }

    /**
     * Compares every ruleset.
     *
     * @param files rulesets, as text for {@code nft -f} or, when they begin with a brace, as JSON
     * @return what was found; one file's trouble does not stop the others
     * @throws NftablesException when this machine cannot run the check at all
     */
    public KernelCheckResult check(List<Path> files) {
        Tally tally = new Tally();
        for (Path file : files) {
            try (ScratchNamespaces namespaces = ScratchNamespaces.create()) {
                check(file.toAbsolutePath(), List.of(), namespaces, tally);
            }
        }
        return tally.result();
    }

    /**
     * Compares one ruleset, and sends these packets too: examples that an answer came with.
     *
     * <p>The scratch namespace has routes of its own: what is compared is what the rules do with the packet once it takes
     * the way that the example says, to the host or through it.
     */
    public KernelCheckResult check(Path file, List<Evaluation> examples) {
        Tally tally = new Tally();
        try (ScratchNamespaces namespaces = ScratchNamespaces.create()) {
            check(file.toAbsolutePath(), examples, namespaces, tally);
        }
        return tally.result();
    }

    private void check(Path file, List<Evaluation> examples, ScratchNamespaces namespaces, Tally tally) {
        String name = file.getFileName().toString();
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            tally.notLoadable(name, "it cannot be read as text: " + e);
            return;
        }
        CheckNetwork network = new CheckNetwork(namespaces);
        network.add(interfaces(text));
        Loadable ruleset = new Loadable(text);
        ScratchNamespaces.Result loaded = load(file, ruleset, namespaces, network);
        if (!loaded.succeeded()) {
            tally.notLoadable(name, loaded.seen());
            return;
        }
        ruleset.leftOut().forEach(rule -> tally.leftOut(name, rule));
        compare(name, examples, namespaces, network, tally);
    }

    private void compare(
            String name, List<Evaluation> examples, ScratchNamespaces namespaces, CheckNetwork network, Tally tally) {
        try {
            Ruleset ruleset = listed(namespaces);
            network.add(examples.stream().flatMap(example -> example.packet().input().stream()).collect(Collectors.toSet()));
            network.add(InterfaceNames.in(RulesetMeaning.of(ruleset, HostNetwork.unknown(), SetContents.AS_LISTED)));
            RulesetMeaning meaning =
                    RulesetMeaning.of(ruleset, network.route(Mode.INPUT, ""), SetContents.MAY_CHANGE);
            tally.ruleset(name, ruleset, meaning);
            Bytecode.missing(namespaces.must(true, "nft --debug=netlink list ruleset"), meaning)
                    .forEach(missing -> tally.disagreement(name, missing));
            new RulesetCheck(name, namespaces, network, judges, parser, tally).run(ruleset, seed, examples);
        } catch (NftablesException e) {
            tally.disagreement(name, "the comparison failed: " + e.getMessage());
        }
    }

    /** A chain without a name gets one, in the kernel too, because nft prints its rules as text only. */
    private static Ruleset listed(ScratchNamespaces namespaces) {
        ListedText text = new ListedText(namespaces.must(true, "nft list ruleset"));
        if (text.hasChainsInBraces()) {
            namespaces.must(true, "nft -f - <<'BOMA-END'\nflush ruleset\n" + text.withNamedChains() + "BOMA-END\n");
        }
        return text.complete(new RulesetReader().read(namespaces.must(true, "nft -j list ruleset")));
    }

    /** nft names the place of an interface that it misses; we make it and try again. What it refuses is left out. */
    private static ScratchNamespaces.Result load(
            Path file, Loadable ruleset, ScratchNamespaces namespaces, CheckNetwork network) {
        String command = ruleset.json() ? "nft -j -f -" : "nft -f -";
        Optional<Path> directory = Optional.ofNullable(file.getParent());
        ScratchNamespaces.Result result = namespaces.shell(true, command, directory, ruleset.text());
        for (int attempt = 0; attempt < ATTEMPTS && !result.succeeded(); attempt++) {
            Set<String> missing = missing(result.seen(), ruleset.text().lines().toList());
            network.add(missing);
            if (missing.isEmpty() && !ruleset.leaveOut(result.seen())) {
                break;
            }
            result = namespaces.shell(true, command, directory, ruleset.text());
        }
        return result;
    }

    private static Set<String> missing(String errors, List<String> lines) {
        Set<String> names = new HashSet<>();
        Matcher matcher = MISSING.matcher(errors);
        while (matcher.find()) {
            int line = Integer.parseInt(matcher.group(1)) - 1;
            int from = Integer.parseInt(matcher.group(2)) - 1;
            int to = Integer.parseInt(matcher.group(3));
            if (line < lines.size() && to <= lines.get(line).length()) {
                names.add(lines.get(line).substring(from, to).replace("\"", ""));
            }
        }
        return names;
    }

    static Set<String> interfaces(String text) {
        Set<String> names = new HashSet<>();
        Matcher matcher = NEEDED.matcher(text.replaceAll("(?m)#.*$", ""));
        while (matcher.find()) {
            Matcher word = WORD.matcher(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            while (word.find() && names.size() < MOST_INTERFACES) {
                names.add(word.group());
            }
        }
        return names;
    }
}
