package me.wingu.boma.harness.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalPlanTest {

    private static final Scenario NO_EGRESS = new Scenario("no-egress", Path.of("no-egress.yml"), "", false);

    private final HostProfile profile = new HostProfile(
            "demo",
            "demo",
            Path.of("profiles/demo"),
            Path.of("profiles/demo/overlay.yml"),
            "debian-13",
            Sizing.DEFAULT,
            new Site(Path.of("site"), Path.of("site/site.yml"), List.of("base"), List.of(), false),
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of("no-egress", NO_EGRESS));

    @Test
    void should_use_the_internal_authority_unless_told_otherwise() {
        RehearsalPlan plan = plan(Optional.empty(), Optional.empty(), false);

        assertThat(plan.certs()).isEqualTo(CertTier.INTERNAL);
        assertThat(plan.egress()).isTrue();
    }

    @Test
    void should_rehearse_without_egress_on_the_internal_authority() {
        assertThat(plan(Optional.of("internal"), Optional.of("no-egress"), false).egress()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"le-staging", "le-prod-wildcard"})
    void should_refuse_acme_without_egress(String tier) {
        assertThatThrownBy(() -> plan(Optional.of(tier), Optional.of("no-egress"), true))
                .hasMessageContaining("contradict each other")
                .hasMessageContaining("use --certs internal");
    }

    @Test
    void should_refuse_production_certificates_whose_risk_nobody_accepted() {
        assertThatThrownBy(() -> plan(Optional.of("le-prod-wildcard"), Optional.empty(), false))
                .hasMessageContaining("risk R6")
                .hasMessageContaining("--accept-risk-r6");
        assertThat(plan(Optional.of("le-prod-wildcard"), Optional.empty(), true).certs())
                .isEqualTo(CertTier.LE_PROD_WILDCARD);
    }

    @Test
    void should_list_the_cert_tiers() {
        assertThatThrownBy(() -> plan(Optional.of("le-stagin"), Optional.empty(), false))
                .hasMessageContaining("did you mean \"le-staging\"? known: internal, le-prod-wildcard, le-staging");
    }

    @Test
    void should_list_the_scenarios() {
        assertThatThrownBy(() -> plan(Optional.empty(), Optional.of("forward-drop"), false))
                .hasMessageContaining("Host demo has no scenario \"forward-drop\".")
                .hasMessageContaining("known: no-egress");
    }

    private RehearsalPlan plan(Optional<String> certs, Optional<String> scenario, boolean riskR6Accepted) {
        return RehearsalPlan.of(profile, certs, scenario, riskR6Accepted);
    }
}
