package me.wingu.boma.harness.assertions;

import java.util.Optional;
import me.wingu.boma.harness.state.AptSettings;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on what APT does by itself.
 *
 * <pre>{@code
 * assertThat(vm.state().aptSettings()).have("APT::Periodic::Unattended-Upgrade", "1");   // passes when upgrades are on
 * assertThat(vm.state().aptSettings()).have("APT::Periodic::Unattended-Upgrade", "1");   // fails when a later file says "0"
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class AptSettingsAssert extends StateAssert<AptSettingsAssert, AptSettings> {

    /** Creates the assertions. */
    public AptSettingsAssert(AptSettings actual) {
        super(actual, AptSettingsAssert.class, Wording.title(actual.host(), "APT settings"));
    }

    /** Verifies a setting's effective value. */
    public AptSettingsAssert have(String name, String value) {
        Wording.requireText(name, "name");
        Optional<String> is = actual.value(name);
        return check(
                is.filter(value::equals).isPresent(),
                "Expecting " + name + " to be \"" + value + "\".",
                is.map(now -> new AptSettings.Setting(name, now)).stream().toList());
    }
}
