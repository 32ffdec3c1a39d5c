package me.wingu.boma.harness.rehearsal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.profile.Site;
import me.wingu.boma.harness.profile.Sizing;

/** A host to test with, and the settings and notes that go with it. */
public final class Demo {

    static final HostProfile PROFILE = new HostProfile(
            "demo",
            "demo",
            Path.of("profiles/demo"),
            Path.of("profiles/demo/overlay.yml"),
            "debian-13",
            new Sizing(1, 2048, 8),
            new Site(Path.of("site"), Path.of("site/site.yml"), List.of("base"), List.of(), false),
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of());

    /** A process that cannot run: no machine has this boot. */
    static final Owner DEAD = new Owner(1, "1", "00000000-0000-0000-0000-000000000000");

    private Demo() {}

    /** Returns settings whose every place is in a directory. */
    public static LabSettings settings(Path scratch) {
        return new LabSettings(
                "fake:///memory",
                "auto",
                "auto",
                scratch.resolve("runs"),
                scratch.resolve("images"),
                scratch.resolve("keys"),
                scratch.resolve("lock"),
                1,
                512,
                new CheckpointSettings(scratch.resolve("checkpoints"), 12, 7, true));
    }

    static VmNote note(String host, VmNote.Hold hold, Optional<Owner> owner) {
        return new VmNote(
                host,
                "internal",
                Optional.empty(),
                "runs/1-" + host,
                "ansible",
                "keys/boma-it-" + host + "/id_ed25519",
                "ssh-ed25519 AAAA",
                hold,
                owner,
                Optional.empty());
    }
}
