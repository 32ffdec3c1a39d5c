package me.wingu.boma.harness.cli.bench;

/**
 * One property of a host that every tool can check.
 *
 * @param kind what is checked
 * @param name of what
 * @param expected the value that it has
 */
record Check(Kind kind, String name, String expected) {

    /** What is checked, one property each. */
    enum Kind {
        /** A Debian package is installed. */
        PACKAGE,
        /** A file has these permission bits, in octal. */
        FILE,
        /** A systemd service runs. */
        RUNNING,
        /** A systemd service starts at boot. */
        ENABLED,
        /** An account has this number. */
        USER,
        /** A group has this number. */
        GROUP,
        /** A kernel parameter has this value. */
        SYSCTL,
        /** Something listens on this TCP port, on every IPv4 address. */
        PORT,
        /** A file system is mounted there. */
        MOUNT
    }
}
