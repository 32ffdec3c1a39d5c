/**
 * Tries, from a given source address, whether a port is open, refused or filtered, and what answers there.
 */
@NullMarked
package me.wingu.boma.harness.probe;

import org.jspecify.annotations.NullMarked;
