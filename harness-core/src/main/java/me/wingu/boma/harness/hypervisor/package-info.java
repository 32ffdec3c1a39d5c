/**
 * libvirt: connection and event loop, domains, networks, volumes and the console log.
 */
@NullMarked
package me.wingu.boma.harness.hypervisor;

import org.jspecify.annotations.NullMarked;
