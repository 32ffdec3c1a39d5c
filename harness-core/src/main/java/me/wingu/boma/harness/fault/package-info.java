/**
 * Faults of a guest that a test plants and that are taken back: the network, the disk, the clock, the processor.
 */
@NullMarked
package me.wingu.boma.harness.fault;

import org.jspecify.annotations.NullMarked;
