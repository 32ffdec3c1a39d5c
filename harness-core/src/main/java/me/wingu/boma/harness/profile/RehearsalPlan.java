package me.wingu.boma.harness.profile;

import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What one run rehearses: a host, the source of its certificates, and perhaps a scenario. A plan that contradicts
 * itself, or takes a risk that nobody accepted, cannot be made.
 *
 * @param profile the host
 * @param certs where its certificates come from
 * @param scenario the scenario; empty for the host as it should be
 * @param riskR6Accepted whether the caller accepted, for this run, that the DNS provider's production token reaches the
 *     machine
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record RehearsalPlan(
        HostProfile profile, CertTier certs, Optional<Scenario> scenario, boolean riskR6Accepted) {

    /**
     * Judges the plan.
     *
     * @throws HarnessException when an ACME tier meets a scenario without egress, or the tier is
     *     {@code le-prod-wildcard} and the risk was not accepted
     */
    public RehearsalPlan {
        if (certs.acme() && scenario.isPresent() && !scenario.get().egress()) {
            throw new HarnessException(
                    Kind.USAGE,
                    "Scenario \"" + scenario.get().name() + "\" and cert tier \"" + certs + "\" contradict each other.",
                    "the scenario takes the egress away, and ACME needs it",
                    "use --certs internal with this scenario");
        }
        if (certs == CertTier.LE_PROD_WILDCARD && !riskR6Accepted) {
            throw new HarnessException(
                    Kind.USAGE,
                    "Cert tier \"" + certs + "\" needs its risk accepted for this run.",
                    "risk R6: the DNS provider's production token reaches a throwaway VM, and TXT records are written "
                            + "into the real zone wingu.me",
                    "add --accept-risk-r6 (in tests: -Dboma.acceptRiskR6=true), or use --certs le-staging");
        }
    }

    /**
     * Plans a run from the words of its caller.
     *
     * @param profile the host
     * @param certs a cert tier's word; empty for {@code internal}
     * @param scenario a scenario's name; empty for none
     * @param riskR6Accepted see {@link #riskR6Accepted()}
     * @throws HarnessException when there is no such tier or scenario, and as the constructor does
     */
    public static RehearsalPlan of(
            HostProfile profile, Optional<String> certs, Optional<String> scenario, boolean riskR6Accepted) {
        return new RehearsalPlan(
                profile,
                certs.map(CertTier::of).orElse(CertTier.INTERNAL),
                scenario.map(profile::scenario),
                riskR6Accepted);
    }

    /** Returns whether the guest can reach the world in this run. */
    public boolean egress() {
        return scenario.map(Scenario::egress).orElse(true);
    }
}
