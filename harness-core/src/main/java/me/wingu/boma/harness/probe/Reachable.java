package me.wingu.boma.harness.probe;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Something on a host that can be reached over the network: it names one service. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface Reachable {

    /** Returns the service that is to be reached. */
    Service service();
}
