package me.wingu.boma.harness.apply;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import me.wingu.boma.harness.Secrets;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a playbook's output goes, every line with its secrets struck out: a log, a listener, and the last lines kept
 * for the failure message.
 */
final class Output implements Consumer<String>, AutoCloseable {

    private static final int KEPT = 20;

    private final Path toldSecrets;
    private final Secrets secrets;
    private final BufferedWriter log;
    private final Consumer<String> listener;
    private final Deque<String> last = new ArrayDeque<>();
    private long learned;

    Output(Path toldSecrets, Secrets secrets, Path log, Consumer<String> listener) {
        this.toldSecrets = toldSecrets;
        this.secrets = secrets;
        this.listener = listener;
        try {
            this.log = Files.newBufferedWriter(
                    log, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("opening " + log, e);
        }
    }

    @Override
    public synchronized void accept(String line) {
        learnSecrets();
        String struck = secrets.strike(line);
        try {
            log.write(struck);
            log.newLine();
            log.flush(); // somebody may be following it
        } catch (IOException e) {
            throw new UncheckedIOException("writing the playbook's log", e);
        }
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(struck);
        listener.accept(struck);
    }

    /** Returns the last lines, blank ones left out. */
    synchronized List<String> last() {
        return last.stream().filter(line -> !line.isBlank()).toList();
    }

    @Override
    public synchronized void close() {
        try {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the playbook's log", e);
        }
    }

    /** Ansible's process tells the site's own secrets before it runs a task that could print them. */
    private void learnSecrets() {
        try {
            if (Files.size(toldSecrets) == learned) {
                return;
            }
            String text = Files.readString(toldSecrets);
            text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(line -> JsonMapper.shared().readValue(line, String.class))
                    .forEach(secrets::add);
            learned = text.length();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + toldSecrets, e);
        }
    }
}
