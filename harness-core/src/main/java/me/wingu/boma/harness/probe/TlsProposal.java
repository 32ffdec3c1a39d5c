package me.wingu.boma.harness.probe;

import java.util.Map;

/**
 * What a client proposes to a TLS server.
 *
 * @param version the only version that it speaks
 * @param suites the names of its cipher suites, by their numbers
 * @param serverName the name asked for by SNI; empty for none
 */
record TlsProposal(TlsVersion version, Map<Integer, String> suites, String serverName) {}
