package me.wingu.boma.harness.nftables;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A named object of a table: counter, quota, limit, ct helper, ct timeout, ct expectation, secmark, synproxy, tunnel.
 *
 * @param kind the kind, in nft's words
 * @param family its table's family
 * @param table its table's name
 * @param name its name
 * @param handle the kernel's handle, 0 when the listing shows none
 * @param json all its attributes, as printed
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record NamedObject(String kind, Family family, String table, String name, long handle, String json) {}
