package me.wingu.boma.harness.state.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.SshdConfig.AuthorizedKey;
import me.wingu.boma.harness.state.User;

/** Looks at the account by which the operator logs in, and at what sshd makes of it when it comes by one path. */
final class Login {

    /** What sshd's settings can say about a login. */
    private static final Set<String> DECISIVE = Set.of(
            "allowusers", "denyusers", "allowgroups", "denygroups", "permitrootlogin", "pubkeyauthentication",
            "passwordauthentication", "kbdinteractiveauthentication", "authenticationmethods", "authorizedkeysfile",
            "pubkeyacceptedalgorithms", "revokedkeys", "maxauthtries", "refuseconnection", "maxsessions", "forcecommand",
            "chrootdirectory");

    private static final Set<String> RSA = Set.of("rsa-sha2-512", "rsa-sha2-256", "ssh-rsa");

    private final HostState state;
    private final String user;
    private final OperatorPath path;

    Login(HostState state, String user, OperatorPath path) {
        this.state = state;
        this.user = user;
        this.path = path;
    }

    /** What keeps the account out now. */
    List<Obstacle> now() {
        return obstacles(state.sshd().pam().nologin());
    }

    private List<Obstacle> obstacles(List<String> nologin) {
        Optional<User> account = state.accounts().user(user);
        if (account.isEmpty()) {
            return List.of(obstacle("there is no user " + user));
        }
        List<Obstacle> obstacles = new ArrayList<>();
        if (!account.get().canLogIn()) {
            obstacles.add(obstacle("no login for " + account.get()));
        }
        HostsAccess.refusal(state.sshd().hostsRules(), path.source())
                .ifPresent(rule -> obstacles.add(obstacle("TCP wrappers refuse " + path.source() + ": " + rule)));
        SshdForConnection sshd = new SshdForConnection(state, account.get(), path);
        sshd.untold(DECISIVE).forEach(block -> obstacles.add(obstacle(
                "it cannot be told whether this is for " + user + " from " + path.source() + ": " + block)));
        if (account.get().passwordDue() && sshd.has("usepam", "yes")) {
            obstacles.add(obstacle("PAM lets " + user + " do nothing before the password is changed: chage -l " + user));
        }
        if (account.get().password() == User.Password.LOCKED && sshd.has("usepam", "no")) { // sshd(8), "Authentication"
            obstacles.add(obstacle("sshd without PAM refuses a locked account, keys or not: usermod -p '*' " + user));
        }
        Stream.concat(
                        Stream.of(root(account.get(), sshd), means(account.get(), sshd), allowed(account.get(), sshd))
                                .flatMap(Optional::stream),
                        session(sshd))
                .forEach(reason -> obstacles.add(obstacle(reason)));
        new PamAccount(state.sshd().pam(), account.get(), path.source(), sshd.has("usedns", "yes"))
                .refusals(sshd.has("usepam", "yes"), nologin)
                .forEach(reason -> obstacles.add(obstacle(reason)));
        return obstacles;
    }

    /** Accounts and keys lie in files: a reboot brings them back where it mounts what they lie in. */
    List<Obstacle> afterReboot() {
        List<Obstacle> obstacles = new ArrayList<>(obstacles(state.sshd().pam().nologin().stream()
                .filter(file -> !file.startsWith("/run/")) // systemd-user-sessions.service removes it
                .toList()));
        FilesAtBoot files = new FilesAtBoot(state);
        Stream.concat(
                        Stream.of("/etc/passwd", "/etc/ssh/sshd_config"),
                        state.sshd().keysOf(user).stream().map(AuthorizedKey::file))
                .distinct()
                .flatMap(file -> files.loss(file).stream())
                .forEach(reason -> obstacles.add(obstacle(reason)));
        return obstacles;
    }

    private static Optional<String> root(User account, SshdForConnection sshd) {
        boolean none = Stream.of("no", "forced-commands-only").anyMatch(value -> sshd.has("permitrootlogin", value));
        return account.uid() == 0 && none
                ? Optional.of("sshd has PermitRootLogin " + sshd.values("permitrootlogin").get(0))
                : Optional.empty();
    }

    /** A key or a password, as sshd asks for it. */
    private Optional<String> means(User account, SshdForConnection sshd) {
        List<AuthorizedKey> keys = state.sshd().keysOf(user);
        boolean good = keys.stream().anyMatch(each -> refusal(each, sshd).isEmpty());
        boolean key = good && sshd.has("pubkeyauthentication", "yes");
        boolean password = password(account, sshd);
        if (sshd.isMatched("authorizedkeysfile")) {
            return Optional.of("a Match block reads keys from " + sshd.values("authorizedkeysfile") + ", which were not read");
        }
        if (!key && !password) {
            String here = good ? "" : keys.stream()
                    .findFirst()
                    .flatMap(each -> refusal(each, sshd))
                    .map(option -> " for a shell from " + path.source() + " (" + option + ")")
                    .orElse("");
            return Optional.of(user + " has no authorized key" + here + ", and no password that sshd accepts");
        }
        List<String> methods = sshd.values("authenticationmethods");
        boolean enough = methods.isEmpty()
                || methods.contains("any")
                || methods.stream().anyMatch(list -> suffices(list, key, password));
        return enough
                ? Optional.empty()
                : Optional.of("sshd asks for " + String.join(" or ", methods) + ", and " + user + " has "
                        + (key ? "a key" : "no key") + " and " + (password ? "a password" : "no password"));
    }

    private static boolean password(User account, SshdForConnection sshd) {
        boolean asked = sshd.has("passwordauthentication", "yes")
                || (sshd.has("kbdinteractiveauthentication", "yes") && sshd.has("usepam", "yes"));
        boolean root = account.uid() == 0 && !sshd.has("permitrootlogin", "yes");
        return account.password() == User.Password.SET && asked && !root;
    }

    private static boolean suffices(String methods, boolean key, boolean password) {
        return Arrays.stream(methods.split(",", -1)).allMatch(method -> switch (method.replaceFirst(":.*", "")) {
            case "publickey" -> key;
            case "password", "keyboard-interactive" -> password;
            default -> false;
        });
    }

    /** Why a key of an authorized_keys file gives no shell on this path; empty when it does. */
    private Optional<String> refusal(AuthorizedKey key, SshdForConnection sshd) {
        return new KeyOptions(key.options())
                .refusal(path.source(), state.boot())
                .or(() -> algorithm(key, sshd))
                .or(() -> key.unread().map(why -> user + " cannot read it, " + why + ": namei -l " + key.file()))
                .or(() -> key.exposed()
                        .filter(place -> !sshd.has("strictmodes", "no"))
                        .map(place -> "sshd's StrictModes: others may change " + place))
                .or(() -> set("revokedkeys", sshd)
                        .map(file -> "it cannot be told whether RevokedKeys " + file + " has it: ssh-keygen -Q -f " + file));
    }

    /** RFC 8332: an RSA key signs by other names than its own. Patterns, of a Match block, are not taken apart. */
    private static Optional<String> algorithm(AuthorizedKey key, SshdForConnection sshd) {
        List<String> accepted = sshd.values("pubkeyacceptedalgorithms").stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .toList();
        Set<String> signsBy = key.type().equals("ssh-rsa") ? RSA : Set.of(key.type());
        boolean plain = accepted.stream().allMatch(name -> name.matches("[a-z0-9@.-]+"));
        return accepted.isEmpty() || !plain || accepted.stream().anyMatch(signsBy::contains)
                ? Optional.empty()
                : Optional.of("sshd's PubkeyAcceptedAlgorithms has none of " + signsBy.stream().sorted().toList());
    }

    private Optional<String> allowed(User account, SshdForConnection sshd) {
        if (hasUser(sshd.patterns("denyusers")) || hasGroup(sshd.patterns("denygroups"), account)) {
            return Optional.of("sshd denies " + user + " by DenyUsers or DenyGroups");
        }
        List<String> users = sshd.patterns("allowusers");
        List<String> groups = sshd.patterns("allowgroups");
        boolean in = (users.isEmpty() || hasUser(users)) && (groups.isEmpty() || hasGroup(groups, account));
        return in
                ? Optional.empty()
                : Optional.of("sshd's AllowUsers or AllowGroups leaves " + user + " out"
                        + (users.stream().anyMatch(pattern -> pattern.contains("@")) ? " from " + path.source() + ": " + users : ""));
    }

    /** What follows an at sign is where the account may come from, or not. */
    private boolean hasUser(List<String> patterns) {
        return patterns.stream().anyMatch(pattern -> {
            int at = pattern.lastIndexOf('@');
            return at < 0
                    ? SshPatterns.matches(pattern, user)
                    : SshPatterns.matches(pattern.substring(0, at), user)
                            && SshPatterns.listHas(pattern.substring(at + 1), path.source());
        });
    }

    private static boolean hasGroup(List<String> patterns, User account) {
        return patterns.stream().anyMatch(pattern -> SshPatterns.matchesAny(pattern, account.groups()));
    }

    /** What sshd asks of nobody, and still keeps everybody from a shell. */
    private static Stream<String> session(SshdForConnection sshd) {
        Stream<String> none = Stream.of("MaxAuthTries", "MaxSessions")
                .filter(keyword -> sshd.values(keyword).stream().anyMatch(number -> number.matches("0+")))
                .map(keyword -> "sshd lets nobody in: " + keyword + " " + sshd.values(keyword).get(0));
        Stream<String> refused = sshd.has("refuseconnection", "yes") ? Stream.of("sshd refuses: RefuseConnection yes") : Stream.of();
        Stream<String> command = set("forcecommand", sshd).map(text -> "sshd gives no shell: ForceCommand " + text).stream();
        Stream<String> directory = set("chrootdirectory", sshd)
                .map(text -> "whether there is a shell in it, and whether sshd takes it, is not known: ChrootDirectory " + text)
                .stream();
        return Stream.of(none, refused, command, directory).flatMap(reasons -> reasons);
    }

    /** The text of a keyword that may also be {@code none}. */
    private static Optional<String> set(String keyword, SshdForConnection sshd) {
        return sshd.values(keyword).isEmpty() || sshd.has(keyword, "none")
                ? Optional.empty()
                : Optional.of(String.join(" ", sshd.values(keyword)));
    }

    private static Obstacle obstacle(String reason) {
        return new Obstacle(Obstacle.Part.ACCOUNT, reason);
    }
}
