package me.wingu.boma.harness.apply;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** What carries a playbook's tasks out on the machine; it is the same playbook, with the same modules, in either case. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum TaskRunner {
    /** Ansible alone: each task starts a Python on the machine, which compiles the task's module first. */
    PLAIN,
    /** Ansible with Mitogen: one Python on the machine stays, has compiled the modules once, and forks for each task. */
    MITOGEN;

    private static final String AUTO = "auto";

    /**
     * Chooses what carries tasks out: by {@code auto} Mitogen where the machine is emulated and it is installed, because there starting Python is
     * most of a task, and Ansible alone anywhere else.
     *
     * @param choice {@code auto}, {@code plain} or {@code mitogen}, in any case
     * @param emulated whether the machine's processor is emulated
     * @throws HarnessException of kind {@code USAGE} when the choice is none of the three words, of kind {@code MACHINE} when Mitogen is
     *     chosen and cannot be used; the message says why
     */
    public static TaskRunner choose(String choice, boolean emulated) {
        return choose(choice, emulated, AnsibleInstallation::find);
    }

    static TaskRunner choose(String choice, boolean emulated, Supplier<AnsibleInstallation> installation) {
        String word = choice.toLowerCase(Locale.ROOT);
        if (word.equals(AUTO)) {
            return emulated && installation.get().obstacleToMitogen().isEmpty() ? MITOGEN : PLAIN;
        }
        TaskRunner chosen = Arrays.stream(values())
                .filter(runner -> runner.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new HarnessException(
                        Kind.USAGE,
                        "Choosing what carries Ansible's tasks out failed: \"" + choice + "\" is unknown.",
                        "",
                        "set boma.ansible (or BOMA_ANSIBLE) to " + AUTO + ", "
                                + Arrays.stream(values()).map(TaskRunner::word).collect(Collectors.joining(" or "))));
        if (chosen == MITOGEN) {
            installation.get().obstacleToMitogen().ifPresent(obstacle -> {
                throw new HarnessException(
                        Kind.MACHINE,
                        "Having Mitogen carry Ansible's tasks out failed.",
                        obstacle,
                        "install Debian's ansible-mitogen (./boma-it setup), or set boma.ansible (or BOMA_ANSIBLE) to plain");
            });
        }
        return chosen;
    }

    /** Returns the word for it in a setting: {@code plain} or {@code mitogen}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
