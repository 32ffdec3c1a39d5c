package me.wingu.boma.harness.state;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.guest.CommandResult;

/**
 * Takes the collector script's output apart.
 *
 * <p>The first line is a nonce. A section is {@code text LF nonce SP name SP status SP centiseconds LF}, then
 * {@code complaint LF nonce SP . LF}. The guest's kernel makes the nonce for this one run, so that no text that a
 * collector prints can pass for a frame.
 */
final class SectionParser {

    private final String host;

    SectionParser(String host) {
        this.host = host;
    }

    Map<String, Section> parse(CommandResult result) {
        String stdout = result.stdout();
        int from = stdout.indexOf('\n') + 1;
        if (from == 0) {
            throw incomplete("it printed nothing", result);
        }
        String mark = "\n" + stdout.substring(0, from - 1) + " ";
        Map<String, Section> sections = new LinkedHashMap<>();
        while (from < stdout.length()) {
            int endOfText = stdout.indexOf(mark, from);
            int frame = endOfText + mark.length();
            int endOfFrame = endOfText < 0 ? -1 : stdout.indexOf('\n', frame);
            int endOfComplaint = endOfFrame < 0 ? -1 : stdout.indexOf(mark, endOfFrame + 1);
            if (endOfComplaint < 0) {
                throw incomplete("it ends within the section after " + sections.keySet(), result);
            }
            Section section = section(
                    stdout.substring(from, endOfText),
                    stdout.substring(frame, endOfFrame).split(" ", -1),
                    stdout.substring(endOfFrame + 1, endOfComplaint));
            sections.put(section.name(), section);
            from = endOfComplaint + mark.length() + ".\n".length();
        }
        return sections;
    }

    private static Section section(String text, String[] frame, String complaint) {
        Duration took = Duration.ofMillis(10L * Long.parseLong(frame[2]));
        return new Section(frame[0], Integer.parseInt(frame[1]), took, text, complaint.strip());
    }

    private HarnessException incomplete(String seen, CommandResult result) {
        return new HarnessException(
                Kind.STEP,
                "Reading the state of " + host + " failed: the collector's output is not complete.",
                (seen + ", exit status " + result.exitStatus() + "\n" + result.stderr()).strip(),
                "see whether the host's /run has space left and the connection held");
    }
}
