package me.wingu.boma.harness.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.Secrets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnsibleTest {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private TestSite site;
    private LoopbackMachine machine;

    @BeforeEach
    void start() throws Exception {
        site = new TestSite(directory);
        machine = LoopbackMachine.start(directory);
    }

    @AfterEach
    void stop() throws Exception {
        machine.close();
    }

    @Test
    void should_apply_the_site_and_report_each_task() throws Exception {
        Path made = directory.resolve("made");
        site.playbook("""
                - hosts: all
                  gather_facts: false
                  tasks:
                    - name: Make a file
                      ansible.builtin.copy: {dest: "%s", content: "{{ boma_cert_tier }} {{ greeting }}\\n"}
                    - name: Leave out
                      ansible.builtin.command: "false"
                      when: false
                """.formatted(made))
                .write("demo/overlay.yml", "greeting: hello");

        ApplyReport report = apply(ApplyOptions.whole(DEADLINE));

        assertThat(made).hasContent("internal hello");
        assertThat(report.changed()).extracting(TaskRun::name).containsExactly("Make a file");
        assertThat(report.recap()).isEqualTo("ok=1 changed=1 skipped=1 failed=0");
        assertThat(lines).anyMatch(line -> line.startsWith("TASK [Make a file]"));
        assertThat(directory.resolve("ansible.log")).content().contains("TASK [Make a file]");
    }

    private ApplyReport apply(ApplyOptions options) {
        return new Ansible(new Secrets())
                .apply(site.plan(), machine.target(), options, directory.resolve("ansible.log"), lines::add);
    }
}
