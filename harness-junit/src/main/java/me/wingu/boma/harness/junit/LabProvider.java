package me.wingu.boma.harness.junit;

import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.rehearsal.Lab;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Opens the lab that the tests' machines come from. The class named by the configuration parameter {@code boma.lab}
 * does it; it needs a constructor without parameters. Without one, it is libvirt's.
 */
@API(status = Status.INTERNAL, since = "0.1")
@FunctionalInterface
public interface LabProvider {

    /**
     * Opens the lab; called once for all test classes of a run.
     *
     * @param profiles the profiles of the project
     */
    Lab open(Profiles profiles);
}
