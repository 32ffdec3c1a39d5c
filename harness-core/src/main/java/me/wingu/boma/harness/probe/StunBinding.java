package me.wingu.boma.harness.probe;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a STUN server says of who asked.
 *
 * @param mapped the address and port that the server saw the request come from (XOR-MAPPED-ADDRESS)
 * @param software what the server calls itself; empty when it does not say
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record StunBinding(InetSocketAddress mapped, Optional<String> software) {}
