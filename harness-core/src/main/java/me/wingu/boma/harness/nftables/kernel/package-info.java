/**
 * The kernel as the judge of the model: the same packets through both, rule by rule.
 */
@NullMarked
package me.wingu.boma.harness.nftables.kernel;

import org.jspecify.annotations.NullMarked;
