package me.wingu.boma.harness.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project on disk whose one host {@code demo} has one role, to be read and changed. */
public final class DemoProject {

    private final Path directory;

    /**
     * Makes the project.
     *
     * @param directory where its files are to be
     */
    public DemoProject(Path directory) {
        this.directory = directory;
        write("profiles/site/site.yml", "- hosts: all\n");
        write("profiles/site/roles/base/tasks/main.yml", "[]\n");
        write("profiles/demo/profile.json", "{\"roles\": [\"base\"]}\n");
        write("profiles/demo/overlay.yml", "# nothing differs\n");
    }

    /** Writes one of its files, replacing it. */
    public Path write(String file, String text) {
        try {
            Files.createDirectories(path(file).getParent());
            return Files.writeString(path(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
    }

    /** Returns its directory. */
    public Path directory() {
        return directory;
    }

    /** Returns the place of one of its files. */
    public Path path(String file) {
        return directory.resolve(file);
    }

    /** Returns its profiles. */
    public Profiles profiles() {
        return Profiles.in(path("profiles"));
    }

    /** Loads its host as the files are now. */
    public HostProfile host() {
        return profiles().load("demo");
    }
}
