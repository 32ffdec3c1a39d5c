package me.wingu.boma.harness.cli.rehearse;

import java.util.Optional;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import picocli.CommandLine.Option;

/** How a host is to be rehearsed. */
final class PlanOptions {

    @Option(
            names = "--certs",
            paramLabel = "TIER",
            description = "Where certificates come from: internal (default), le-staging, le-prod-wildcard.")
    private Optional<String> certs = Optional.empty();

    @Option(names = "--scenario", paramLabel = "NAME", description = "A scenario of the host; none by default.")
    private Optional<String> scenario = Optional.empty();

    @Option(
            names = "--accept-risk-r6",
            description = "Accept for this run that the DNS provider's production token reaches a throwaway VM.")
    private boolean riskR6;

    Optional<String> certs() {
        return certs;
    }

    Optional<String> scenario() {
        return scenario;
    }

    boolean riskR6() {
        return riskR6;
    }

    RehearsalPlan plan(Profiles profiles, String host) {
        return RehearsalPlan.of(profiles.load(host), certs, scenario, riskR6);
    }
}
