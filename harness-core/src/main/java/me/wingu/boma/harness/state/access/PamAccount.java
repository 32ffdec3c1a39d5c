package me.wingu.boma.harness.state.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.state.SshdConfig.Pam;
import me.wingu.boma.harness.state.User;
import me.wingu.boma.harness.state.access.HostsAccess.Match;

/**
 * What keeps an account out that has shown its key: {@code pam_nologin}, {@code pam_access}, and modules whose own rules are not
 * read. sshd without PAM asks for {@code /etc/nologin} itself ({@code do_nologin}).
 */
final class PamAccount {

    private static final String ETC_NOLOGIN = "/etc/nologin";
    private static final Set<String> OTHERS =
            Set.of("pam_listfile.so", "pam_succeed_if.so", "pam_time.so", "pam_exec.so", "pam_script.so");
    /** Type, control, which may be a list in brackets, module and arguments: pam.conf(5). */
    private static final Pattern LINE = Pattern.compile("-?(\\S+)\\s+(\\[[^\\]]*\\]|\\S+)\\s+(?:\\S*/)?(\\S+)\\s*(.*)");

    private final Pam pam;
    private final User account;
    private final String source;
    private final boolean named;

    /**
     * Asks for an account.
     *
     * @param pam what there is of PAM
     * @param account who comes
     * @param source from which address
     * @param named whether sshd tells PAM a name in the place of the address (UseDNS)
     */
    PamAccount(Pam pam, User account, String source, boolean named) {
        this.pam = pam;
        this.account = account;
        this.source = source;
        this.named = named;
    }

    /**
     * Says what refuses the account.
     *
     * @param asked whether sshd asks PAM
     * @param nologin the files that are there of those that let in root alone
     */
    Stream<String> refusals(boolean asked, List<String> nologin) {
        return asked
                ? pam.lines().stream().distinct().flatMap(line -> refusal(line, nologin).stream())
                : nologin(nologin.stream().filter(ETC_NOLOGIN::equals).toList()).stream();
    }

    private Optional<String> refusal(String line, List<String> nologin) {
        var field = LINE.matcher(line);
        if (!field.matches() || !isDecisive(field.group(2))) {
            return Optional.empty();
        }
        String arguments = field.group(4);
        return switch (field.group(3)) {
            case "pam_nologin.so" -> arguments.contains("file=") && account.uid() != 0
                    ? Optional.of("whether the file is there that lets in root alone is not known: " + line)
                    : nologin(nologin);
            case "pam_access.so" -> Pattern.compile("(accessfile|fieldsep|listsep)=").matcher(arguments).find()
                    ? Optional.of("the rules are not known of " + line)
                    : access(arguments.contains("nodefgroup"));
            default -> field.group(1).equals("account") && OTHERS.contains(field.group(3))
                    ? Optional.of("it is not known whom PAM refuses by " + line)
                    : Optional.empty();
        };
    }

    /** What fails decides nothing where it is optional, or would only have sufficed; a list says what it does. */
    private static boolean isDecisive(String control) {
        return control.startsWith("[")
                ? !control.contains("default=") || control.contains("=bad") || control.contains("=die")
                : control.equals("required") || control.equals("requisite");
    }

    private Optional<String> nologin(List<String> files) {
        return account.uid() == 0
                ? Optional.empty()
                : files.stream().findFirst().map(file -> file + " lets in root alone as long as it is there");
    }

    /** The first rule that is for the account and where it comes from decides; without one it is let in (pam_access(8)). */
    private Optional<String> access(boolean groupsInBrackets) {
        for (String rule : pam.access()) {
            String[] field = rule.split(":", 3);
            if (field.length < 3 || !rule.matches("(?s)[+-].*")) {
                continue; // pam_access tells its log, and goes on
            }
            Match isFor = HostsAccess.and(
                    HostsAccess.list(HostsAccess.words(field[1]), word -> user(word, groupsInBrackets)),
                    HostsAccess.list(HostsAccess.words(field[2]), this::origin));
            if (isFor != Match.NO && rule.startsWith("-")) {
                return Optional.of((isFor == Match.YES ? "pam_access refuses " : "it cannot be told whether this rule of pam_access is for ")
                        + account.name() + " from " + source + ": " + rule);
            }
            if (isFor == Match.YES) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Match user(String word, boolean groupsInBrackets) {
        if (word.contains("@")) { // a netgroup, or a user of a host
            return Match.UNTOLD;
        }
        boolean brackets = word.startsWith("(") && word.endsWith(")");
        String name = brackets ? word.substring(1, word.length() - 1) : word;
        boolean group = (brackets || !groupsInBrackets) && account.groups().contains(name);
        return HostsAccess.told(group || (!brackets && (isAll(word) || word.equalsIgnoreCase(account.name()))));
    }

    private Match origin(String word) {
        if (isAll(word)) {
            return Match.YES;
        } else if (named || !word.matches("[0-9a-fA-F.:/]+")) { // a name, of a host, a terminal or a service
            return Match.UNTOLD;
        } else if (word.endsWith(".")) {
            return HostsAccess.told(source.startsWith(word));
        }
        try {
            return HostsAccess.told(IpAddress.parse(source).filter(IpPrefix.of(word)::contains).isPresent());
        } catch (IllegalArgumentException e) {
            return Match.UNTOLD; // a mask that is no length
        }
    }

    private static boolean isAll(String word) {
        return word.equalsIgnoreCase("ALL");
    }
}
