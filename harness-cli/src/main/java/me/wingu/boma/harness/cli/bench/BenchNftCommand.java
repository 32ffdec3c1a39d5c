package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the firewall analysis with JMH. */
@Command(
        name = "nft",
        description = "Measures reading, folding, proving and evaluating rulesets, with JMH; takes about a minute.",
        mixinStandardHelpOptions = true)
final class BenchNftCommand implements Callable<Integer> {

    private static final Map<String, String> KEYS = keys();

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the numbers for machines.")
    private boolean json;

    @Override
    public Integer call() throws RunnerException {
        Map<String, Double> numbers = measure();
        if (json) {
            spec.commandLine().getOut().println(numbers.entrySet().stream()
                    .map(entry -> "\"%s\": %s".formatted(entry.getKey(), rounded(entry.getValue())))
                    .collect(Collectors.joining(", ", "{", "}")));
        } else {
            numbers.forEach((key, value) -> spec.commandLine().getOut().printf("%-18s %s%n", key, rounded(value)));
        }
        return 0;
    }

    private static Map<String, Double> measure() throws RunnerException {
        Path log = log();
        try {
            Options options = new OptionsBuilder()
                    .include(NftBenchmark.class.getName() + "\\..*")
                    .output(log.toString())
                    .shouldFailOnError(true)
                    .build();
            Collection<RunResult> results = new Runner(options).run();
            Map<String, Double> numbers = new LinkedHashMap<>();
            KEYS.forEach((method, key) -> results.stream()
                    .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                    .forEach(result -> numbers.put(key, result.getPrimaryResult().getScore())));
            return numbers;
        } finally {
            delete(log);
        }
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("fold10kCold", "fold10kColdMs");
        keys.put("fold10kWarm", "fold10kWarmMs");
        keys.put("proveHost", "proveHostMs");
        keys.put("packets", "packetsPerSecond");
        return keys;
    }

    private static String rounded(double number) {
        return String.format(Locale.ROOT, number < 1_000 ? "%.2f" : "%.0f", number);
    }

    /** JMH's own report would stand between the numbers on standard output. */
    private static Path log() {
        try {
            return Files.createTempFile("jmh", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file for JMH's report", e);
        }
    }

    private static void delete(Path log) {
        try {
            Files.delete(log);
        } catch (IOException e) {
            throw new UncheckedIOException("JMH's report cannot be deleted: " + log, e);
        }
    }
}
