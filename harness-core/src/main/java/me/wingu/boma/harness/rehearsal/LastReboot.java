package me.wingu.boma.harness.rehearsal;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.checkpoint.Checkpoint;
import me.wingu.boma.harness.checkpoint.CheckpointStore;
import me.wingu.boma.harness.probe.WatchedBoot;
import me.wingu.boma.harness.state.drift.Drift;
import tools.jackson.databind.json.JsonMapper;

/**
 * What tests ask about the last reboot of a guest. It is kept beside a checkpoint, for those that go on from there.
 *
 * @param before the state before it, as JSON
 * @param drift what it changed
 * @param watchedBoot what was seen of it from outside
 */
record LastReboot(Optional<String> before, Optional<Drift> drift, Optional<WatchedBoot> watchedBoot) {

    private static final String BEFORE = "state-before.json";
    private static final String DRIFT = "drift.json";
    private static final String BOOT = "boot.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Returns that there was none. */
    static LastReboot none() {
        return new LastReboot(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns the files to keep beside a checkpoint. */
    Map<String, byte[]> files() {
        Map<String, byte[]> files = new HashMap<>();
        before.ifPresent(state -> files.put(BEFORE, state.getBytes(StandardCharsets.UTF_8)));
        drift.ifPresent(d -> files.put(DRIFT, JSON.writeValueAsBytes(d)));
        watchedBoot.ifPresent(boot -> files.put(BOOT, JSON.writeValueAsBytes(boot)));
        return files;
    }

    /** Reads what is kept beside a checkpoint. */
    static LastReboot of(CheckpointStore store, Checkpoint checkpoint) {
        var names = store.files(checkpoint);
        return new LastReboot(
                Optional.of(BEFORE)
                        .filter(names::contains)
                        .map(name -> new String(store.file(checkpoint, name), StandardCharsets.UTF_8)),
                Optional.of(DRIFT)
                        .filter(names::contains)
                        .map(name -> JSON.readValue(store.file(checkpoint, name), Drift.class)),
                Optional.of(BOOT)
                        .filter(names::contains)
                        .map(name -> JSON.readValue(store.file(checkpoint, name), WatchedBoot.class)));
    }
}
