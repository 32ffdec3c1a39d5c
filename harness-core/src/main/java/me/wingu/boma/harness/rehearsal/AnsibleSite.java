package me.wingu.boma.harness.rehearsal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import me.wingu.boma.harness.Secrets;
import me.wingu.boma.harness.apply.Ansible;
import me.wingu.boma.harness.apply.ApplyOptions;
import me.wingu.boma.harness.apply.TaskRunner;
import me.wingu.boma.harness.checkpoint.Inputs;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.profile.RehearsalPlan;

/** Configures guests with {@code ansible-playbook}. */
final class AnsibleSite implements SiteApplier {

    private final Ansible ansible;
    private final boolean emulated;

    /**
     * Creates the applier.
     *
     * @param emulated whether the guests' processors are emulated, where Mitogen is missed
     */
    AnsibleSite(Secrets secrets, TaskRunner runner, boolean emulated) {
        this.ansible = new Ansible(secrets, runner);
        this.emulated = emulated;
    }

    @Override
    public void check(RehearsalPlan plan) {
        ansible.check(plan);
    }

    @Override
    public Inputs inputs(RehearsalPlan plan, byte[] key) {
        Inputs inputs = Inputs.none()
                .with("ansible-core", ansible.version())
                .with("values of the secrets", ansible.secretsDigest(plan, key));
        for (Map.Entry<String, Path> source : ansible.sources(plan).entrySet()) {
            boolean ours = source.getKey().equals("site");
            inputs = ours
                    ? inputs.withFile(source.getKey(), source.getValue())
                    : inputs.withWhole(source.getKey(), source.getValue());
        }
        return inputs;
    }

    @Override
    public String apply(
            RehearsalPlan plan,
            SshEndpoint target,
            boolean converge,
            Duration deadline,
            Path log,
            Consumer<String> lines) {
        if (emulated && ansible.runner() == TaskRunner.PLAIN) {
            lines.accept("Without Mitogen, which an emulated guest would gain by: "
                    + ansible.obstacleToMitogen().orElse("the settings say plain"));
        }
        ApplyOptions once = ApplyOptions.whole(deadline);
        var report = ansible.apply(
                plan,
                target,
                converge ? once.converging() : once,
                log,
                lines);
        return report.recap()
                + (report.converged() ? ", converged" : "")
                + (ansible.runner() == TaskRunner.MITOGEN ? ", by Mitogen" : "");
    }
}
