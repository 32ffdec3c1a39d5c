package me.wingu.boma.harness.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import me.wingu.boma.harness.checkpoint.Inputs;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.profile.RehearsalPlan;

/**
 * A site that leaves the guest as it is.
 *
 * @param applying what happens instead
 */
public record FakeSite(Runnable applying) implements SiteApplier {

    @Override
    public void check(RehearsalPlan plan) {}

    @Override
    public Inputs inputs(RehearsalPlan plan, byte[] key) {
        return Inputs.none().withFile("site", plan.profile().site().directory());
    }

    @Override
    public String apply(
            RehearsalPlan plan,
            SshEndpoint target,
            boolean converge,
            Duration deadline,
            Path log,
            Consumer<String> lines) {
        try {
            Files.writeString(log, "PLAY RECAP\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        applying.run();
        return "ok=1";
    }
}
