package me.wingu.boma.harness.apply;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What applying a playbook did.
 *
 * @param tasks the tasks that ran, in order, skipped ones included
 * @param took the whole time, of both applications when convergence was asked for
 * @param converged whether a second application was made, and changed nothing
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record ApplyReport(List<TaskRun> tasks, Duration took, boolean converged) {

    /** Copies the tasks. */
    public ApplyReport {
        tasks = List.copyOf(tasks);
    }

    /** Returns the tasks that ended so. */
    public List<TaskRun> tasks(TaskRun.Status status) {
        return tasks.stream().filter(task -> task.status() == status).collect(Collectors.toList());
    }

    /** Returns the tasks that changed the host. */
    public List<TaskRun> changed() {
        return tasks(TaskRun.Status.CHANGED);
    }

    /** Returns the counts in the words of Ansible's recap: {@code ok=14 changed=3 skipped=2 failed=0}. */
    public String recap() {
        int skipped = tasks(TaskRun.Status.SKIPPED).size();
        int failed = tasks(TaskRun.Status.FAILED).size() + tasks(TaskRun.Status.UNREACHABLE).size();
        return "ok=" + (tasks.size() - skipped - failed) + " changed=" + changed().size() + " skipped=" + skipped
                + " failed=" + failed;
    }
}
