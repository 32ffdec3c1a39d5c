package me.wingu.boma.harness.checkpoint;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How far a guest has come.
 *
 * @param applied whether its site was applied
 * @param reboots the kinds of its reboots after that, in order: {@code clean}, {@code power-loss}
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Stage(boolean applied, List<String> reboots) {

    /** Booted for the first time. */
    public static final Stage UP = new Stage(false, List.of());
    /** Configured by its site. */
    public static final Stage APPLIED = new Stage(true, List.of());

    /** Copies the list. */
    public Stage {
        reboots = List.copyOf(reboots);
    }

    /** Returns the stage after one more reboot. */
    public Stage after(String reboot) {
        List<String> more = new ArrayList<>(reboots);
        more.add(reboot);
        return new Stage(applied, more);
    }

    /** Returns the stage before this one; empty for the first. */
    public Optional<Stage> before() {
        if (!reboots.isEmpty()) {
            return Optional.of(new Stage(applied, reboots.subList(0, reboots.size() - 1)));
        }
        return applied ? Optional.of(UP) : Optional.empty();
    }

    /** Returns the stage in one word: {@code up}, {@code applied}, {@code applied+clean+power-loss}. */
    @JsonValue
    public String word() {
        String start = applied ? "applied" : "up";
        return reboots.isEmpty() ? start : start + "+" + String.join("+", reboots);
    }

    /** Reads a {@link #word()}. */
    @JsonCreator
    public static Stage of(String word) {
        List<String> words = Arrays.asList(word.split("\\+", -1));
        return new Stage(words.get(0).equals("applied"), words.subList(1, words.size()));
    }

    /** Returns the stage as a person says it: {@code after reboot (clean)}. */
    @Override
    public String toString() {
        return reboots.isEmpty()
                ? (applied ? "after apply" : "after up")
                : "after reboot (" + String.join(", ", reboots) + ")";
    }
}
