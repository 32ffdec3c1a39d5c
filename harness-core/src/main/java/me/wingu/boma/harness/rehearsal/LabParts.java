package me.wingu.boma.harness.rehearsal;

import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import me.wingu.boma.harness.guest.GuestConnection;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.hypervisor.Hypervisor;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a lab works with.
 *
 * @param hypervisor what runs the guests; the lab closes it
 * @param images where golden images come from
 * @param connector connects to a guest
 * @param site configures a guest
 * @param redaction takes secrets out of every text that is kept
 * @param vantages the addresses that the network has beside those of the host that is rehearsed: where several hosts are
 *     rehearsed at once, those of all of them, because a network in use gets no new ones
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record LabParts(
        Hypervisor hypervisor,
        ImageSource images,
        Function<SshEndpoint, GuestConnection> connector,
        SiteApplier site,
        UnaryOperator<String> redaction,
        Set<String> vantages) {}
