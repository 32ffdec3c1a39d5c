package me.wingu.boma.harness.state;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code sshd -T}, the lines of the configuration for their {@code Match} blocks, the rules of TCP wrappers and of
 * PAM, the keys of the host and those of accounts.
 */
final class SshdReader {

    /** Options, in which a quoted text may have blanks, then type, key and comment. */
    private static final Pattern KEY = Pattern.compile("(?:((?:[^\\s\"]++|\"(?:\\\\.|[^\"\\\\])*+\")++)[ \\t]+)??"
            + "((?:ssh-|ecdsa-|sk-)\\S+)[ \\t]+([A-Za-z0-9+/=]+)(?:[ \\t]+(.*))?");

    private SshdReader() {}

    static SshdConfig read(String host, Map<String, String> text) {
        Parts parts = Parts.of(text.getOrDefault("sshd", ""));
        Map<String, List<String>> settings = new LinkedHashMap<>();
        for (String line : parts.lines("config")) {
            String[] field = line.split(" ", 2);
            settings.computeIfAbsent(field[0].toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                    .add(field.length > 1 ? field[1] : "");
        }
        if (settings.isEmpty()) {
            throw new SectionReader.Unreadable("the settings of sshd", parts.text("config"));
        }
        Map<String, String> exposed = exposed(parts.lines("modes"));
        Map<String, String> unread = unread(parts.lines("unread"));
        List<SshdConfig.AuthorizedKey> keys =
                parts.lines("key").stream().map(line -> key(line, exposed, unread)).flatMap(Optional::stream).toList();
        return new SshdConfig(
                host,
                settings,
                new SshdMatchReader().read(parts.lines("files")),
                keys,
                parts.lines("hostkey").stream().map(SshdReader::hostKey).flatMap(Optional::stream).toList(),
                parts.lines("starts"),
                hostsRules(parts.text("wrappers")),
                new SshdConfig.Pam(parts.lines("pam"), parts.lines("nologin"), parts.lines("access")));
    }

    /** A file, and the line of the public key that lies beside it. */
    private static Optional<SshdConfig.HostKey> hostKey(String line) {
        String[] field = line.split("[\\t ]", 4);
        return field.length < 3
                ? Optional.empty()
                : fingerprint(field[2]).map(print -> new SshdConfig.HostKey(field[0], field[1], print));
    }

    /** Lines of {@code grep -H}; one that ends in a backslash goes on in the next. */
    private static List<SshdConfig.HostsRule> hostsRules(String text) {
        return text.replaceAll("\\\\\n[^:\n]*:", "")
                .lines()
                .filter(line -> line.contains(":"))
                .map(line -> line.split(":", 2))
                .map(field -> new SshdConfig.HostsRule(field[0], field[1].strip()))
                .toList();
    }

    /**
     * By account and file of keys, the first place that others may change: {@code auth_secure_path} of OpenSSH wants each to be
     * the account's or root's, and writable by neither group nor others.
     */
    private static Map<String, String> exposed(List<String> lines) {
        Map<String, String> exposed = new HashMap<>();
        for (String line : lines) {
            String[] field = line.split("\t", -1);
            if (field.length != 6) {
                throw new SectionReader.Unreadable("the mode of a file of keys, or of a directory above it", line);
            }
            boolean owned = field[3].equals("0") || field[3].equals(field[1]);
            boolean writable = (Integer.parseInt(field[4], 8) & 0022) != 0;
            if (!owned || writable) {
                exposed.putIfAbsent(field[0] + '\t' + field[2], field[5] + ", mode " + field[4] + " of user id " + field[3]);
            }
        }
        return exposed;
    }

    /** By account and file of keys, why it cannot be opened. */
    private static Map<String, String> unread(List<String> lines) {
        Map<String, String> unread = new HashMap<>();
        for (String line : lines) {
            int at = line.lastIndexOf('\t');
            unread.put(line.substring(0, Math.max(0, at)), line.substring(at + 1));
        }
        return unread;
    }

    private static Optional<SshdConfig.AuthorizedKey> key(
            String line, Map<String, String> exposed, Map<String, String> unread) {
        String[] field = line.split("\t", 3);
        Matcher key = KEY.matcher(field.length > 2 ? field[2].strip() : "");
        if (!key.matches()) {
            return Optional.empty();
        }
        return fingerprint(key.group(3)).map(fingerprint -> new SshdConfig.AuthorizedKey(
                field[0],
                field[1],
                Optional.ofNullable(key.group(1)).orElse(""),
                key.group(2),
                fingerprint,
                Optional.ofNullable(key.group(4)).orElse(""),
                Optional.ofNullable(exposed.get(field[0] + '\t' + field[1])),
                Optional.ofNullable(unread.get(field[0] + '\t' + field[1]))));
    }

    /** Empty for what is no key, which sshd passes by. */
    private static Optional<String> fingerprint(String base64) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(base64));
            return Optional.of("SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
