/**
 * What rules mean: each rule as exact conditions over header fields and effects on the packet, in one place for the
 * evaluator and the prover. Hidden dependencies (a port match implies the protocol) are explicit here.
 */
@NullMarked
package me.wingu.boma.harness.nftables.semantics;

import org.jspecify.annotations.NullMarked;
