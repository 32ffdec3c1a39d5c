package me.wingu.boma.harness.state.drift;

import java.util.Map;
import java.util.TreeMap;

/**
 * Something that a state testifies, with everything left out that every boot brings anew.
 *
 * @param name what identifies it within its subject
 * @param attributes what may change about it
 * @param carrier the file or unit that should carry it over a reboot, and what to do about it
 */
record Fact(String name, Map<String, String> attributes, String carrier) {

    static Fact of(String name, String carrier) {
        return new Fact(name, Map.of(), carrier);
    }

    Fact with(String attribute, String value) {
        Map<String, String> more = new TreeMap<>(attributes);
        more.put(attribute, value);
        return new Fact(name, more, carrier);
    }
}
