package me.wingu.boma.harness.cli.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import me.wingu.boma.harness.profile.Profiles;

/** Command lines of further Java processes with this one's classes and profiles. */
final class Jvm {

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
        command.add("-Dboma.profiles=" + Profiles.discover().directory()); // wherever it is started
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(words));
        return command;
    }
}
