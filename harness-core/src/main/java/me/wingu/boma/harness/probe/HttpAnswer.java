package me.wingu.boma.harness.probe;

import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What came of an HTTP request.
 *
 * @param question what was asked
 * @param response what the server answered; empty when no answer came: the trial says why
 * @param trial how it was found out
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record HttpAnswer(HttpQuestion question, Optional<HttpResponse> response, Trial trial) {}
