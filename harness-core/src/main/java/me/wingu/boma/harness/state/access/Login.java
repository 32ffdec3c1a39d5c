package me.wingu.boma.harness.state.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Mount;
import me.wingu.boma.harness.state.SshdConfig;
import me.wingu.boma.harness.state.User;

/** Looks at the account by which the operator logs in. */
final class Login {

    private final HostState state;
    private final String user;
    private final SshdConfig sshd;

    Login(HostState state, String user) {
        this.state = state;
        this.user = user;
        this.sshd = state.sshd();
    }

    /** What keeps the account out now. */
    List<Obstacle> now() {
        Optional<User> account = state.accounts().user(user);
        if (account.isEmpty()) {
            return List.of(obstacle("there is no user " + user));
        }
        List<Obstacle> obstacles = new ArrayList<>();
        if (!account.get().canLogIn()) {
            obstacles.add(obstacle("no login for " + account.get()));
        }
        if (account.get().uid() == 0 && sshd.value("permitrootlogin").filter("no"::equals).isPresent()) {
            obstacles.add(obstacle("sshd has PermitRootLogin no"));
        }
        boolean key = !sshd.keysOf(user).isEmpty()
                && sshd.value("pubkeyauthentication").filter("yes"::equals).isPresent();
        boolean password = account.get().password() == User.Password.SET
                && sshd.value("passwordauthentication").filter("yes"::equals).isPresent();
        if (!key && !password) {
            obstacles.add(obstacle(user + " has no authorized key, and no password that sshd accepts"));
        }
        allowed(account.get()).ifPresent(obstacles::add);
        return obstacles;
    }

    /** Accounts and keys lie in files: a reboot brings them back unless the file lies in memory. */
    List<Obstacle> afterReboot() {
        List<Obstacle> obstacles = new ArrayList<>(now());
        Stream.concat(
                        Stream.of("/etc/passwd", "/etc/ssh/sshd_config"),
                        sshd.keysOf(user).stream().map(SshdConfig.AuthorizedKey::file))
                .distinct()
                .filter(file -> state.mounts().holding(file).filter(Mount::isInMemory).isPresent())
                .forEach(file -> obstacles.add(obstacle(file + " lies in memory and is gone after a reboot")));
        return obstacles;
    }

    private Optional<Obstacle> allowed(User account) {
        if (listed("denyusers", Set.of(user)) || listed("denygroups", account.groups())) {
            return Optional.of(obstacle("sshd denies " + user + " by DenyUsers or DenyGroups"));
        }
        boolean users = sshd.values("allowusers").isEmpty() || listed("allowusers", Set.of(user));
        boolean groups = sshd.values("allowgroups").isEmpty() || listed("allowgroups", account.groups());
        return users && groups
                ? Optional.empty()
                : Optional.of(obstacle("sshd's AllowUsers or AllowGroups leaves " + user + " out"));
    }

    /** Patterns with {@code *} and {@code ?}; what follows an at sign restricts the client's address, not the name. */
    private boolean listed(String keyword, Set<String> names) {
        return sshd.values(keyword).stream()
                .map(pattern -> pattern.replaceFirst("@.*", ""))
                .map(pattern -> Pattern.compile(
                        Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q")))
                .anyMatch(pattern -> names.stream().anyMatch(name -> pattern.matcher(name).matches()));
    }

    private static Obstacle obstacle(String reason) {
        return new Obstacle(Obstacle.Part.ACCOUNT, reason);
    }
}
