package me.wingu.boma.harness.rehearsal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import me.wingu.boma.harness.checkpoint.Inputs;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.profile.RehearsalPlan;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Configures a guest as its profile's site says. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public interface SiteApplier {

    /**
     * Judges whether the plan's site can be applied at all; asked before a guest is made for it.
     *
     * @throws me.wingu.boma.harness.HarnessException when the site would touch another host, or is not there
     */
    void check(RehearsalPlan plan);

    /**
     * Returns what decides how the site configures a guest: its content, and what applies it.
     *
     * @param plan the host, its cert tier and its scenario
     * @param key a key for digests of secrets
     */
    Inputs inputs(RehearsalPlan plan, byte[] key);

    /**
     * Applies the plan's site.
     *
     * @param plan the host, its cert tier and its scenario
     * @param target the guest
     * @param converge whether to apply a second time, which must change nothing
     * @param deadline how long one application may take
     * @param log the file that the output is appended to
     * @param lines is given each line of the output as it comes, secrets struck out
     * @return what was done, in one line
     * @throws me.wingu.boma.harness.HarnessException when the playbook is refused, fails, or does not converge
     */
    String apply(
            RehearsalPlan plan,
            SshEndpoint target,
            boolean converge,
            Duration deadline,
            Path log,
            Consumer<String> lines);
}
