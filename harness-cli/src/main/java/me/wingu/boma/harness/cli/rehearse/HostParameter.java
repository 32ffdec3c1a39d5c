package me.wingu.boma.harness.cli.rehearse;

import picocli.CommandLine.Parameters;

/** The host that a command is about. */
final class HostParameter {

    @Parameters(index = "0", paramLabel = "HOST", description = "The host: the name of a directory in profiles/.")
    private String name = "";

    String name() {
        return name;
    }
}
