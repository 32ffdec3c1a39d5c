package me.wingu.boma.harness.probe;

import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What came of a TLS handshake.
 *
 * @param serverName the name or address asked for; an address is not sent as SNI (RFC 6066), and an empty one asks for none
 * @param session what the server presented; empty when the handshake did not succeed: the trial says why
 * @param trial how it was found out
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record TlsAnswer(String serverName, Optional<TlsSession> session, Trial trial) {}
