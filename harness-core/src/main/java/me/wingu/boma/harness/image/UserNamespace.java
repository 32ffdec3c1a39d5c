package me.wingu.boma.harness.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lets an ordinary user act as root on files of the user's own, with the subordinate ids that /etc/subuid grants. */
final class UserNamespace {

    private UserNamespace() {}

    /** Returns whether this process is root already, and needs no namespace. */
    static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Returns the words before a command of root's that mounts things: the mounts, and every process that it starts, end
     * with it, also when it is killed. An ordinary user's namespace does the same by itself.
     */
    static List<String> ownMounts() {
        return isRoot() ? List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--") : List.of();
    }

    /** Returns the command that runs another one as root of such a namespace, or as it is when we are root. */
    static List<String> asRoot(List<String> command) {
        if (isRoot()) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--map-auto", "--"));
        all.addAll(command);
        return all;
    }
}
