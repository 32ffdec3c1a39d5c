package me.wingu.boma.harness.state;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code getent passwd} and {@code getent group}, and what the script says about {@code /etc/shadow}. */
final class AccountsReader {

    private AccountsReader() {}

    static Accounts read(String host, Map<String, String> text) {
        Parts parts = Parts.of(text.getOrDefault("users", ""));
        Map<Long, String> names = new HashMap<>();
        Map<String, Set<String>> members = new LinkedHashMap<>();
        Map<String, Long> gids = new HashMap<>();
        for (String line : parts.lines("group")) {
            String[] field = line.split(":", -1);
            require(field, 4, line);
            long gid = Long.parseLong(field[2]);
            names.putIfAbsent(gid, field[0]);
            gids.putIfAbsent(field[0], gid);
            Set<String> in = members.computeIfAbsent(field[0], name -> new TreeSet<>());
            Stream.of(field[3].split(",", -1)).filter(member -> !member.isEmpty()).forEach(in::add);
        }
        Map<String, String[]> shadow = new HashMap<>();
        parts.lines("shadow").forEach(line -> shadow.put(line.substring(0, line.indexOf(':')), line.split(":", -1)));
        long today = parts.lines("today").stream().findFirst().map(Long::parseLong).orElse(0L) / 86_400;
        List<String[]> accounts = parts.lines("passwd").stream().map(line -> line.split(":", -1)).toList();
        for (String[] field : accounts) {
            require(field, 7, String.join(":", field));
            String primary = names.getOrDefault(Long.parseLong(field[3]), field[3]);
            members.computeIfAbsent(primary, name -> new TreeSet<>()).add(field[0]);
        }
        Set<String> shellless = Set.copyOf(parts.lines("shellless"));
        List<User> users = accounts.stream()
                .map(field -> user(field, names, members, shadow.get(field[0]), today, shellless.contains(field[0])))
                .toList();
        List<Group> groups = gids.keySet().stream()
                .sorted()
                .map(name -> new Group(name, gids.get(name), members.getOrDefault(name, Set.of())))
                .toList();
        return new Accounts(host, users, groups);
    }

    private static User user(
            String[] field,
            Map<Long, String> names,
            Map<String, Set<String>> members,
            String @Nullable [] shadow,
            long today,
            boolean shellMissing) {
        Set<String> groups = members.entrySet().stream()
                .filter(entry -> entry.getValue().contains(field[0]))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        String expires = shadow == null ? "" : shadow[2];
        return new User(
                field[0],
                Long.parseLong(field[2]),
                names.getOrDefault(Long.parseLong(field[3]), field[3]),
                groups,
                field[5],
                field[6],
                shadow == null
                        ? User.Password.ELSEWHERE
                        : User.Password.valueOf(shadow[1].toUpperCase(Locale.ROOT)),
                !expires.isEmpty() && Long.parseLong(expires) <= today,
                passwordDue(shadow, today),
                shellMissing,
                days(shadow, 3),
                days(shadow, 4));
    }

    /** As {@code check_shadow_expiry} of pam_unix has it; what nobody filled in is -1 there. */
    private static boolean passwordDue(String @Nullable [] shadow, long today) {
        if (shadow == null || shadow.length < 6) {
            return false;
        }
        long changed = number(shadow[5]);
        long longest = number(shadow[3]);
        return changed == 0 || (changed <= today && longest >= 0 && today - changed > longest);
    }

    private static long number(String field) {
        return field.isEmpty() ? -1 : Long.parseLong(field);
    }

    /** The shadow suite writes 99999 days for never, as {@code login.defs} does. */
    private static OptionalInt days(String @Nullable [] shadow, int at) {
        if (shadow == null || shadow.length <= at || shadow[at].isEmpty() || shadow[at].equals("99999")) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(shadow[at]));
    }

    private static void require(String[] field, int count, String line) {
        if (field.length < count) {
            throw new SectionReader.Unreadable(count + " fields", line);
        }
    }
}
