package me.wingu.boma.harness.apply;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.profile.SourceNode;

/**
 * Refuses a site that would have its playbook touch any other host than the one under rehearsal.
 *
 * <p>This is the first of three walls, the one that can say what is wrong and where. Behind it, Ansible's own process
 * judges every task again when its templates have values (the strategy {@code boma_one_host}), and {@link Confinement}
 * leaves that process no network to touch a host with.
 */
final class InventoryGuard implements PlaybookScan.Rules {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");
    private static final Pattern SEPARATOR = Pattern.compile("[,;&!]");
    private static final Set<String> SSH = Set.of("ssh", "smart", "ansible.builtin.ssh");
    private static final Set<String> FOREIGN_PLUGINS =
            Set.of("connection_plugins", "inventory_plugins", "strategy_plugins", "vars_plugins");

    private final HostProfile profile;
    private final List<String> faults = new ArrayList<>();
    private boolean hasPlays;

    private InventoryGuard(HostProfile profile) {
        this.profile = profile;
    }

    /**
     * Judges a host's site.
     *
     * @throws HarnessException when the site names an inventory or leads to another host (the message lists every place), or
     *     its playbook has no play
     */
    static void check(HostProfile profile, SiteConfig config) {
        InventoryGuard guard = new InventoryGuard(profile);
        if (!profile.site().ignoreInventory()) {
            config.inventory().ifPresent(entry -> guard.faults.add(profile.site().directory().resolve("ansible.cfg")
                    + ":" + entry.line() + ": names the inventory " + entry.value()
                    + " (\"site\": {\"ignoreInventory\": true} in profile.json passes it over)"));
        }
        new PlaybookScan(config.rolePaths(), guard).playbook(profile.site().playbook());
        if (!guard.faults.isEmpty()) {
            throw refusal(profile.host(), String.join("\n", guard.faults));
        }
        if (!guard.hasPlays) {
            throw new HarnessException(
                    Kind.USAGE,
                    profile.site().playbook() + ":1: the playbook has no play.",
                    "",
                    "expected: a list of plays, each with \"hosts\" and \"tasks\" or \"roles\"");
        }
    }

    static HarnessException refusal(String host, String faults) {
        return new HarnessException(
                Kind.USAGE,
                "The playbook was refused: it would touch another host than " + host + ".",
                faults,
                "let each task act on the host it is for; a rehearsal has no other");
    }

    @Override
    public void play(SourceNode play) {
        hasPlays = true;
        PlaybookScan.member(play, "import_playbook")
                .filter(name -> !name.text().map(PlaybookScan::literal).orElse(false))
                .ifPresent(name -> fault(name, "import_playbook: " + name.shown()));
        Map<String, SourceNode> members = play.members();
        if (members.containsKey("hosts")) {
            hosts(members.get("hosts"));
        }
        if (members.containsKey("strategy")) {
            fault(members.get("strategy"), "strategy: " + members.get("strategy").shown());
        }
        connection(play);
    }

    @Override
    public void task(SourceNode task) {
        Map<String, SourceNode> members = task.members();
        if (members.containsKey("delegate_to")) {
            delegation(members.get("delegate_to"));
        }
        if (members.containsKey("local_action")) {
            fault(members.get("local_action"), "local_action");
        }
        PlaybookScan.member(task, "add_host").ifPresent(node -> fault(node, "add_host"));
        connection(task);
    }

    @Override
    public void directory(Path directory) {
        if (FOREIGN_PLUGINS.contains(directory.getFileName().toString())) {
            faults.add(directory + ": brings plugins that decide which host is reached");
        }
    }

    private void hosts(SourceNode hosts) {
        List<SourceNode> patterns = hosts.isList() ? hosts.elements() : List.of(hosts);
        for (SourceNode pattern : patterns) {
            boolean here = SEPARATOR
                    .splitAsStream(pattern.text().orElse(""))
                    .map(String::strip)
                    .anyMatch(THIS_MACHINE::contains);
            if (here) {
                fault(pattern, "hosts: " + pattern.shown());
            }
        }
    }

    private void connection(SourceNode node) {
        SourceNode connection = node.members().get("connection");
        if (connection != null && !SSH.contains(connection.text().orElse(""))) {
            fault(connection, "connection: " + connection.shown());
        }
    }

    /** A template is judged when it has a value. */
    private void delegation(SourceNode to) {
        String name = to.text().orElse("");
        if (PlaybookScan.literal(name) && !name.equals(profile.host())) {
            fault(to, "delegate_to: " + to.shown());
        }
    }

    private void fault(SourceNode node, String what) {
        faults.add(node.place() + ": " + what);
    }
}
