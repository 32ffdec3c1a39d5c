/**
 * Saved guests: what led to one, by content, and the store that keeps them on disk.
 */
@NullMarked
package me.wingu.boma.harness.checkpoint;

import org.jspecify.annotations.NullMarked;
