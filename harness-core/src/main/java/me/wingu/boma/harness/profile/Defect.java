package me.wingu.boma.harness.profile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A realistic mistake that somebody could make on a host, to be planted on a good one: the host's tests must notice it.
 *
 * @param name a short name, such as {@code ssh-for-everyone}
 * @param defect what is wrong then, in words
 * @param script what plants it, for a POSIX shell run by root
 * @param reboots whether it only shows after a reboot
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Defect(String name, String defect, String script, boolean reboots) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Pattern ONE_LINE = Pattern.compile("\\S.*");
    private static final Pattern SCRIPT = Pattern.compile("(?s).*\\S.*");

    /**
     * Reads the defects of a host from {@code sabotage.yml} in its profile.
     *
     * @return the defects, in the file's order; none when there is no such file
     * @throws me.wingu.boma.harness.HarnessException when the file has a mistake; the message tells where
     */
    public static List<Defect> of(HostProfile profile) {
        Path file = profile.directory().resolve("sabotage.yml");
        List<Defect> defects = new ArrayList<>();
        if (Files.isRegularFile(file)) {
            Fields fields = new Fields(
                    SourceTree.yamlDocument(file).orElseGet(() -> new SourceNode(file, 1, "", "nothing")));
            String prelude = fields.text("prelude", SCRIPT, "shell commands").orElse("");
            for (SourceNode node : fields.list("defects", "a list of objects with \"name\", \"defect\" and \"plant\"")) {
                Defect defect = read(new Fields(node), prelude);
                if (defects.stream().anyMatch(earlier -> earlier.name().equals(defect.name()))) {
                    throw Fields.fault(node, "has the name of an earlier one", defect.name(), "give it another name");
                }
                defects.add(defect);
            }
            fields.refuseOthers();
        }
        return List.copyOf(defects);
    }

    private static Defect read(Fields fields, String prelude) {
        Defect defect = new Defect(
                fields.requiredText("name", NAME, "small letters, digits and hyphens"),
                fields.requiredText("defect", ONE_LINE, "what is wrong, in one line"),
                prelude + "\n" + fields.requiredText("plant", SCRIPT, "shell commands that plant it"),
                fields.truth("reboot", false));
        fields.refuseOthers();
        return defect;
    }
}
