package me.wingu.boma.harness.apply;

import java.util.ArrayList;
import java.util.List;

/**
 * The walls around a playbook's process: no network interface, and no life after the harness's.
 *
 * <p>A scan of a playbook cannot foresee what its lookups, plugins and templates will do. In a network namespace of its
 * own, without even a loopback interface, none of them reaches any host; the machine under rehearsal is reached through
 * the socket of {@link SshRelay}. A process namespace takes along whatever the playbook left in the background, and the
 * parent-death signal ends it all when the harness is killed. An ordinary user gets these namespaces inside a user
 * namespace, as the same user.
 */
final class Confinement {

    private Confinement() {}

    static List<String> confined(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "unshare"));
        if (!"root".equals(System.getProperty("user.name"))) {
            whole.addAll(List.of("--user", "--map-current-user"));
        }
        whole.addAll(List.of("--net", "--pid", "--fork", "--kill-child=KILL", "--"));
        whole.addAll(command);
        return whole;
    }
}
