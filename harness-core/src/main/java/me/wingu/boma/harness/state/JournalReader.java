package me.wingu.boma.harness.state;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code journalctl -o json}, one object a line. */
final class JournalReader {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Pattern COLOUR = Pattern.compile("\\e\\[[0-9;]*m");

    private JournalReader() {}

    static Journal read(String host, Map<String, String> text) {
        return new Journal(host, text.getOrDefault("journal", "")
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(JournalReader::entry)
                .toList());
    }

    private static JournalEntry entry(String line) {
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (JacksonException e) {
            throw new SectionReader.Unreadable("a journal entry as JSON", line);
        }
        long micros = Long.parseLong(json.path("__MONOTONIC_TIMESTAMP").asString("0"));
        String unit = json.path("UNIT").asString(json.path("_SYSTEMD_UNIT").asString(""));
        return new JournalEntry(
                Duration.of(micros, ChronoUnit.MICROS),
                Integer.parseInt(json.path("PRIORITY").asString("6")),
                Optional.of(unit).filter(name -> !name.isEmpty()),
                json.path("SYSLOG_IDENTIFIER").asString(""),
                LikelySecrets.masked(message(json.path("MESSAGE"))));
    }

    /** A message with control characters, such as a terminal's colours, comes as an array of bytes. */
    private static String message(JsonNode message) {
        if (!message.isArray()) {
            return message.asString("");
        }
        byte[] bytes = new byte[message.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) message.get(i).asInt();
        }
        return COLOUR.matcher(new String(bytes, StandardCharsets.UTF_8)).replaceAll("");
    }
}
