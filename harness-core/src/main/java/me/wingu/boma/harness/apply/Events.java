package me.wingu.boma.harness.apply;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import me.wingu.boma.harness.Secrets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Ansible's process told of its run, in the file that the callback and the strategy write. */
final class Events {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<JsonNode> events;
    private final Secrets secrets;

    private Events(List<JsonNode> events, Secrets secrets) {
        this.events = events;
        this.secrets = secrets;
    }

    static Events read(Path file, Secrets secrets) {
        try {
            return new Events(
                    Files.readAllLines(file).stream().map(JSON::readTree).collect(Collectors.toList()), secrets);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    List<TaskRun> tasks() {
        return events.stream()
                .filter(event -> event.path("event").asString().equals("task"))
                .map(this::task)
                .collect(Collectors.toList());
    }

    /** Returns why the strategy refused a task, and which. */
    Optional<String> refusal() {
        return events.stream()
                .filter(event -> event.path("event").asString().equals("refused"))
                .map(event -> event.path("path").asString() + ": task \"" + event.path("task").asString() + "\" "
                        + event.path("fault").asString())
                .map(secrets::strike)
                .findFirst();
    }

    private TaskRun task(JsonNode event) {
        return new TaskRun(
                secrets.strike(event.path("task").asString()),
                event.path("path").asString(),
                TaskRun.Status.of(event.path("status").asString()),
                secrets.strike(event.path("message").asString()),
                Duration.ofMillis(event.path("durationMs").asLong()));
    }
}
