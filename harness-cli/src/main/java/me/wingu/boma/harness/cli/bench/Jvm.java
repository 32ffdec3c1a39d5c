package me.wingu.boma.harness.cli.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Command lines of further Java processes with this one's classes and profiles. */
final class Jvm {

    private static final String PROFILES = "boma.profiles";

    private Jvm() {}

    /**
     * Returns the command line that runs a class.
     *
     * @param options options of the JVM
     * @param main the class
     * @param words its arguments
     */
    static List<String> running(List<String> options, Class<?> main, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        Optional.ofNullable(System.getProperty(PROFILES)).ifPresent(path -> command.add("-D" + PROFILES + "=" + path));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(words));
        return command;
    }
}
