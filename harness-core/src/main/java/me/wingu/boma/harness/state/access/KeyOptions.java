package me.wingu.boma.harness.state.access;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.state.Boot;

/**
 * What the options before an authorized key make of it (sshd(8), "AUTHORIZED_KEYS FILE FORMAT"): whether it gives its owner
 * a shell, from one address and at one time.
 */
final class KeyOptions {

    private static final String FROM = "from";
    private static final String EXPIRY_TIME = "expiry-time";
    private static final String COMMAND = "command";
    private static final String AUTHORITY = "cert-authority";
    /** Those that take a text, which stands in quotes. */
    private static final Set<String> WITH_TEXT =
            Set.of(FROM, EXPIRY_TIME, COMMAND, "environment", "permitlisten", "permitopen", "principals", "tunnel");
    private static final Set<String> SWITCHES = Set.of(
            AUTHORITY, "restrict", "agent-forwarding", "no-agent-forwarding", "port-forwarding", "no-port-forwarding", "pty", "no-pty",
            "user-rc", "no-user-rc", "x11-forwarding", "no-x11-forwarding", "no-touch-required", "verify-required");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);
    private static final int TIME_DIGITS = 14;
    private static final ZoneOffset EARLIEST = ZoneOffset.ofHours(14);

    private final List<String> options;

    /**
     * Reads options.
     *
     * @param text they, with commas between; empty for none. A comma within quotes parts none.
     */
    KeyOptions(String text) {
        options = Arrays.stream(text.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)).map(String::strip).toList();
    }

    /** Says why the key is no good, of one that comes from a source while a host runs; empty for one that is good. */
    Optional<String> refusal(String source, Boot boot) {
        return options.stream().filter(option -> refuses(option, source, boot)).findFirst();
    }

    /** What sshd cannot read makes it pass the whole line by. */
    private static boolean refuses(String option, String source, Boot boot) {
        int equals = option.indexOf('=');
        String name = (equals < 0 ? option : option.substring(0, equals)).toLowerCase(Locale.ROOT);
        String text = option.substring(equals + 1);
        if (option.isEmpty()) {
            return false;
        } else if (equals < 0 ? !SWITCHES.contains(name) : !WITH_TEXT.contains(name) || !text.matches("(?s)\".*\"")) {
            return true;
        }
        String value = text.replace("\"", "");
        return switch (name) {
            case FROM -> Stream.of(value.split(",", -1)).anyMatch(KeyOptions::hasHostBits) || !SshPatterns.listHas(value, source);
            case EXPIRY_TIME -> hasExpired(value, boot);
            case COMMAND, AUTHORITY -> true; // another's command; and an authority vouches for certificates only
            default -> false;
        };
    }

    /** A network whose address is not its first one: {@code addr_match_cidr_list} takes the whole list for invalid. */
    private static boolean hasHostBits(String pattern) {
        String[] network = pattern.strip().replaceFirst("^!", "").split("/", 2);
        return network.length == 2
                && IpAddress.parse(network[0])
                        .filter(address -> !IpPrefix.of(address + "/" + network[1]).first().equals(address))
                        .isPresent();
    }

    /** A time is of the host's own zone unless it says otherwise; one that cannot be read makes the key useless. */
    private static boolean hasExpired(String time, Boot boot) {
        String digits = time.replaceFirst("(?i)(Z|UTC)$", "");
        try {
            ZoneId zone = digits.equals(time) ? zone(boot) : ZoneOffset.UTC;
            Instant now = boot.startedAt().plus(boot.uptime()).truncatedTo(ChronoUnit.SECONDS);
            return dateTime(digits).atZone(zone).toInstant().isBefore(now);
        } catch (DateTimeException e) {
            return true;
        }
    }

    /** The host's zone; in place of an unknown one that where each hour comes first, so that no key counts for too long. */
    private static ZoneId zone(Boot boot) {
        String name = boot.timeZone().orElse("").replaceFirst("^(posix|right)/", ""); // tzdata has the same zones below these, too
        try {
            return ZoneId.of(name, ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            return EARLIEST;
        }
    }

    /** {@code YYYYMMDD}, {@code YYYYMMDDHHMM} or {@code YYYYMMDDHHMMSS}. */
    private static LocalDateTime dateTime(String digits) {
        if (!digits.matches("\\d{8}(\\d{4}(\\d{2})?)?")) {
            throw new DateTimeException("not a time of sshd: " + digits);
        }
        return LocalDateTime.parse(digits + "000000".substring(0, TIME_DIGITS - digits.length()), TIME);
    }
}
