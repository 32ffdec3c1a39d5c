package me.wingu.boma.harness.state;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads {@code ps -e -o pid=,ppid=,user=,stat=,rss=,etimes=,unit=,comm=,args=}. */
final class ProcessesReader {

    /** The process of the kernel that is the parent of its other threads. */
    private static final String KTHREADD = "2";

    private ProcessesReader() {}

    static Processes read(String host, Map<String, String> text) {
        return new Processes(host, text.getOrDefault("processes", "")
                .lines()
                .map(line -> line.strip().split("\\s+", 9))
                .filter(field -> field.length == 9)
                .filter(field -> !field[0].equals(KTHREADD) && !field[1].equals(KTHREADD))
                .map(ProcessesReader::process)
                .toList());
    }

    private static HostProcess process(String[] field) {
        return new HostProcess(
                Integer.parseInt(field[0]),
                Integer.parseInt(field[1]),
                field[2],
                field[3],
                Long.parseLong(field[4]),
                Duration.ofSeconds(Long.parseLong(field[5])),
                field[6].equals("-") ? Optional.empty() : Optional.of(field[6]),
                field[7],
                LikelySecrets.masked(field[8]));
    }
}
