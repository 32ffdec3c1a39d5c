package me.wingu.boma.harness.state.drift;

import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Mount;
import me.wingu.boma.harness.state.Subject;

/** Tells whether a file outlives a reboot. */
final class InMemory {

    private InMemory() {}

    /** Returns the file as a carrier, with a word when it lies on a file system that is gone after a reboot. */
    static String carrier(String path, HostState state) {
        return state.reading(Subject.MOUNTS)
                .find()
                .flatMap(mounts -> mounts.holding(path))
                .filter(Mount::isInMemory)
                .map(mount -> path + " lay in memory (" + mount.fsType() + " mounted on " + mount.target()
                        + "): write to the file on the disk")
                .orElse(path);
    }
}
