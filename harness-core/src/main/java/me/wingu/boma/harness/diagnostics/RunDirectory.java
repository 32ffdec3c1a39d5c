package me.wingu.boma.harness.diagnostics;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.PrivateFiles;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The directory of one run: {@code run.json}, and beside it every text that was collected. It is the user's alone, and
 * every text that goes in passes the redaction first.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class RunDirectory {

    private static final String RECORD = "run.json";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path path;
    private final UnaryOperator<String> redaction;
    private RunRecord record;

    private RunDirectory(Path path, UnaryOperator<String> redaction, RunRecord record) {
        this.path = path;
        this.redaction = redaction;
        this.record = record;
    }

    /**
     * Creates the directory of a new run, {@code <timestamp>-<host>}.
     *
     * @param parent the directory of all runs; created when missing
     * @param record what is known at the beginning
     * @param redaction takes secrets out of a text
     * @throws HarnessException when the directory cannot be created
     */
    public static RunDirectory create(Path parent, RunRecord record, UnaryOperator<String> redaction) {
        String stamp = STAMP.format(record.startedAt());
        try {
            Files.createDirectories(parent);
            Path path = fresh(parent, stamp + "-" + record.host());
            RunDirectory directory = new RunDirectory(path, redaction, record);
            directory.save();
            return directory;
        } catch (IOException e) {
            throw failed("Creating the run directory in " + parent, e);
        }
    }

    /** Creates a directory, with a number after the name when another run began at the same moment. */
    private static Path fresh(Path parent, String name) throws IOException {
        Path path = parent.resolve(name);
        for (int i = 2; ; i++) {
            try {
                return PrivateFiles.createDirectory(path);
            } catch (FileAlreadyExistsException e) {
                path = parent.resolve(name + "-" + i);
            }
        }
    }

    /**
     * Opens the directory of a run that an earlier process began.
     *
     * @param path the directory
     * @param redaction takes secrets out of a text
     * @throws HarnessException when there is no readable {@code run.json}
     */
    public static RunDirectory open(Path path, UnaryOperator<String> redaction) {
        try {
            return new RunDirectory(
                    path, redaction, JSON.readValue(path.resolve(RECORD).toFile(), RunRecord.class));
        } catch (JacksonException e) {
            throw failed("Reading " + path.resolve(RECORD), e);
        }
    }

    /** Returns the directory. */
    public Path path() {
        return path;
    }

    /** Removes it with all that is in it, for a run that came to nothing worth telling. */
    public synchronized void delete() {
        try {
            PrivateFiles.delete(path);
        } catch (IOException e) {
            throw failed("Removing the run directory " + path, e);
        }
    }

    /** Returns what {@code run.json} says now. */
    public synchronized RunRecord record() {
        return record;
    }

    /** Notes the golden image. */
    public synchronized void image(RunRecord.Image image) {
        update(record.withImage(image));
    }

    /** Notes a step that ended. */
    public synchronized void step(RunRecord.Step step) {
        update(record.withStep(new RunRecord.Step(
                step.name(), step.startedAt(), step.durationMs(), step.status(), redaction.apply(step.detail()))));
    }

    /** Notes a checkpoint that the run goes on from. */
    public synchronized void restored(RunRecord.Restored restored) {
        update(record.withRestored(restored));
    }

    /** Notes a verified reboot. */
    public synchronized void reboot(Reboot reboot) {
        update(record.withReboot(reboot));
    }

    /** Notes what was seen from outside of the boot after the last reboot that was noted. */
    public synchronized void boot(RunRecord.SeenBoot seen) {
        update(record.withBoot(seen));
    }

    /** Notes how the assertions ended. */
    public synchronized void tests(RunRecord.Tests tests) {
        update(record.withTests(tests));
    }

    /**
     * Notes how the run ended.
     *
     * @param outcome {@code passed}, {@code failed} or {@code error}
     * @param kept whether the virtual machine is left
     */
    public synchronized void outcome(String outcome, boolean kept) {
        update(record.withOutcome(outcome, kept));
    }

    /**
     * Writes a text into the directory, replacing one of that name.
     *
     * @param name the file's name, without any path
     * @param text the text; secrets are taken out
     * @return the file
     * @throws IllegalArgumentException when the name would lead elsewhere
     * @throws HarnessException when the file cannot be written
     */
    public synchronized Path write(String name, String text) {
        Path file = file(name);
        try {
            PrivateFiles.write(file, redaction.apply(text));
        } catch (IOException e) {
            throw failed("Writing " + file, e);
        }
        update(record.withFiles(names()));
        return file;
    }

    /**
     * Returns the place of a file in this directory.
     *
     * @param name the file's name, without any path
     * @throws IllegalArgumentException when the name would lead elsewhere
     */
    public Path file(String name) {
        if (!FILE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a plain file name: \"" + name + "\"");
        }
        return path.resolve(name);
    }

    private void update(RunRecord changed) {
        record = changed;
        try {
            save();
        } catch (IOException e) {
            throw failed("Writing " + path.resolve(RECORD), e);
        }
    }

    private void save() throws IOException {
        PrivateFiles.write(path.resolve(RECORD), JSON.writeValueAsString(record.withFiles(names())) + "\n");
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(n -> !n.equals(RECORD) && !n.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw failed("Listing " + path, e);
        }
    }

    private static HarnessException failed(String doing, Exception e) {
        return new HarnessException(
                HarnessException.Kind.MACHINE,
                doing + " failed.",
                e.toString(),
                "check that the directory exists, is writable and has space; BOMA_RUNS names another parent",
                e);
    }
}
