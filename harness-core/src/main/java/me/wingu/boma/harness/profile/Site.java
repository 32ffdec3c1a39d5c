package me.wingu.boma.harness.profile;

import java.nio.file.Path;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The Ansible site that configures a host, and what of it the host gets.
 *
 * @param directory the site's directory, absolute
 * @param playbook the playbook, absolute; inside the directory
 * @param roles the roles to apply, in order; the playbook finds them in the variable {@code boma_roles}
 * @param groups the inventory groups that the host is in; with them come the site's {@code group_vars}
 * @param ignoreInventory whether an inventory that the site's {@code ansible.cfg} names is passed over, and not a
 *     reason to refuse the run
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Site(Path directory, Path playbook, List<String> roles, List<String> groups, boolean ignoreInventory) {

    /** Copies the lists. */
    public Site {
        roles = List.copyOf(roles);
        groups = List.copyOf(groups);
    }
}
