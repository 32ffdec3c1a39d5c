package me.wingu.boma.harness.state.drift;

import java.util.stream.Stream;
import me.wingu.boma.harness.state.Accounts;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Subject;

/** Accounts, groups, and who is in which. */
final class AccountWitness implements Witness<Accounts> {

    @Override
    public String name() {
        return "accounts";
    }

    @Override
    public Subject<Accounts> subject() {
        return Subject.ACCOUNTS;
    }

    @Override
    public Stream<Fact> facts(Accounts accounts, HostState state, HostState other) {
        String passwd = file("/etc/passwd", state);
        Stream<Fact> users = accounts.users().stream().map(user -> Fact.of("user " + user.name(), passwd)
                .with("uid", String.valueOf(user.uid()))
                .with("home", user.home())
                .with("shell", user.shell())
                .with("password", user.password().toString())
                .with("expired", String.valueOf(user.expired())));
        Stream<Fact> groups = accounts.groups().stream()
                .map(group -> Fact.of("group " + group.name(), file("/etc/group", state))
                        .with("gid", String.valueOf(group.gid())));
        Stream<Fact> members = accounts.groups().stream().flatMap(group -> group.members().stream()
                .map(user -> Fact.of("user " + user + " in group " + group.name(), file("/etc/group", state))));
        return Stream.of(users, groups, members).flatMap(part -> part);
    }

    private static String file(String path, HostState state) {
        return InMemory.carrier(path, state);
    }
}
