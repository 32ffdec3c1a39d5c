package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.DebianPackage;
import me.wingu.boma.harness.state.Packages;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on Debian's packages.
 *
 * <pre>{@code
 * assertThat(vm.packages()).areInstalled("nftables", "fail2ban");    // passes when dpkg says "ii"
 * assertThat(vm.packages()).areAbsent("telnetd");                    // fails when it is installed
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class PackagesAssert extends StateAssert<PackagesAssert, Packages> {

    /** Creates the assertions. */
    public PackagesAssert(Packages actual) {
        super(actual, PackagesAssert.class, Wording.title(actual.host(), "packages"));
    }

    /** Verifies that these are installed completely. */
    public PackagesAssert areInstalled(String... names) {
        Wording.requireSome(names, "package");
        List<String> missing = Stream.of(names).filter(name -> !isInstalled(name)).toList();
        return check(missing.isEmpty(), "Expecting " + missing + " to be installed.", known(missing));
    }

    /** Verifies that these are not installed; left-over configuration does not count. */
    public PackagesAssert areAbsent(String... names) {
        Wording.requireSome(names, "package");
        List<String> found = Stream.of(names).filter(this::isInstalled).toList();
        return check(found.isEmpty(), "Expecting " + found + " not to be installed.", known(found));
    }

    /** Verifies a package's version; a prefix that ends before a dot, dash or plus is enough: {@code 1.1}. */
    public PackagesAssert hasVersion(String name, String version) {
        Wording.requireText(version, "version");
        boolean right = actual.named(name)
                .filter(DebianPackage::isInstalled)
                .map(DebianPackage::version)
                .filter(is -> is.equals(version) || is.matches(Pattern.quote(version) + "[.+~-].*"))
                .isPresent();
        return check(right, "Expecting " + name + " to have the version " + version + ".", known(List.of(name)));
    }

    /** Verifies that upgrades leave these alone. */
    public PackagesAssert areHeld(String... names) {
        Wording.requireSome(names, "package");
        List<String> loose = Stream.of(names)
                .filter(name -> actual.named(name).filter(DebianPackage::isHeld).isEmpty())
                .toList();
        return check(loose.isEmpty(), "Expecting " + loose + " to be held.", known(loose));
    }

    private boolean isInstalled(String name) {
        return actual.named(name).filter(DebianPackage::isInstalled).isPresent();
    }

    private List<DebianPackage> known(List<String> names) {
        return names.stream().map(actual::named).flatMap(Optional::stream).toList();
    }
}
