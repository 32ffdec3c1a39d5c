package me.wingu.boma.harness.apply;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.profile.RehearsalPlan;
import tools.jackson.databind.json.JsonMapper;

/** Writes into a workspace what Ansible reads: configuration, inventory, variables and the pinned host key. */
final class AnsibleFiles {

    private static final int ALIVE_INTERVAL_S = 10;
    private static final int ALIVE_COUNT = 6;

    private final RehearsalPlan plan;
    private final SshEndpoint target;
    private final Workspace workspace;
    private final SshRelay relay;

    AnsibleFiles(RehearsalPlan plan, SshEndpoint target, Workspace workspace, SshRelay relay) {
        this.plan = plan;
        this.target = target;
        this.workspace = workspace;
        this.relay = relay;
    }

    void write(SiteConfig site, Map<String, Object> secrets) {
        Map<String, Map<String, String>> configuration = configuration(site);
        workspace.write("ansible.cfg", text(configuration));
        workspace.write(
                "inventory.json", json(inventory(configuration.get("defaults").get("interpreter_python"))));
        workspace.write("variables.json", json(variables(secrets)));
        workspace.write("known_hosts", target.knownHostsLine() + "\n");
    }

    private Map<String, Map<String, String>> configuration(SiteConfig site) {
        Map<String, Map<String, String>> sections = new TreeMap<>();
        sections.put("privilege_escalation", new TreeMap<>(Map.of("become", "true")));
        sections.put("defaults", new TreeMap<>(Map.of("interpreter_python", "/usr/bin/python3")));
        site.safe().forEach((section, settings) -> sections.get(section).putAll(settings));
        sections.get("defaults").putAll(Map.ofEntries(
                Map.entry("strategy_plugins", workspace.path("strategy").toString()),
                Map.entry("strategy", "boma_one_host"),
                Map.entry("callback_plugins", workspace.path("callback").toString()),
                Map.entry("callbacks_enabled", "boma_events"),
                Map.entry("vars_plugins_enabled", "host_group_vars"),
                Map.entry("host_key_checking", "true"),
                Map.entry("no_target_syslog", "true"),
                Map.entry("local_tmp", workspace.path("tmp").toString()),
                Map.entry("retry_files_enabled", "false"),
                Map.entry("timeout", "60"), // an emulated guest's sshd may take long to greet
                Map.entry("nocows", "true"),
                Map.entry("display_skipped_hosts", "false"),
                Map.entry("forks", "1")));
        sections.put("inventory", Map.of("enable_plugins", "ansible.builtin.yaml"));
        sections.put("ssh_connection", Map.of(
                "pipelining", "true",
                "retries", "2", // a busy machine loses a connection now and then
                "transfer_method", "piped",
                "control_path_dir", workspace.path("cp").toString()));
        return sections;
    }

    private static String text(Map<String, Map<String, String>> configuration) {
        return configuration.entrySet().stream()
                .map(section -> "[" + section.getKey() + "]\n" + settings(section.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String settings(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + setting.getValue().replace("%", "%%") + "\n")
                .sorted()
                .collect(Collectors.joining());
    }

    /** The interpreter stands here, too, where every variable of the site beats it: Mitogen knows it by its variable alone. */
    private Map<String, Object> inventory(String interpreter) {
        HostProfile profile = plan.profile();
        Map<String, Object> host = Map.of(profile.host(), Map.of("ansible_host", target.address()));
        Map<String, Object> groups = new LinkedHashMap<>();
        profile.site().groups().forEach(group -> groups.put(group, Map.of("hosts", Map.of(profile.host(), Map.of()))));
        return Map.of(
                "all",
                Map.of("hosts", host, "children", groups, "vars", Map.of("ansible_python_interpreter", interpreter)));
    }

    /** Extra variables beat every other source: no {@code host_vars} of the site sends a task elsewhere. */
    private Map<String, Object> variables(Map<String, Object> secrets) {
        Map<String, Object> variables = new HashMap<>(secrets);
        for (String prefix : List.of("ansible_", "ansible_ssh_")) {
            variables.put(prefix + "host", target.address());
            variables.put(prefix + "port", target.port());
            variables.put(prefix + "user", target.user());
            variables.put(prefix + "private_key_file", target.privateKey().toString());
        }
        variables.put("ansible_connection", "ssh");
        variables.put("ansible_ssh_executable", "ssh");
        variables.put("ansible_ssh_args", sshArguments());
        variables.put("ansible_ssh_common_args", "");
        variables.put("ansible_ssh_extra_args", "");
        variables.putAll(ofMitogen());
        variables.putAll(Ansible.variables(plan));
        return variables;
    }

    /** Straight to the machine, with the same patience as without it, and each module in a process of its own. */
    private static Map<String, Object> ofMitogen() {
        return Map.of(
                "mitogen_via", "",
                "mitogen_task_isolation", "fork",
                "mitogen_ssh_compression", false,
                "mitogen_ssh_keepalive_interval", ALIVE_INTERVAL_S,
                "mitogen_ssh_keepalive_count", ALIVE_COUNT);
    }

    private String sshArguments() {
        return String.join(" ",
                "-F /dev/null",
                "-o ControlMaster=auto -o ControlPersist=60s",
                "-o ProxyCommand=\"python3 " + workspace.path("connect.py") + " " + relay.socket() + "\"",
                "-o ProxyUseFdpass=yes",
                "-o StrictHostKeyChecking=yes",
                "-o UserKnownHostsFile=" + workspace.path("known_hosts"),
                "-o GlobalKnownHostsFile=/dev/null",
                "-o IdentitiesOnly=yes -o IdentityAgent=none",
                "-o PreferredAuthentications=publickey",
                "-o ServerAliveInterval=" + ALIVE_INTERVAL_S + " -o ServerAliveCountMax=" + ALIVE_COUNT);
    }

    private static String json(Map<String, Object> content) {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(content);
    }
}
