package me.wingu.boma.harness.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.guest.Shell;
import me.wingu.boma.harness.nftables.collection.Collector;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Reads the state of a host: one call, one remote execution.
 *
 * <p>The collectors run side by side on the host, so that the whole takes about as long as the slowest of them. They
 * change nothing there, start no daemon, and leave secrets where they are: no private key, no password hash and no
 * container environment leaves the host.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class HostStateCollector {

    private static final String SCRIPT = script();
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");

    private final Shell shell;
    private final Duration deadline;
    private final List<String> names;

    /**
     * Creates a collector.
     *
     * @param shell where the script runs, as root
     * @param deadline how long one reading may take
     */
    public HostStateCollector(Shell shell, Duration deadline) {
        this(shell, deadline, List.of());
    }

    private HostStateCollector(Shell shell, Duration deadline, List<String> names) {
        this.shell = shell;
        this.deadline = deadline;
        this.names = names;
    }

    /**
     * Returns a collector that also asks the host's name service for these names.
     *
     * @param more host names, such as {@code netbird.askari.wingu.me}
     * @throws IllegalArgumentException when one is not a host name
     */
    public HostStateCollector resolving(String... more) {
        for (String name : more) {
            if (!HOST_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a host name: " + name);
            }
        }
        return new HostStateCollector(shell, deadline, List.of(more));
    }

    /**
     * Reads everything.
     *
     * @param host what messages call the host and the moment: {@code askari after reboot 1}
     * @throws HarnessException when the host cannot be reached, the deadline passes or the output is not complete; a
     *     single subject that cannot be read fails nothing, it is a {@link Reading.Missing}
     */
    public HostState collect(String host) {
        return collect(host, Subject.all());
    }

    /**
     * Reads some subjects only: for a test that asks again and again, or only for what is quick.
     *
     * @param host what messages call the host and the moment
     * @param subjects what to read; the others are {@link Reading.Why#NOT_ASKED}
     * @throws HarnessException as {@link #collect(String)} does
     */
    public HostState collect(String host, Collection<Subject<?>> subjects) {
        Set<String> collectors = subjects.stream()
                .flatMap(subject -> subject.collectors().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String script = SCRIPT + "\nlimit=" + Section.LIMIT + "\nnames='" + String.join(" ", names)
                + "'\nwanted='" + String.join(" ", collectors) + "'\nrun\n";
        CommandResult result = shell.run(script, deadline);
        Map<String, Section> sections = new SectionParser(host).parse(result);
        Map<Subject<?>, Reading<?>> readings = new LinkedHashMap<>();
        subjects.forEach(subject -> readings.put(subject, subject.read(host, sections)));
        Map<String, Duration> timings =
                sections.values().stream().collect(Collectors.toMap(Section::name, Section::took));
        return new HostState(host, readings, timings, result.took());
    }

    private static String script() {
        return resource() + """

                # The firewall's own collector, in a shell of its own, because it sets traps.
                collect_firewall() {
                    need nft
                    TMPDIR=$work sh <<'END_OF_FIREWALL'
                %s
                END_OF_FIREWALL
                }
                """
                        .formatted(new Collector().script().strip());
    }

    private static String resource() {
        try (InputStream in = HostStateCollector.class.getResourceAsStream("collect.sh")) {
            byte[] script = Objects.requireNonNull(in, "collect.sh lies beside this class").readAllBytes();
            return new String(script, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
