package me.wingu.boma.harness.assertions;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What was proved of a firewall and what was tried contradict each other: one of the two is wrong, and nothing that
 * rests on either can be believed until it is known which.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class ContradictionError extends AssertionError {

    private static final long serialVersionUID = 1L;

    ContradictionError(String message) {
        super(message);
    }
}
