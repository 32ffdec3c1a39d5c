/**
 * Answers about all packets at once: what a ruleset accepts, what it can never accept, where two rulesets differ.
 */
@NullMarked
package me.wingu.boma.harness.nftables.proof;

import org.jspecify.annotations.NullMarked;
