/**
 * Everything that a verdict depends on, from a live host in one go.
 */
@NullMarked
package me.wingu.boma.harness.nftables.collection;

import org.jspecify.annotations.NullMarked;
