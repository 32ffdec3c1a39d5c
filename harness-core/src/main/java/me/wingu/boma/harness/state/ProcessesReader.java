package me.wingu.boma.harness.state;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code ps -e -o pid=,ppid=,user=,stat=,rss=,etimes=,cgroup=,comm=,args=}. */
final class ProcessesReader {

    /** The process of the kernel that is the parent of its other threads. */
    private static final String KTHREADD = "2";

    /** A name has a column of its own, because it can hold spaces; a group that is gone already is told to be deleted. */
    private static final Pattern LINE = Pattern.compile(
            "\\s*(\\d+)\\s+(\\d+)\\s+(\\S+)\\s+(\\S+)\\s+(\\d+)\\s+(\\d+)\\s+(\\S+)(?: \\(deleted\\))?\\s+(\\S.{31}) (.*)");

    /** The kinds of unit that hold processes. */
    private static final Pattern UNIT = Pattern.compile(".+\\.(service|scope|socket|mount|swap)");

    private ProcessesReader() {}

    static Processes read(String host, Map<String, String> text) {
        return new Processes(host, text.getOrDefault("processes", "")
                .lines()
                .filter(line -> !line.isBlank())
                .map(ProcessesReader::fields)
                .filter(field -> !field.group(1).equals(KTHREADD) && !field.group(2).equals(KTHREADD))
                .map(ProcessesReader::process)
                .toList());
    }

    private static MatchResult fields(String line) {
        Matcher fields = LINE.matcher(line);
        if (!fields.matches()) {
            throw new SectionReader.Unreadable("a process as ps prints it", line);
        }
        return fields;
    }

    private static HostProcess process(MatchResult field) {
        return new HostProcess(
                Integer.parseInt(field.group(1)),
                Integer.parseInt(field.group(2)),
                field.group(3),
                field.group(4),
                Long.parseLong(field.group(5)),
                Duration.ofSeconds(Long.parseLong(field.group(6))),
                unit(field.group(7)),
                field.group(8).strip(),
                LikelySecrets.masked(field.group(9).strip()));
    }

    /**
     * Returns the system's unit that a control group belongs to: the first on its path that is no slice, as systemd finds it
     * ({@code sd_pid_get_unit(3)}). A process of a user's own manager belongs to {@code user@1000.service}.
     *
     * @param cgroup {@code 0::/system.slice/ssh.service}, or {@code -} for none
     */
    private static Optional<String> unit(String cgroup) {
        String path = cgroup.substring(cgroup.lastIndexOf(':') + 1);
        return Stream.of(path.split("/"))
                .map(name -> name.startsWith("_") ? name.substring(1) : name) // escaped: it could be taken for a file of the kernel's
                .filter(name -> !name.isEmpty() && !name.endsWith(".slice"))
                .findFirst()
                .filter(UNIT.asMatchPredicate());
    }
}
