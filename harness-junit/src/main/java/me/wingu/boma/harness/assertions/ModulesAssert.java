package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.KernelModules;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on loaded kernel modules.
 *
 * <pre>{@code
 * assertThat(vm.modules()).areLoaded("wireguard");        // passes when it is
 * assertThat(vm.modules()).areNotLoaded("usb_storage");   // fails when it is
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class ModulesAssert extends StateAssert<ModulesAssert, KernelModules> {

    /** Creates the assertions. */
    public ModulesAssert(KernelModules actual) {
        super(actual, ModulesAssert.class, Wording.title(actual.host(), "kernel modules"));
    }

    /** Verifies that these are loaded, written with underscores. */
    public ModulesAssert areLoaded(String... names) {
        Wording.requireSome(names, "module");
        List<String> missing = Stream.of(names).filter(name -> !actual.names().contains(name)).toList();
        return check(missing.isEmpty(), "Expecting " + missing + " to be loaded.", new TreeSet<>(actual.names()));
    }

    /** Verifies that these are not loaded. */
    public ModulesAssert areNotLoaded(String... names) {
        Wording.requireSome(names, "module");
        List<String> found = Stream.of(names).filter(actual.names()::contains).toList();
        return check(found.isEmpty(), "Expecting these modules not to be loaded.", found);
    }
}
