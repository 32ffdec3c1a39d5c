package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.SshdConfig;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on the SSH daemon's effective configuration.
 *
 * <pre>{@code
 * assertThat(vm.sshd()).forbidsPasswords().forbidsRootLogin();       // passes when hardened
 * assertThat(vm.sshd()).listensOnEveryAddress();                     // fails with a ListenAddress
 * }</pre>
 *
 * <p>What {@code Match} blocks change is not seen; assert {@link #hasNoMatchBlocks()} where that matters.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class SshdAssert extends StateAssert<SshdAssert, SshdConfig> {

    /** Creates the assertions. */
    public SshdAssert(SshdConfig actual) {
        super(actual, SshdAssert.class, Wording.title(actual.host(), "sshd configuration"));
    }

    /**
     * Verifies a setting, keyword and value as {@code sshd -T} prints them. No {@code Match} block may set it otherwise, for
     * whomever.
     */
    public SshdAssert has(String keyword, String value) {
        List<SshdConfig.MatchBlock> exceptions = actual.matchBlocks().stream()
                .filter(block -> !block.values(keyword).isEmpty())
                .filter(block -> !String.join(" ", block.values(keyword)).equalsIgnoreCase(value))
                .toList();
        return check(
                actual.values(keyword).stream().anyMatch(value::equalsIgnoreCase) && exceptions.isEmpty(),
                "Expecting sshd to have " + keyword + " " + value + ".",
                Stream.concat(actual.values(keyword).stream().map(is -> keyword + " " + is), exceptions.stream()).toList());
    }

    /** Verifies that no password, by whatever method, lets anyone in. */
    public SshdAssert forbidsPasswords() {
        return has("passwordauthentication", "no").has("kbdinteractiveauthentication", "no");
    }

    /** Verifies that root cannot log in, not even by key. */
    public SshdAssert forbidsRootLogin() {
        return has("permitrootlogin", "no");
    }

    /** Verifies that it is configured to listen on every address, IPv4 and IPv6. */
    public SshdAssert listensOnEveryAddress() {
        List<String> addresses = actual.listenAddresses();
        boolean every = addresses.stream().anyMatch(a -> a.startsWith("0.0.0.0:"))
                && addresses.stream().anyMatch(a -> a.startsWith("[::]:"));
        return check(every, "Expecting sshd to listen on every address.", addresses);
    }

    /** Verifies that the configuration has no {@code Match} blocks. */
    public SshdAssert hasNoMatchBlocks() {
        return check(actual.matchBlocks().isEmpty(), "Expecting no Match blocks.", actual.matchBlocks());
    }

    /** Verifies that at least one key lets the account in. */
    public SshdAssert hasKeyFor(String user) {
        return check(
                !actual.keysOf(user).isEmpty(),
                "Expecting a key of " + user + ", but there is none.",
                actual.keys().stream().map(key -> key.user() + ": " + key.file()).toList());
    }
}
