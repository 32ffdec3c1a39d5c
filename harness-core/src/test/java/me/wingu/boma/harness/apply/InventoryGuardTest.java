package me.wingu.boma.harness.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.Secrets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryGuardTest {

    @TempDir
    private Path directory;

    private TestSite site;

    @BeforeEach
    void makeSite() throws Exception {
        site = new TestSite(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{delegate_to: mamba, ansible.builtin.command: id}",
        "{delegate_to: localhost, ansible.builtin.command: id}",
        "{local_action: {module: ansible.builtin.command, cmd: id}}",
        "{connection: local, ansible.builtin.command: id}",
        "{connection: paramiko, ansible.builtin.command: id}",
        "{add_host: {name: mamba}}",
        "{ansible.builtin.add_host: {name: mamba}}",
        "{block: [{rescue: [{delegate_to: mamba, ping: {}}], block: []}]}",
    })
    void should_refuse_a_task_that_leaves_the_host(String task) throws Exception {
        site.playbook("- hosts: all\n  tasks:\n    - " + task + "\n");

        assertRefused("site.yml:3: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "hosts: localhost",
        "hosts: all,127.0.0.1",
        "hosts: [web, '::1']",
        "hosts: all\n  connection: local",
        "hosts: all\n  strategy: free",
        "import_playbook: '{{ somewhere }}'",
    })
    void should_refuse_a_play_that_leaves_the_host(String play) throws Exception {
        site.playbook("- " + play + "\n");

        assertRefused("site.yml:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# to be written\n", "hosts: all\ntasks: []\n", "[]\n"})
    void should_refuse_a_playbook_without_a_play_before_a_machine_boots_for_it(String playbook) throws Exception {
        site.playbook(playbook);

        assertThatThrownBy(() -> new Ansible(new Secrets(), TaskRunner.PLAIN).check(site.plan()))
                .isInstanceOfSatisfying(HarnessException.class, refusal ->
                        assertThat(refusal.kind()).isEqualTo(HarnessException.Kind.USAGE))
                .hasMessageContaining("site.yml:1: the playbook has no play.");
    }

    @Test
    void should_refuse_an_inventory_named_in_the_configuration() throws Exception {
        site.write("site/ansible.cfg", "[defaults]\n# ours\ninventory = ./hosts.py\n");

        assertRefused("ansible.cfg:3: names the inventory ./hosts.py");
    }

    @Test
    void should_pass_over_an_inventory_when_the_profile_says_so() throws Exception {
        site.write("site/ansible.cfg", "[defaults]\ninventory = ./hosts.py\n")
                .write("demo/profile.json", "{\"roles\": [\"demo\"], \"site\": {\"ignoreInventory\": true}}");
        site.playbook("- hosts: all\n");

        assertThatCode(() -> new Ansible(new Secrets(), TaskRunner.PLAIN).check(site.plan())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"site/connection_plugins", "site/vars_plugins", "site/roles/demo/strategy_plugins"})
    void should_refuse_plugins_that_choose_hosts(String plugins) throws Exception {
        site.write(plugins + "/own.py", "").playbook("- {hosts: all, roles: [demo]}");

        assertRefused(plugins);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "roles: [demo]",
        "roles: [{role: demo}]",
        "tasks: [{ansible.builtin.include_role: {name: demo}}]",
        "tasks: [{import_role: {name: demo}}]",
        "roles: [dependent]",
        "tasks: [{include_tasks: roles/demo/tasks/main.yml}]",
        "handlers: [{ansible.builtin.import_tasks: {file: roles/demo/tasks/main.yml}}]",
    })
    void should_follow_what_a_play_leads_to(String play) throws Exception {
        site.playbook("- hosts: all\n  " + play + "\n")
                .write("site/roles/dependent/meta/main.yml", "dependencies: [{role: demo}]")
                .write("site/roles/demo/tasks/main.yml", "- {delegate_to: mamba, ping: {}}");

        assertRefused("roles/demo/tasks/main.yml:1: delegate_to: \"mamba\"");
    }

    @Test
    void should_follow_an_imported_playbook() throws Exception {
        site.playbook("- import_playbook: more.yml\n").write("site/more.yml", "- hosts: localhost\n");

        assertRefused("more.yml:1: hosts: \"localhost\"");
    }

    @Test
    void should_walk_each_task_file_of_a_role_whatever_includes_it() throws Exception {
        site.playbook("- {hosts: all, roles: [demo]}")
                .write("site/roles/demo/tasks/main.yml", "- include_tasks: '{{ os }}.yml'")
                .write("site/roles/demo/tasks/debian.yml", "- {delegate_to: mamba, ping: {}}");

        assertRefused("debian.yml:1: ");
    }

    @Test
    void should_name_every_place_at_once() throws Exception {
        site.playbook("""
                - hosts: localhost
                - hosts: all
                  tasks:
                    - {add_host: {name: mamba}}
                """);

        assertThatThrownBy(() -> new Ansible(new Secrets(), TaskRunner.PLAIN).check(site.plan()))
                .hasMessageContaining("site.yml:1: ")
                .hasMessageContaining("site.yml:4: ");
    }

    @Test
    void should_let_pass_what_stays_on_the_host() throws Exception {
        site.playbook("""
                - hosts: all
                - hosts: web:!mamba
                  connection: ssh
                  tasks:
                    - {delegate_to: demo, ping: {}}
                    - {delegate_to: "{{ inventory_hostname }}", ping: {}}
                """);

        assertThatCode(() -> new Ansible(new Secrets(), TaskRunner.PLAIN).check(site.plan())).doesNotThrowAnyException();
    }

    private void assertRefused(String place) {
        assertThatThrownBy(() -> new Ansible(new Secrets(), TaskRunner.PLAIN).check(site.plan()))
                .isInstanceOfSatisfying(HarnessException.class, refusal ->
                        assertThat(refusal.kind()).isEqualTo(HarnessException.Kind.USAGE))
                .hasMessageStartingWith("The playbook was refused: it would touch another host than demo.")
                .hasMessageContaining(place);
    }
}
