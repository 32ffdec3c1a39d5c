package me.wingu.boma.harness.cli.rehearse;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON over several lines, for machines and for people who look at it. */
final class PrettyJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private PrettyJson() {}

    static String of(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
