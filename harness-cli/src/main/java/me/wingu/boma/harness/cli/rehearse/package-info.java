/**
 * The steps of a rehearsal as sub-commands; each a process of its own against what the earlier one left.
 */
@NullMarked
package me.wingu.boma.harness.cli.rehearse;

import org.jspecify.annotations.NullMarked;
