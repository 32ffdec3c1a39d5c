package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A container as its engine describes it; without its environment, command line and labels, which can hold secrets.
 *
 * @param engine who runs it
 * @param id the engine's identifier, 64 hexadecimal digits
 * @param name its name, without a leading slash
 * @param image the image as it was asked for: {@code caddy:2}
 * @param imageId the identifier of the image's content
 * @param state {@code running}, {@code exited}, {@code created}, {@code restarting}, {@code paused},
 *     {@code removing}, {@code dead}
 * @param exitStatus the exit status of the last run; 0 for one that runs
 * @param error the engine's words when it could not start it
 * @param health the result of its health check; empty when it has none
 * @param restarts how often the engine has restarted it
 * @param restartPolicy what happens after its end and after a reboot
 * @param privileged whether it runs with all capabilities
 * @param user whom it runs as; empty for the image's choice
 * @param ports what is published on the host
 * @param mounts what it sees of the host
 * @param networkMode what it was told of networks: {@code bridge}, {@code host}, {@code none}, or the name of one
 * @param networks where it is attached
 * @param lastWords the last lines of its log, when it does not run or is not healthy; otherwise nobody asks
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Container(
        Engine engine,
        String id,
        String name,
        String image,
        String imageId,
        String state,
        int exitStatus,
        String error,
        Optional<Health> health,
        int restarts,
        RestartPolicy restartPolicy,
        boolean privileged,
        String user,
        List<PublishedPort> ports,
        List<ContainerMount> mounts,
        String networkMode,
        List<ContainerNetwork> networks,
        List<String> lastWords) {

    /** A container engine. */
    public enum Engine {
        /** Docker. */
        DOCKER,
        /** Podman, as root. */
        PODMAN
    }

    /**
     * What a container's health check says.
     *
     * @param status {@code starting}, {@code healthy} or {@code unhealthy}
     * @param failingStreak how many checks failed in a row
     * @param lastOutput what the last check printed
     */
    public record Health(String status, int failingStreak, String lastOutput) {}

    /** Copies the lists. */
    public Container {
        ports = List.copyOf(ports);
        mounts = List.copyOf(mounts);
        networks = List.copyOf(networks);
        lastWords = List.copyOf(lastWords);
    }

    /** Returns whether it runs now. */
    public boolean isRunning() {
        return state.equals("running");
    }

    /**
     * Returns whether its restart policy has it started again after the host's reboot: Podman's {@code podman-restart.service},
     * which must be enabled, starts those with {@code always} only.
     */
    public boolean survivesReboot() {
        String policy = restartPolicy.name();
        return policy.equals("always") || (policy.equals("unless-stopped") && engine == Engine.DOCKER);
    }

    /** Returns whether it has a health check and the check passes. */
    public boolean isHealthy() {
        return health.map(h -> h.status().equals("healthy")).orElse(false);
    }

    /** Returns the container as a failure message shows it. */
    @Override
    public String toString() {
        String end = isRunning() ? "" : " (" + exitStatus + ")";
        String well = health.map(h -> ", " + h.status()).orElse("");
        String again = restarts > 0 ? ", restarted " + restarts + " times" : "";
        return name + " " + state + end + well + again + ", restart policy " + restartPolicy + ", image " + image
                + (ports.isEmpty() ? "" : ", ports " + ports)
                + (error.isBlank() ? "" : ", error: " + error);
    }
}
