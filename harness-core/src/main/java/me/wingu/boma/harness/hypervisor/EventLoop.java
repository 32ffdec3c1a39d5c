package me.wingu.boma.harness.hypervisor;

import org.libvirt.Library;
import org.libvirt.LibvirtException;

/**
 * libvirt's event loop. There is one in a process, it must be there before the first connection, and somebody must turn
 * it: a daemon thread does.
 */
final class EventLoop {

    private static boolean running;

    private EventLoop() {}

    /** Starts the loop, once in a process. */
    static synchronized void start() throws LibvirtException {
        if (running) {
            return;
        }
        Library.initEventLoop();
        Thread thread = new Thread(EventLoop::turn, "libvirt-events");
        thread.setDaemon(true);
        thread.start();
        running = true;
    }

    private static void turn() {
        while (true) {
            try {
                Library.processEvent();
            } catch (LibvirtException e) {
                System.getLogger(EventLoop.class.getName())
                        .log(System.Logger.Level.WARNING, "libvirt's event loop reported an error", e);
            }
        }
    }
}
