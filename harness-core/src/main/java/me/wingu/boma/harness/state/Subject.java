package me.wingu.boma.harness.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Something that can be read from a host: a name for people, the collectors that gather it, and its type.
 *
 * @param <T> the type of its value
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Subject<T> {

    /** Sockets and who holds them. */
    public static final Subject<Sockets> SOCKETS = new Subject<>("sockets", SocketsReader::read, "sockets");

    /** Containers of Docker and Podman. */
    public static final Subject<Containers> CONTAINERS =
            new Subject<>("containers", ContainersReader::read, "docker", "podman");

    /** Units: state, enablement, files and drop-ins. */
    public static final Subject<Units> UNITS = new Subject<>("units", UnitsReader::read, "units");

    /** Start order and times of what runs; timers; results. The slowest subject: systemd answers for each unit. */
    public static final Subject<Startup> STARTUP = new Subject<>("start-up", StartupReader::read, "startup");

    /** The boot: identity, kernel, command line, uptime. */
    public static final Subject<Boot> BOOT = new Subject<>("boot", BootReader::read, "boot");

    private static final List<Subject<?>> ALL = List.of(STARTUP, CONTAINERS, UNITS, SOCKETS, BOOT);

    private final String name;
    private final SectionReader<T> reader;
    private final List<String> collectors;

    private Subject(String name, SectionReader<T> reader, String... collectors) {
        this.name = name;
        this.reader = reader;
        this.collectors = List.of(collectors);
    }

    /** Returns every subject, slow ones first: in this order their collectors start. */
    public static List<Subject<?>> all() {
        return ALL;
    }

    /** Returns the subject's name as messages use it. */
    public String name() {
        return name;
    }

    List<String> collectors() {
        return collectors;
    }

    Reading<T> read(Map<String, Section> sections) {
        Map<String, String> text = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (String collector : collectors) {
            Section section = sections.get(collector);
            if (section == null) {
                return new Reading.Missing<>(Reading.Why.NOT_ASKED, "");
            }
            if (section.exitStatus() == Section.TOOL_MISSING) {
                missing.add(section.complaint());
            } else if (section.exitStatus() != 0) {
                return new Reading.Missing<>(Reading.Why.FAILED, section.complaintOrStatus());
            } else if (section.isTruncated()) {
                return new Reading.Missing<>(Reading.Why.FAILED, "more than " + Section.LIMIT + " bytes of output");
            } else {
                text.put(collector, section.text());
            }
        }
        if (text.isEmpty()) {
            return new Reading.Missing<>(Reading.Why.NOT_PRESENT, String.join(", ", missing));
        }
        try {
            return new Reading.Known<>(reader.read(text));
        } catch (SectionReader.Unreadable e) {
            return new Reading.Missing<>(Reading.Why.FAILED, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
