package me.wingu.boma.harness.state.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.SshdConfig;
import me.wingu.boma.harness.state.SshdConfig.MatchBlock;
import me.wingu.boma.harness.state.User;

/**
 * sshd's settings for one account that comes by one path: those of the {@code Match} blocks that apply, then the general ones
 * (sshd_config(5), Match).
 */
final class SshdForConnection {

    private final SshdConfig sshd;
    private final User account;
    private final OperatorPath path;
    private final List<String> localAddresses;
    private final List<MatchBlock> applying;
    private final List<MatchBlock> untold;

    SshdForConnection(HostState state, User account, OperatorPath path) {
        this.sshd = state.sshd();
        this.account = account;
        this.path = path;
        this.localAddresses = path.addresses(state);
        Map<Optional<Boolean>, List<MatchBlock>> blocks =
                sshd.matchBlocks().stream().collect(Collectors.groupingBy(this::applies));
        this.applying = blocks.getOrDefault(Optional.of(true), List.of());
        this.untold = blocks.getOrDefault(Optional.empty(), List.of());
    }

    /** Returns the values of a keyword that is decided by the first block that has it. */
    List<String> values(String keyword) {
        List<String> values = applying.stream()
                .map(block -> block.values(keyword))
                .filter(v -> !v.isEmpty())
                .findFirst()
                .orElseGet(() -> sshd.values(keyword));
        return values.stream().flatMap(value -> Arrays.stream(value.split("\\s+", -1))).toList();
    }

    /** Returns whether a keyword that takes one word has this one. */
    boolean has(String keyword, String value) {
        return values(keyword).stream().limit(1).anyMatch(value::equalsIgnoreCase);
    }

    /** Returns the patterns of a keyword whose blocks are added up. */
    List<String> patterns(String keyword) {
        List<String> patterns =
                applying.stream().flatMap(block -> block.values(keyword).stream()).toList();
        return patterns.isEmpty() ? sshd.values(keyword) : patterns;
    }

    /** Returns whether a block sets this keyword for the connection. */
    boolean isMatched(String keyword) {
        return applying.stream().anyMatch(block -> !block.values(keyword).isEmpty());
    }

    /** Returns the blocks of which nobody can tell whether they apply, and that set one of these keywords. */
    List<MatchBlock> untold(Set<String> keywords) {
        return untold.stream()
                .filter(block -> block.settings().keySet().stream().anyMatch(keywords::contains))
                .toList();
    }

    /** Returns whether a block applies; empty when it cannot be told. */
    private Optional<Boolean> applies(MatchBlock block) {
        List<String> words = Arrays.asList(block.conditions().split("[\\s=]+", -1));
        List<Optional<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String criterion = words.get(i).toLowerCase(Locale.ROOT);
            if (criterion.equals("all")) {
                answers.add(Optional.of(true));
            } else if (criterion.equals("invalid-user")) {
                answers.add(Optional.of(false)); // the account is there
            } else {
                i++;
                answers.add(i < words.size() ? holds(criterion, words.get(i)) : Optional.empty());
            }
        }
        if (answers.contains(Optional.of(false))) {
            return Optional.of(false);
        }
        return answers.contains(Optional.<Boolean>empty()) ? Optional.empty() : Optional.of(true);
    }

    private Optional<Boolean> holds(String criterion, String list) {
        return switch (criterion) {
            case "user" -> Optional.of(SshPatterns.listMatches(list, Set.of(account.name())));
            case "group" -> Optional.of(SshPatterns.listMatches(list, account.groups()));
            case "address" -> Optional.of(SshPatterns.listHas(list, path.source()));
            case "host" -> sshd.value("usedns").filter("no"::equals).map(no -> SshPatterns.listHas(list, path.source()));
            case "localport" -> Optional.of(list.equals(String.valueOf(path.port())));
            case "localaddress" -> same(localAddresses.stream().map(address -> SshPatterns.listHas(list, address)));
            default -> Optional.empty();
        };
    }

    /** The answer on which all agree. */
    private static Optional<Boolean> same(Stream<Boolean> answers) {
        List<Boolean> distinct = answers.distinct().toList();
        return distinct.size() == 1 ? Optional.of(distinct.get(0)) : Optional.empty();
    }
}
