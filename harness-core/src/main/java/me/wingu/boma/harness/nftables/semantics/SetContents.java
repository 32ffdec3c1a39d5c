package me.wingu.boma.harness.nftables.semantics;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** What to think of what a listing cannot tell: sets that packets or time can change, and a version of IP or a protocol that it leaves out. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum SetContents {
    /** They hold what the listing shows, until the packet itself changes one: for "what happens to this packet now". */
    AS_LISTED,
    /** They may hold anything: a lookup in them is an unknown. For "what can ever happen". */
    MAY_CHANGE
}
