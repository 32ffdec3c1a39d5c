package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.apply.Ansible;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.profile.SourceTree;
import tools.jackson.databind.json.JsonMapper;

/**
 * A host's playbook as one runs it without the harness: {@code ansible-playbook} with an inventory, the same variables and
 * the same settings for speed, and no walls around it. The harness's judgement that it touches no other machine comes
 * first.
 */
final class PlainPlaybook {

    private final RehearsalPlan plan;
    private final Path scratch;

    /**
     * Prepares the playbook of a plan.
     *
     * @param plan the plan; none that needs a secret
     * @param scratch a directory for what Ansible reads
     * @throws HarnessException when the playbook would need a secret: only the harness hands those out
     */
    PlainPlaybook(RehearsalPlan plan, Path scratch) {
        if (plan.profile().secrets().stream().anyMatch(secret -> secret.certs().contains(plan.certs()))) {
            throw new HarnessException(
                    Kind.USAGE,
                    "Applying the site of " + plan.profile().host() + " without the harness is refused: it takes secrets.",
                    "secrets of the profile: " + plan.profile().secrets(),
                    "name another host: --host HOST, or leave this part out: --only test,role");
        }
        this.plan = plan;
        this.scratch = scratch;
    }

    /** Applies the playbook to a guest. */
    Duration applyTo(SshEndpoint guest) {
        HostProfile profile = plan.profile();
        Map<String, Object> hosts = Map.of(profile.host(), connection(guest));
        Map<String, Object> groups = new TreeMap<>();
        profile.site().groups().forEach(group -> groups.put(group, Map.of("hosts", Map.of(profile.host(), Map.of()))));
        Path inventory = json("inventory.json", Map.of("all", Map.of("hosts", hosts, "children", groups)));
        write("known_hosts", guest.knownHostsLine() + "\n");
        List<String> command = new ArrayList<>(List.of("ansible-playbook", "--inventory", inventory.toString()));
        command.addAll(arguments());
        command.add(profile.site().playbook().toString());
        return new Programs(profile.site().directory(), environment(), scratch.resolve("ansible.log"))
                .time("see that the host's cycle passes first", command);
    }

    private Map<String, Object> connection(SshEndpoint guest) {
        return Map.of(
                "ansible_host", guest.address(),
                "ansible_port", guest.port(),
                "ansible_user", guest.user(),
                "ansible_ssh_private_key_file", guest.privateKey().toString(),
                "ansible_ssh_common_args", "-o UserKnownHostsFile=" + scratch.resolve("known_hosts"));
    }

    /** Returns the variables as arguments of {@code ansible-playbook}. */
    List<String> arguments() {
        return Stream.of(plan.profile().overlay(), json("variables.json", Ansible.variables(plan)))
                .filter(PlainPlaybook::hasVariables)
                .flatMap(file -> Stream.of("--extra-vars", "@" + file))
                .toList();
    }

    /** A file of comments only is a fine overlay, but Ansible refuses it. */
    private static boolean hasVariables(Path file) {
        return SourceTree.yaml(file).stream().anyMatch(document -> !document.members().isEmpty());
    }

    /** Returns Ansible's settings as environment variables, which beat those of a configuration file. */
    static Map<String, String> environment() {
        return Map.of(
                "LC_ALL", "C.UTF-8",
                "ANSIBLE_BECOME", "true",
                "ANSIBLE_PYTHON_INTERPRETER", "/usr/bin/python3",
                "ANSIBLE_PIPELINING", "true",
                "ANSIBLE_TIMEOUT", "60",
                "ANSIBLE_NOCOWS", "true");
    }

    private Path json(String name, Map<String, Object> content) {
        return write(name, JsonMapper.shared().writeValueAsString(content));
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(scratch.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
