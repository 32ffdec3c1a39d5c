package me.wingu.boma.harness.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import me.wingu.boma.harness.Secrets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no scan of the files can see, run for real: another host waits for the visit that must not come. */
@ParameterizedClass
@EnumSource
class OneHostTest {

    @Parameter
    private TaskRunner runner;

    @TempDir
    private Path directory;

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private TestSite site;
    private LoopbackMachine machine;
    private Canary canary;

    @BeforeEach
    void start() throws Exception {
        TestSite.assumeItRuns(runner);
        site = new TestSite(directory);
        machine = LoopbackMachine.start(directory);
        canary = Canary.start();
    }

    @AfterEach
    void stop() throws Exception {
        canary.close();
        machine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "delegate_to: '{{ other }}'",
        "delegate_to: '{{ item }}'\n      loop: ['{{ other }}']",
        "delegate_to: '{{ groups.all | first }}{{ suffix }}'",
        "delegate_to: '{{ undefined_variable }}'",
    })
    void should_refuse_a_delegation_once_it_has_a_value(String delegation) throws Exception {
        site.playbook("""
                - hosts: all
                  gather_facts: false
                  vars: {other: 127.0.0.2, suffix: x}
                  tasks:
                    - name: Go elsewhere
                      ansible.builtin.command: id
                      vars: {ansible_port: %d}
                      %s
                """.formatted(canary.port(), delegation));

        assertThatThrownBy(this::apply)
                .hasMessageStartingWith("The playbook was refused: it would touch another host than demo.")
                .hasMessageContaining("site.yml:5: task \"Go elsewhere\" delegates to ");
        assertThat(canary.visits()).isZero();
    }

    @Test
    void should_refuse_what_a_templated_include_brings() throws Exception {
        site.playbook("""
                - hosts: all
                  gather_facts: false
                  vars: {file: added}
                  tasks:
                    - ansible.builtin.include_tasks: "{{ file }}.yml"
                """)
                .write("site/added.yml", "- {name: Add, ansible.builtin.add_host: {name: mamba}}");

        assertThatThrownBy(this::apply).hasMessageContaining("added.yml:1: task \"Add\" adds a host");
    }

    @Test
    void should_not_be_led_away_by_variables_of_the_site() throws Exception {
        Path made = directory.resolve("made");
        site.playbook("""
                - hosts: web
                  gather_facts: false
                  vars: {ansible_ssh_host: 127.0.0.2, ansible_connection: local, mitogen_via: elsewhere}
                  tasks:
                    - ansible.builtin.set_fact: {ansible_host: 127.0.0.2, ansible_port: %d}
                    - ansible.builtin.shell: echo "{{ ansible_host }}" > %s
                """.formatted(canary.port(), made))
                .write("site/host_vars/demo.yml", "{ansible_host: 127.0.0.2, ansible_port: %d, mitogen_via: 127.0.0.2}".formatted(canary.port()))
                .write("demo/overlay.yml", "{ansible_host: 127.0.0.2, ansible_ssh_port: %d}".formatted(canary.port()));

        apply();

        assertThat(made).hasContent("127.0.0.1");
        assertThat(canary.visits()).isZero();
    }

    @Test
    void should_never_read_an_inventory_of_the_site() throws Exception {
        site.playbook("- {hosts: all, gather_facts: false, tasks: [{ansible.builtin.ping: {}}]}")
                .write("demo/profile.json", "{\"roles\": [\"demo\"], \"site\": {\"ignoreInventory\": true}}")
                .write("site/ansible.cfg", "[defaults]\ninventory = hosts.py\n[privilege_escalation]\nbecome = no\n")
                .write("site/hosts.py", "#!/bin/sh\ntouch %s\n".formatted(directory.resolve("read")));
        Files.setPosixFilePermissions(
                site.path("site/hosts.py"), PosixFilePermissions.fromString("rwx------"));

        ApplyReport report = apply();

        assertThat(report.tasks()).hasSize(1);
        assertThat(directory.resolve("read")).doesNotExist();
    }

    @Test
    void should_say_so_when_no_play_is_for_the_host() throws Exception {
        site.playbook("- {hosts: mamba, tasks: [{ansible.builtin.ping: {}}]}");

        assertThatThrownBy(this::apply).hasMessageStartingWith("The playbook did nothing: it has no task for host demo.");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "lookup('ansible.builtin.pipe', 'python3 visit.py PORT 2>&1 || true')",
        "lookup('ansible.builtin.url', 'http://127.0.0.2:PORT/', errors='ignore')",
        "lookup('visit', PORT)",
        "PORT | visit",
    })
    void should_leave_the_playbooks_own_process_no_network(String expression) throws Exception {
        String plugin = """
                import socket
                def visit(terms, *args, **kwargs):
                    try:
                        socket.create_connection(("127.0.0.2", int(terms[0] if isinstance(terms, list) else terms)))
                        return ["visited"]
                    except OSError as e:
                        return [str(e)]
                """;
        site.write("site/filter_plugins/visit.py", plugin + """
                class FilterModule:
                    def filters(self):
                        return {"visit": visit}
                """)
                .write("site/lookup_plugins/visit.py", plugin + """
                from ansible.plugins.lookup import LookupBase
                class LookupModule(LookupBase):
                    def run(self, terms, variables=None, **kwargs):
                        return visit(terms)
                """)
                .write("site/visit.py", """
                import socket, sys
                socket.create_connection(("127.0.0.2", int(sys.argv[1])))
                print("visited")
                """)
                .playbook("""
                - hosts: all
                  gather_facts: false
                  tasks:
                    - ansible.builtin.debug:
                        msg: >-
                          tried: {{ %s }}
                """.formatted(expression.replace("PORT", String.valueOf(canary.port()))));

        apply();

        assertThat(lines).anyMatch(line -> line.contains("tried: "));
        assertThat(lines).noneMatch(line -> line.contains("visited"));
        assertThat(canary.visits()).isZero();
    }

    private ApplyReport apply() {
        return new Ansible(new Secrets(), runner)
                .apply(
                        site.plan(),
                        machine.target(),
                        ApplyOptions.whole(Duration.ofMinutes(10)),
                        directory.resolve("ansible.log"),
                        lines::add);
    }
}
