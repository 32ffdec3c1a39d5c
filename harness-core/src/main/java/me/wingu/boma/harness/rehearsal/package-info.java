/**
 * One host's rehearsal, step by step, and what several rehearsals share.
 */
@NullMarked
package me.wingu.boma.harness.rehearsal;

import org.jspecify.annotations.NullMarked;
