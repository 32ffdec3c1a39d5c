package me.wingu.boma.harness.guest;

import static org.assertj.core.api.Assertions.assertThat;

import net.schmizz.sshj.common.SecurityUtils;
import org.junit.jupiter.api.Test;

class LeanConfigTest {

    @Test
    void should_leave_cryptography_to_the_jdk_though_bouncy_castle_is_there() {
        assertThat(new LeanConfig().getKeyExchangeFactories()).isNotEmpty();

        assertThat(SecurityUtils.getSecurityProvider()).isNull();
    }
}
