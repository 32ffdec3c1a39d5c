package me.wingu.boma.harness.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a host's {@code scenarios/}. */
final class ScenarioReader {

    private static final String ENDING = ".yml";
    private static final Pattern ONE_LINE = Pattern.compile(".+");

    private final Path directory;

    ScenarioReader(Path directory) {
        this.directory = directory;
    }

    Map<String, Scenario> read() {
        Map<String, Scenario> scenarios = new TreeMap<>();
        for (Path file : files()) {
            String fileName = file.getFileName().toString();
            String name = fileName.substring(0, fileName.length() - ENDING.length());
            scenarios.put(name, scenario(name, file));
        }
        return scenarios;
    }

    private List<Path> files() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .filter(Files::isRegularFile)
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + directory, e);
        }
    }

    private static Scenario scenario(String name, Path file) {
        Optional<SourceNode> variables = SourceTree.yamlDocument(file);
        variables.filter(node -> !node.isObject()).ifPresent(node -> {
            throw Fields.wrong(node, "variables, one a line: name: value");
        });
        Optional<Fields> about = variables
                .flatMap(node -> Optional.ofNullable(node.members().get("boma_scenario")))
                .map(Fields::new);
        Scenario scenario = new Scenario(
                name,
                file,
                about.flatMap(fields -> fields.text("description", ONE_LINE, "one line of text")).orElse(""),
                about.map(fields -> fields.truth("egress", true)).orElse(true));
        about.ifPresent(Fields::refuseOthers);
        return scenario;
    }
}
