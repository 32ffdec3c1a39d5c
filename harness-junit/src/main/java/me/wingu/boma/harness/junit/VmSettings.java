package me.wingu.boma.harness.junit;

import java.util.Arrays;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.profile.CertTier;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.rehearsal.Reuse;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What one test class asks for: its annotation, and the configuration parameters of this run.
 *
 * @param host the host to rehearse
 * @param certs the cert tier's word
 * @param scenario the scenario, if any
 * @param keep when the machine is left
 * @param attach whether to test a machine that is there already, as the command's {@code assert} does
 * @param reuse whether to go on from what an earlier run saved
 * @param acceptRiskR6 whether the risk of the production certificate was accepted
 */
record VmSettings(
        String host,
        Optional<String> certs,
        Optional<String> scenario,
        Keep keep,
        boolean attach,
        Reuse reuse,
        boolean acceptRiskR6) {

    static VmSettings of(IntegrationVm annotation, ExtensionContext context) {
        if (annotation.certs().length > 1) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "@IntegrationVm of " + context.getRequiredTestClass().getName() + " names more than one cert tier.",
                    Arrays.toString(annotation.certs()),
                    "name one: a class rehearses one host in one way");
        }
        return new VmSettings(
                annotation.host(),
                context.getConfigurationParameter("boma.certs")
                        .or(() -> Arrays.stream(annotation.certs()).findFirst().map(CertTier::word)),
                Optional.of(annotation.scenario())
                        .filter(s -> !s.isEmpty())
                        .or(() -> context.getConfigurationParameter("boma.scenario")),
                context.getConfigurationParameter("boma.keep").map(Keep::of).orElse(annotation.keep()),
                context.getConfigurationParameter("boma.attach", Boolean::parseBoolean).orElse(false),
                Reuse.choose(
                        context::getConfigurationParameter,
                        name -> Optional.ofNullable(System.getProperty(name)),
                        name -> Optional.ofNullable(System.getenv(name))),
                context.getConfigurationParameter("boma.acceptRiskR6", Boolean::parseBoolean).orElse(false));
    }

    RehearsalPlan plan(Profiles profiles) {
        return RehearsalPlan.of(profiles.load(host), certs, scenario, acceptRiskR6);
    }

    /** Tells one provisioning from another: two classes with the same key would make the same machine. */
    String key() {
        return host + "/" + certs.orElse("internal") + "/" + scenario.orElse("-");
    }
}
