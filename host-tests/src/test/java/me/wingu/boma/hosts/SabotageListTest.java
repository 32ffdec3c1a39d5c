package me.wingu.boma.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import me.wingu.boma.harness.profile.Defect;
import me.wingu.boma.harness.profile.Profiles;
import org.junit.jupiter.api.Test;

/** The list of askari's defects, as far as it can be judged without a host to plant them on. */
class SabotageListTest {

    private final List<Defect> defects = Defect.of(Profiles.discover().load("askari"));

    @Test
    void there_are_thirty_defects_or_more() {
        assertThat(defects).hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void each_has_a_name_of_its_own() {
        assertThat(defects).extracting(Defect::name).doesNotHaveDuplicates();
    }
}
