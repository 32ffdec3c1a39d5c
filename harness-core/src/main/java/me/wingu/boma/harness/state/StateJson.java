package me.wingu.boma.harness.state;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.nftables.Ruleset;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a state as JSON and reads it again.
 *
 * <p>Every subject that is known stands under the name of its type; those that are not stand under {@code missing},
 * with the reason. A ruleset is left out: nft's own listing of it is there, and the model is made of nft's own JSON.
 */
final class StateJson {

    private static final int SCHEMA = 3;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            // A record's components alone: what isActive() and its like say is derived from them.
            .changeDefaultVisibility(visible -> visible.withIsGetterVisibility(Visibility.NONE))
            .build();

    private StateJson() {}

    /** A state as it is written. */
    private record Document(
            int schema, String host, long tookMs, Map<String, Long> collectorsMs, Map<String, JsonNode> state,
            Map<String, Missing> missing) {}

    /** Why a subject is not in a state. */
    private record Missing(Reading.Why why, String detail) {}

    static String write(HostState state) {
        Map<String, JsonNode> known = new LinkedHashMap<>();
        Map<String, Missing> missing = new LinkedHashMap<>();
        for (Subject<?> subject : written()) {
            Reading<?> reading = state.reading(subject);
            if (reading instanceof Reading.Missing<?> unknown) {
                missing.put(key(subject), new Missing(unknown.why(), unknown.detail()));
            } else {
                known.put(key(subject), JSON.valueToTree(reading.find().orElseThrow()));
            }
        }
        Map<String, Long> collectors = new TreeMap<>();
        state.timings().forEach((name, took) -> collectors.put(name, took.toMillis()));
        return JSON.writeValueAsString(
                new Document(SCHEMA, state.host(), state.took().toMillis(), collectors, known, missing));
    }

    static HostState read(String json, String what) {
        try {
            Document document = JSON.readValue(json, Document.class);
            if (document == null || document.schema() != SCHEMA) {
                throw new IllegalArgumentException("the schema of the state is not " + SCHEMA);
            }
            if (Stream.of(document.host(), document.state(), document.missing(), document.collectorsMs()).anyMatch(Objects::isNull)) {
                throw new IllegalArgumentException("it has no host, state, missing or collectorsMs");
            }
            Map<Subject<?>, Reading<?>> readings = new LinkedHashMap<>();
            for (Subject<?> subject : written()) {
                readings.put(subject, reading(subject, document));
            }
            Map<String, Duration> timings = new LinkedHashMap<>();
            document.collectorsMs().forEach((name, millis) -> timings.put(name, Duration.ofMillis(millis)));
            return new HostState(document.host(), readings, timings, Duration.ofMillis(document.tookMs()));
        } catch (JacksonException e) {
            throw unreadable(what, e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw unreadable(what, String.valueOf(e.getMessage()), e);
        }
    }

    private static Reading<?> reading(Subject<?> subject, Document document) {
        JsonNode value = document.state().get(key(subject));
        Missing missing = document.missing().get(key(subject));
        if (value != null) {
            return new Reading.Known<>(JSON.treeToValue(value, subject.type()));
        }
        return missing == null
                ? new Reading.Missing<>(Reading.Why.NOT_ASKED, "")
                : new Reading.Missing<>(missing.why(), missing.detail());
    }

    private static List<Subject<?>> written() {
        return Subject.all().stream().filter(subject -> subject.type() != Ruleset.class).toList();
    }

    /** The name of the type, as JSON has names: {@code sockets}, {@code sshdConfig}. */
    private static String key(Subject<?> subject) {
        String name = subject.type().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    static HarnessException unreadable(String what, String seen, Throwable cause) {
        return new HarnessException(
                Kind.USAGE,
                "Reading " + what + " failed.",
                seen,
                "give a file that ./boma-it state HOST --json wrote",
                cause);
    }
}
