package me.wingu.boma.harness.profile;

import java.nio.file.Path;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A variation of a host's rehearsal: variables on top of the overlay, in {@code scenarios/<name>.yml}.
 *
 * <p>The file's variable {@code boma_scenario} is the harness's: {@code description} says in a line what the scenario
 * is for, {@code egress: false} that the guest reaches nothing outside.
 *
 * @param name the file's name without its ending
 * @param file the file, absolute
 * @param description a line for people; empty when the file has none
 * @param egress whether the guest can reach the world
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Scenario(String name, Path file, String description, boolean egress) {}
