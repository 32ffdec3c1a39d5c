package me.wingu.boma.harness.rehearsal;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a guest's Docker says of every container.
 *
 * @param text one line for each container, in the order of their ids; nothing where no Docker runs; Docker's own words
 *     when it told no containers
 * @param told whether Docker told them, or does not run
 * @param settled whether none of them is about to become another: just made, starting anew, or of a health not known yet
 */
record ContainerStates(String text, boolean told, boolean settled) {

    /**
     * Asks the daemon, if it runs; a question to its socket alone would start it. Perl is there on every Debian, and does
     * with less work than Docker's own client, which counts on an emulated guest that has just gone on; so does naming
     * Linux's two numbers here, in place of having Socket.pm do it.
     */
    static final String QUESTION = """
            if { read -r docker _ || [ "$docker" ]; } </run/docker.pid && [ -d "/proc/$docker" ]; then
                printf 'containers '
                perl -e '
                    my ($AF_UNIX, $SOCK_STREAM, $docker) = (1, 1);
                    alarm 20;
                    socket($docker, $AF_UNIX, $SOCK_STREAM, 0)
                        && connect($docker, pack "S Z*", $AF_UNIX, "/run/docker.sock")
                        && syswrite($docker, "GET /containers/json?all=1 HTTP/1.0\\r\\nHost: docker\\r\\n\\r\\n")
                        or die "no answer: $!";
                    local $/;
                    print +(split /\\r\\n\\r\\n/, readline($docker), 2)[1]' 2>&1
                echo
            fi 2>/dev/null
            """;

    private static final String ANSWER = "containers ";
    private static final Set<String> PASSING = Set.of("created", "restarting");
    private static final String HEALTH_UNKNOWN = "(health: starting)"; // at the end of "Up 3 seconds (health: starting)"

    /** Reads them from what a script printed that has the {@link #QUESTION} in it. */
    static ContainerStates in(String output) {
        return output.lines()
                .filter(line -> line.startsWith(ANSWER))
                .findFirst()
                .map(line -> read(line.substring(ANSWER.length())))
                .orElse(new ContainerStates("", true, true));
    }

    private static ContainerStates read(String answer) {
        try {
            JsonNode containers = JsonMapper.shared().readTree(answer);
            if (containers.isArray()) {
                String states = StreamSupport.stream(containers.spliterator(), false)
                        .map(one -> one.path("Id").asString("") + " " + one.path("State").asString(""))
                        .sorted()
                        .collect(Collectors.joining("\n"));
                boolean settled = StreamSupport.stream(containers.spliterator(), false)
                        .noneMatch(one -> PASSING.contains(one.path("State").asString(""))
                                || one.path("Status").asString("").endsWith(HEALTH_UNKNOWN));
                return new ContainerStates(states, true, settled);
            }
        } catch (JacksonException e) {
            System.getLogger(ContainerStates.class.getName())
                    .log(System.Logger.Level.DEBUG, "no list of containers: " + answer, e);
        }
        return new ContainerStates(answer.strip(), false, false);
    }
}
