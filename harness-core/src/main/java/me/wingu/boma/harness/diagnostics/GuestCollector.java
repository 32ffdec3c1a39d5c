package me.wingu.boma.harness.diagnostics;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.wingu.boma.harness.guest.Shell;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Collects from a guest, in one remote execution, what a person asks for first when something failed. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class GuestCollector {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    /** What is asked for, by the file that keeps the answer. */
    private static final Map<String, String> QUESTIONS = questions();

    private static final String MARK = "=== boma-it collects ";
    private static final Pattern SECTION = Pattern.compile(
            "^" + MARK + "(\\S+)\\n(.*?)(?=^" + MARK + "|\\z)", Pattern.MULTILINE | Pattern.DOTALL);

    private static Map<String, String> questions() {
        Map<String, String> q = new LinkedHashMap<>();
        q.put("nft-ruleset.txt", "nft list ruleset");
        q.put("docker-ps.txt", "docker ps -a");
        q.put("sockets.txt", "ss -tulnp");
        q.put("journal.txt", "journalctl -b --no-pager -n 20000");
        q.put("critical-chain.txt", "systemd-analyze critical-chain --no-pager");
        q.put("failed-units.txt", "systemctl list-units --failed --no-pager --full");
        q.put("addresses.txt", "ip addr; ip route; ip -6 route");
        q.put("cloud-init.txt", "cloud-init status --long");
        return q;
    }

    /**
     * Asks a guest for everything.
     *
     * @param guest the guest's shell
     * @return the answers by file name; a tool that is missing says so in its own words
     * @throws me.wingu.boma.harness.HarnessException when the guest cannot be reached
     */
    public Map<String, String> collect(Shell guest) {
        StringBuilder script = new StringBuilder();
        QUESTIONS.forEach((file, question) -> script.append("printf '\\n%s%s\\n' '")
                .append(MARK)
                .append("' '")
                .append(file)
                .append("'\n{ ")
                .append(question)
                .append("; } 2>&1\n"));
        Map<String, String> answers = new LinkedHashMap<>();
        Matcher sections = SECTION.matcher(guest.run(script.toString(), DEADLINE).stdout());
        while (sections.find()) {
            answers.put(sections.group(1), sections.group(2).strip() + "\n");
        }
        return answers;
    }
}
