/**
 * The nftables ruleset: model, reader, evaluator and prover. Knows nothing else of the harness.
 */
@NullMarked
package me.wingu.boma.harness.nftables;

import org.jspecify.annotations.NullMarked;
