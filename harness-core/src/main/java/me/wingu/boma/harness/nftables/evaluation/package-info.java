/**
 * What happens to one packet, and why: hooks, priorities, chains, sets, maps, translation and routing.
 */
@NullMarked
package me.wingu.boma.harness.nftables.evaluation;

import org.jspecify.annotations.NullMarked;
