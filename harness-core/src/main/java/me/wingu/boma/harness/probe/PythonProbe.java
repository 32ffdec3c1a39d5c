package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import me.wingu.boma.harness.HarnessException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs {@code vantage.py} where a command prefix leads to. */
final class PythonProbe {

    /** A program may start slowly on an emulated guest. */
    private static final Duration SLACK = Duration.ofSeconds(60);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String vantage;
    private final String prefix;
    private final Commands commands;

    PythonProbe(String vantage, String prefix, Commands commands) {
        this.vantage = vantage;
        this.prefix = prefix;
        this.commands = commands;
    }

    PythonAnswer ask(Map<String, Object> question, Patience patience) {
        // The question may hold a private key: it goes by standard input, never into a process list.
        String encoded = Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(question));
        String call = "\n\nmain(\"" + encoded + "\")\n";
        String python = (prefix + " python3 -").strip();
        String script = python + " <<'END_OF_VANTAGE'\n" + program() + call + "END_OF_VANTAGE\n";
        Instant at = Instant.now();
        String output = commands.run(script, patience.total().multipliedBy(2).plus(SLACK));
        try {
            JsonNode answer = JSON.readTree(output);
            if (answer.has("broken")) {
                throw new HarnessException(
                        HarnessException.Kind.STEP,
                        "Probing from " + vantage + " failed: it cannot ask.",
                        answer.path("broken").asString(),
                        "give it what it lacks");
            }
            return new PythonAnswer(vantage, at, answer);
        } catch (JacksonException unreadable) {
            throw new HarnessException(
                    HarnessException.Kind.STEP,
                    "Probing from " + vantage + " failed: its answer could not be read.",
                    output,
                    "check that \"" + python + "\" runs there",
                    unreadable);
        }
    }

    private static String program() {
        try (InputStream program = PythonProbe.class.getResourceAsStream("vantage.py")) {
            if (program == null) {
                throw new IllegalStateException("vantage.py is missing from the jar");
            }
            return new String(program.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
